// The page: the server draws it, this keeps it up to date and sends what a person does.
// It holds no state of its own but the address, drafts and what is open on the screen.
import { closeMenus, widgets } from "./widgets.js";

const token = document.querySelector("meta[name=sandbox-token]").content;
const app = () => document.getElementById("app");
const byId = (id) => document.getElementById(id);

// ---- talking to the server

async function send(path, about) {
  try {
    const answer = await fetch(path, { method: "POST", ...about, headers: { "X-Sandbox-Token": token, ...about.headers } });
    const found = await answer.json();
    if (!found.ok) say(found.error);
    return found;
  } catch {
    say("The sandbox does not answer. Is it still running?");
    return { ok: false };
  }
}

export function act(name, body = {}) {
  const headers = { "Content-Type": "application/json" };
  return send(`/page/act/${name}`, { headers, body: JSON.stringify({ as: app().dataset.user, ...body }) });
}

export function upload(file) {
  const body = new FormData();
  body.append("as", app().dataset.user);
  body.append("file", file);
  return send("/page/upload", { body });
}

export function say(words) {
  const toast = byId("toast");
  toast.textContent = words;
  toast.hidden = !words;
}

let drawing = false;
let again = false;

async function refresh() {
  if (drawing) {
    again = true;
    return;
  }
  drawing = true;
  try {
    do {
      again = false;
      const asked = location.search;
      const answer = await fetch(`/page/app${asked}`);
      const html = await answer.text();
      if (location.search === asked) draw(html);
      else again = true;
    } while (again);
  } catch {
    // the change feed says when the server is back
  } finally {
    drawing = false;
  }
}

let lost = false;
const feed = new EventSource("/page/changes");
feed.onmessage = refresh;
feed.onerror = () => {
  lost = true;
  say("The sandbox does not answer. Waiting for it…");
};
feed.onopen = () => {
  if (lost) location.reload();
};
addEventListener("pagehide", () => feed.close());

// ---- drawing: the new tree is laid over the old one, so that focus, scroll and half-typed text stay

// what the screen alone decides: the server writes none of these (it may not even write a style)
const OWN = new Set(["open", "style", "aria-expanded", "aria-activedescendant"]);
const OPEN_LIST = "[role=listbox]:not([hidden]), [role=menu]:not([hidden])";

function morph(from, to) {
  if (from.nodeName !== to.nodeName || (to.nodeName === "TEMPLATE" && from.innerHTML !== to.innerHTML)) {
    const made = fresh(to);
    from.replaceWith(made);
    return made;
  }
  if (from.nodeType !== Node.ELEMENT_NODE) {
    if (from.data !== to.data) from.data = to.data;
    return from;
  }
  if (from.matches(OPEN_LIST)) {
    // a list holds still while somebody chooses from it; `renew` brings it up to date when it closes
    from.stale = true;
    return from;
  }
  if (to.dataset?.place && to.id) {
    // a message or form that did not change keeps what is only on the screen: sorted rows, open boxes
    if (from.drawn === to.outerHTML) return from;
    from.drawn = to.outerHTML;
  }
  attributes(from, to);
  // what an external select found is on the screen only
  if (!from.matches("[data-external] > [role=listbox]")) children(from, to);
  return from;
}

function fresh(node) {
  const made = document.importNode(node, true);
  if (made.nodeType === Node.ELEMENT_NODE) remember(made);
  return made;
}

function remember(root) {
  for (const one of [root, ...root.querySelectorAll("[data-place][id]")]) one.drawn = one.outerHTML;
}

function attributes(from, to) {
  const own = (name) => OWN.has(name) || (name === "hidden" && from.classList.contains("menu"));
  for (const { name, value } of [...to.attributes]) {
    if (own(name) || from.getAttribute(name) === value) continue;
    from.setAttribute(name, value);
    if (name === "value" && "value" in from) from.value = value;
    if (name === "checked") from.checked = true;
  }
  for (const { name } of [...from.attributes]) {
    if (own(name) || to.hasAttribute(name)) continue;
    from.removeAttribute(name);
    if (name === "value" && "value" in from) from.value = "";
    if (name === "checked") from.checked = false;
  }
}

function children(from, to) {
  const known = new Map([...from.children].filter((one) => one.id).map((one) => [one.id, one]));
  const wanted = new Set([...to.children].map((one) => one.id).filter(Boolean));
  const kept = new Set();
  let at = from.firstChild;
  for (const next of [...to.childNodes]) {
    const same = next.id ? known.get(next.id) : at && !at.id && at.nodeName === next.nodeName ? at : null;
    if (same) {
      // what is in between and gone makes way: moving an element instead would take the focus from it
      while (at && at !== same && !wanted.has(at.id)) {
        const gone = at;
        at = at.nextSibling;
        gone.remove();
      }
      if (same === at) at = at.nextSibling;
      else from.insertBefore(same, at);
      kept.add(morph(same, next));
    } else {
      const made = fresh(next);
      kept.add(made);
      from.insertBefore(made, at);
    }
  }
  for (const old of [...from.childNodes]) if (!kept.has(old)) old.remove();
}

function draw(html) {
  const next = new DOMParser().parseFromString(html, "text/html").getElementById("app");
  const atEnd = new Map([...document.querySelectorAll(".log")].map((log) => [log.id, log.scrollHeight - log.scrollTop - log.clientHeight < 80]));
  const trail = [];
  for (let one = document.activeElement; one && one !== document.body; one = one.parentElement) if (one.id) trail.push(one.id);
  morph(app(), next);
  for (const log of document.querySelectorAll(".log")) if (atEnd.get(log.id) !== false) log.scrollTop = log.scrollHeight;
  drafts();
  showModal();
  if (trail.length && (!document.activeElement || document.activeElement === document.body)) focusNear(trail);
}

function focusNear(trail) {
  const there = trail.map(byId).find(Boolean);
  if (!there) return;
  if (!there.matches("a[href], button, input, textarea, [tabindex]")) there.tabIndex = -1;
  there.focus({ preventScroll: true });
}

let shown = "";
let complaints = "";

function showModal() {
  const dialog = byId("modal");
  const view = dialog?.querySelector("form").dataset.view ?? "";
  if (dialog && !dialog.open) dialog.showModal();
  if (dialog && view !== shown) (dialog.querySelector("[autofocus]") ?? dialog.querySelector(".modal-body :is(input:not([disabled]), textarea, button, a[href])") ?? dialog.querySelector("footer .primary, footer button"))?.focus();
  const told = [...(dialog?.querySelectorAll(".complaint") ?? [])].map((one) => one.textContent).join();
  if (told && told !== complaints) dialog.querySelector("[aria-invalid]")?.focus();
  complaints = told;
  if (!dialog && shown) byId("composer-main")?.focus();
  shown = view;
}

const kept = new Map();

function drafts() {
  for (const form of document.querySelectorAll("form.composer")) {
    const key = `${app().dataset.user} ${form.dataset.channel} ${form.dataset.thread ?? ""}`;
    const box = form.querySelector("textarea");
    if (form.draft === key) continue;
    if (form.draft) kept.set(form.draft, box.value);
    form.draft = key;
    box.value = kept.get(key) ?? "";
    grow(box);
  }
}

export function grow(box) {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
}

// ---- going somewhere

async function go(address, { focus = true } = {}) {
  history.pushState(null, "", address);
  document.documentElement.classList.remove("drawer");
  byId("drawer").setAttribute("aria-expanded", "false");
  closeMenus();
  await refresh();
  arrived();
  if (focus && matchMedia("(min-width: 720px)").matches) (byId("composer-thread") ?? byId("composer-main") ?? byId("main"))?.focus();
}

function arrived() {
  const tab = { home: "home" }[app().dataset.where] ?? (app().dataset.where.startsWith("D") ? "messages" : "");
  if (tab) act("home", { tab });
}

const UNFOLDED = ".clock details[open], .bookmarks details[open]";

addEventListener("popstate", refresh);

// ---- what a person does to an element

function values(box) {
  const found = [];
  const add = (one, choice) => found.push({ block: one.dataset.block, action: one.dataset.action, choice });
  for (const field of box.querySelectorAll("[data-action].field")) add(field, field.value);
  for (const group of box.querySelectorAll(".choices")) {
    const marks = [...group.querySelectorAll("input")];
    add(marks[0], choiceOf(marks[0]));
  }
  for (const several of box.querySelectorAll(".combo, .files")) add(several, choiceOf(several));
  return found;
}

function choiceOf(one) {
  if (one.dataset.choice !== undefined) return one.dataset.choice;
  if (one.dataset.combo === "one") return one.dataset.value ?? "";
  if (one.matches(".combo, .files")) return [...one.querySelectorAll(".chip")].map((chip) => chip.dataset.value);
  if (one.type === "radio" || one.type === "checkbox") {
    const on = [...one.closest(".choices").querySelectorAll("input:checked")].map((mark) => mark.value);
    return one.type === "radio" ? (on[0] ?? "") : on;
  }
  return one.value;
}

export function target(one) {
  const box = one.closest("[data-place]");
  const about = { block: one.dataset.block, action: one.dataset.action, kind: one.dataset.kind, ...box.dataset };
  return box.dataset.place === "message" ? about : { ...about, values: values(box) };
}

export async function touch(verb, one) {
  const template = one.querySelector(":scope > template.confirm") ?? one.closest(".combo, .choices, .menu-box")?.querySelector("template.confirm");
  const body = { ...target(one), choice: verb === "pick" ? choiceOf(one) : undefined };
  const done = (!template || (await confirmed(template))) && (await act(verb, body)).ok;
  if (!done) redraw(one);
}

export function renew(one) {
  const box = one.closest("[data-place]");
  if (box) box.drawn = "";
  refresh();
}

function redraw(one) {
  const box = one.closest("[data-place]") ?? one;
  if (one.matches(".combo, .files, .field, .choices input")) one.closest(".block")?.replaceChildren();
  renew(box);
}

function confirmed(template) {
  const dialog = document.createElement("dialog");
  dialog.className = "confirm";
  dialog.append(template.content.cloneNode(true));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (button) dialog.close(button.value);
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      answer(dialog.returnValue === "yes");
    });
  });
}

const ACTS = {
  click: (one) => touch("click", one),
  pick: (one) => touch("pick", one),
  dismiss: (one) => act("dismiss", { ts: one.closest("[data-ts]").dataset.ts }),
  shortcut: (one) => act("shortcut", { callback: one.dataset.callback, ...(one.closest("[data-place]")?.dataset ?? {}) }),
  advance: (one) => act("advance", { seconds: Number(one.dataset.seconds) }),
  next: () => act("next"),
  snooze: (one) => act("snooze", { value: one.dataset.value }),
  presence: (one) => act("presence", { value: one.dataset.value }),
  stop: (one) => act("stop", { channel: one.dataset.channel, thread: one.dataset.thread }),
  prompt: (one) => act("say", { channel: one.parentElement.dataset.channel, text: one.dataset.say }),
  close: (one) => act("close", { view: one.closest("[data-view]").dataset.view }),
  "close-all": (one) => act("close", { view: one.closest("[data-view]").dataset.view, everything: true }),
  unfold: (one) => {
    one.parentElement.removeAttribute("class");
    one.remove();
  },
  sort: (one) => sort(one),
};

function sort(button) {
  const column = Number(button.dataset.column);
  const heading = button.closest("th");
  const down = heading.getAttribute("aria-sort") === "ascending";
  const body = button.closest("table").tBodies[0];
  const key = (row) => row.cells[column].dataset.sort ?? row.cells[column].textContent;
  const rows = [...body.rows].sort((a, b) => key(a).localeCompare(key(b), undefined, { numeric: true }));
  body.append(...(down ? rows.reverse() : rows));
  for (const one of heading.parentElement.cells) one.setAttribute("aria-sort", "none");
  heading.setAttribute("aria-sort", down ? "descending" : "ascending");
}

// ---- events

document.addEventListener("click", (event) => {
  say("");
  const nav = event.target.closest("a[data-nav]");
  if (nav && !event.metaKey && !event.ctrlKey) {
    event.preventDefault();
    go(nav.getAttribute("href"), { focus: nav.closest("#sidebar, .tabs, .menu, .msg") !== null });
    return;
  }
  const one = event.target.closest("[data-act]");
  if (one && !one.matches("input, textarea")) ACTS[one.dataset.act]?.(one);
  if (event.target.closest("#drawer")) {
    const open = document.documentElement.classList.toggle("drawer");
    byId("drawer").setAttribute("aria-expanded", String(open));
  }
  if (event.target.closest("#theme")) theme();
  for (const box of document.querySelectorAll(UNFOLDED)) if (!box.contains(event.target)) box.open = false;
});

document.addEventListener("change", (event) => {
  const one = event.target.closest("input[data-act=pick]");
  if (one) touch("pick", one);
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  if (form.id === "modal-form") act("submit", { view: form.dataset.view, values: values(form) });
  if (form.id === "jump") act("jump", { to: form.elements.to.value }).then((found) => found.ok && (byId("jump-box").open = false));
  if (form.matches(".composer")) write(form);
});

async function write(form) {
  const box = form.querySelector("textarea");
  const text = box.value;
  if (!text.trim()) return;
  box.value = "";
  grow(box);
  const found = await act("say", { channel: form.dataset.channel, thread: form.dataset.thread, text });
  if (!found.ok && !box.value) box.value = text;
}

document.addEventListener("keydown", (event) => {
  const field = event.target.closest?.("[data-act=type]");
  if (field && event.key === "Enter" && field.nodeName === "INPUT" && dispatches(field, "on_enter_pressed")) {
    event.preventDefault();
    touch("pick", field);
  }
  if (event.key !== "Escape" || event.defaultPrevented) return;
  for (const box of document.querySelectorAll(UNFOLDED)) {
    box.open = false;
    box.querySelector("summary").focus();
  }
  if (event.target.closest("#thread")) document.querySelector("[data-close=thread]").click();
});

document.addEventListener("input", (event) => {
  const field = event.target.closest("[data-act=type]");
  if (field && dispatches(field, "on_character_entered")) touch("pick", field);
});

function dispatches(field, when) {
  const box = field.closest("[data-input]");
  return (!box || box.hasAttribute("data-dispatch")) && field.dataset.when.split(" ").includes(when);
}

document.addEventListener("cancel", (event) => {
  if (event.target.id !== "modal") return;
  event.preventDefault();
  act("close", { view: event.target.querySelector("form").dataset.view });
}, true);

function theme() {
  const root = document.documentElement;
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  document.cookie = `sandbox-theme=${root.dataset.theme}; path=/; max-age=31536000; samesite=strict`;
}

widgets();
remember(app());
for (const log of document.querySelectorAll(".log")) log.scrollTop = log.scrollHeight;
drafts();
showModal();
arrived();
document.documentElement.dataset.ready = "1";
