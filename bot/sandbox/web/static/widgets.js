// Menus, comboboxes and the composer's suggestions: everything that opens, with the keyboard as well as the mouse.
import { act, grow, renew, say, target, touch, upload } from "./page.js";

let opened = null; // the one open list: { list, by, close }

function place(list, by) {
  list.hidden = false;
  const space = by.getBoundingClientRect();
  const below = innerHeight - space.bottom - 12;
  const up = below < Math.min(list.scrollHeight, 240) && space.top > below;
  list.style.maxHeight = `${Math.max(80, Math.min(520, up ? space.top - 12 : below))}px`;
  list.style.minWidth = list.matches("[role=listbox]") ? `${Math.min(space.width, innerWidth - 16)}px` : "";
  list.style.left = "0px"; // its natural width must not depend on where it stood
  list.style.left = `${Math.max(8, Math.min(space.left, innerWidth - list.offsetWidth - 8))}px`;
  list.style.top = up ? "" : `${space.bottom + 4}px`;
  list.style.bottom = up ? `${innerHeight - space.top + 4}px` : "";
}

function open(list, by) {
  if (opened?.list === list) return place(list, by);
  closeMenus();
  opened = { list, by };
  by.setAttribute("aria-expanded", "true");
  return place(list, by);
}

export function closeMenus() {
  if (!opened) return;
  const { list, by } = opened;
  opened = null;
  list.hidden = true;
  by.setAttribute("aria-expanded", "false");
  by.removeAttribute("aria-activedescendant");
  if (list.stale) {
    list.stale = false;
    renew(list);
  }
}

// ---- menus: a button with a list of items that take the focus

const items = (menu) => [...menu.querySelectorAll("[role^=menuitem]")];

function openMenu(button, last = false) {
  const menu = button.parentElement.querySelector("[role=menu]");
  open(menu, button);
  items(menu).at(last ? -1 : 0)?.focus();
}

function menuKeys(event) {
  const button = event.target.closest("[data-menu]");
  if (button && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    openMenu(button, event.key === "ArrowUp");
  }
  const menu = event.target.closest("[role=menu]");
  if (!menu) return;
  const all = items(menu);
  const at = all.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
  if (next !== undefined) {
    event.preventDefault();
    all[next % all.length].focus();
  } else if (event.key === "Escape") {
    event.preventDefault();
    const { by } = opened ?? {};
    closeMenus();
    by?.focus();
  } else if (event.key === "Tab") {
    closeMenus();
  } else if (event.key.length === 1 && /\S/.test(event.key)) {
    const found = all.find((one, index) => index > at && one.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()));
    found?.focus();
  }
}

// ---- lists with an active option while the focus stays in the text: comboboxes and suggestions

const shownOptions = (list) => [...list.querySelectorAll("[role=option]")].filter((one) => !one.hidden);
const activeOf = (list) => list.querySelector("[role=option].active");

function activate(list, input, option) {
  activeOf(list)?.classList.remove("active");
  input.removeAttribute("aria-activedescendant");
  if (!option) return;
  option.id ||= `${list.id}-${option.dataset.number ?? shownOptions(list).indexOf(option)}`;
  option.classList.add("active");
  option.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option.id);
}

function moveActive(list, input, step) {
  const all = shownOptions(list);
  const at = all.indexOf(activeOf(list));
  activate(list, input, all[(at + step + all.length) % all.length] ?? all[0]);
}

// ---- comboboxes: any select

const turns = new WeakMap();
const listOf = (combo) => combo.querySelector("[role=listbox]");
const inputOf = (combo) => combo.querySelector("[role=combobox]");

function note(list, words) {
  const row = document.createElement("li");
  row.setAttribute("role", "presentation");
  row.className = "menu-group";
  row.textContent = words;
  list.replaceChildren(row);
}

async function search(combo) {
  const [list, input] = [listOf(combo), inputOf(combo)];
  const query = input.value.trim() === (combo.label ?? input.defaultValue) ? "" : input.value.trim();
  const turn = (turns.get(combo) ?? 0) + 1;
  turns.set(combo, turn);
  const least = Number(combo.dataset.least ?? 3);
  if (query.length < least) {
    note(list, `Type at least ${least} ${least === 1 ? "letter" : "letters"}`);
    return open(list, input);
  }
  const found = await act("suggest", { ...target(combo), query });
  if (turns.get(combo) !== turn || document.activeElement !== input) return undefined;
  const held = chosen(combo);
  list.replaceChildren(...(found.options ?? []).map((one, number) => optionRow(one, number, held)));
  if (!list.children.length) note(list, "No results");
  open(list, input);
  return activate(list, input, shownOptions(list)[0]);
}

function optionRow({ value, label }, number, held) {
  const row = document.createElement("li");
  row.setAttribute("role", "option");
  row.setAttribute("aria-selected", String(held.includes(value)));
  row.dir = "auto";
  row.dataset.value = value;
  row.dataset.number = number;
  row.textContent = label;
  return row;
}

const chosen = (combo) => (combo.dataset.combo === "one" ? [combo.dataset.value ?? ""] : [...combo.querySelectorAll(".chip")].map((chip) => chip.dataset.value));

function narrow(combo, { all = false } = {}) {
  const [list, input] = [listOf(combo), inputOf(combo)];
  const query = all ? "" : input.value.trim().toLowerCase();
  for (const option of list.querySelectorAll("[role=option]")) option.hidden = !option.textContent.toLowerCase().includes(query);
  open(list, input);
  const current = [...list.querySelectorAll("[aria-selected=true]")].find((one) => !one.hidden);
  activate(list, input, (all && current) || shownOptions(list)[0]);
}

function unroll(combo, options) {
  return combo.hasAttribute("data-external") ? search(combo) : narrow(combo, options);
}

function take(combo, option) {
  const [input, value, label] = [inputOf(combo), option.dataset.value, option.textContent];
  if (combo.dataset.combo === "one") {
    closeMenus();
    input.value = label;
    combo.label = label;
    if (combo.dataset.value === value && !combo.hasAttribute("data-external")) return;
    combo.dataset.value = value;
  } else {
    const chip = [...combo.querySelectorAll(".chip")].find((one) => one.dataset.value === value);
    const full = combo.querySelectorAll(".chip").length >= Number(combo.dataset.most ?? Infinity);
    if (!chip && full) return;
    option.setAttribute("aria-selected", String(!chip));
    if (chip) chip.remove();
    else combo.querySelector(".chips").append(chipOf(value, label));
    input.value = "";
    closeMenus();
  }
  touch("pick", combo);
}

function chipOf(value, label) {
  const chip = document.createElement("button");
  chip.type = "button";
  chip.className = "chip";
  chip.dataset.value = value;
  chip.setAttribute("aria-label", `Remove ${label}`);
  chip.textContent = `${label} ×`;
  return chip;
}

function leave(combo) {
  const input = inputOf(combo);
  if (opened?.by === input) closeMenus();
  if (combo.dataset.combo === "several") {
    input.value = "";
  } else if (input.value === "" && combo.dataset.value && combo.closest("[data-input]")) {
    delete combo.dataset.value;
    combo.label = "";
    touch("pick", combo);
  } else {
    input.value = combo.label ?? input.defaultValue;
  }
}

function comboKeys(event, combo) {
  const [list, input] = [listOf(combo), inputOf(combo)];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    if (list.hidden) unroll(combo, { all: true });
    else moveActive(list, input, step);
  } else if (event.key === "Enter") {
    event.preventDefault();
    const option = list.hidden ? null : activeOf(list);
    if (option) take(combo, option);
    else unroll(combo, { all: true });
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    closeMenus();
  } else if (event.key === "Backspace" && !input.value) {
    const last = [...combo.querySelectorAll(".chip")].at(-1);
    if (last) dropChip(last);
  }
}

function dropChip(chip) {
  const box = chip.closest(".combo, .files");
  chip.remove();
  box.querySelector("input").focus();
  touch("pick", box);
}

// ---- files: uploaded as they are chosen, held as chips

async function chooseFiles(input) {
  const box = input.closest(".files");
  const room = Number(box.dataset.most) - box.querySelectorAll(".chip").length;
  const chosen = [...input.files];
  input.value = "";
  for (const file of chosen.slice(0, room)) {
    const found = await upload(file);
    if (found.ok) box.querySelector(".chips").append(chipOf(found.id, found.name));
  }
  await touch("pick", box);
  if (chosen.length > room) say(`No more than ${box.dataset.most} files can be chosen here.`);
}

// ---- the composer: /commands and @names

function suggest(box) {
  const list = document.getElementById(box.getAttribute("aria-controls"));
  const before = box.value.slice(0, box.selectionStart);
  const word = /^\/\S*$/.exec(before)?.[0] ?? /(?:^|\s)(@[\p{L}\w.-]*)$/u.exec(before)?.[1];
  const query = word?.toLowerCase();
  for (const one of list.querySelectorAll("[role=option]")) one.hidden = !query || !one.dataset.match.startsWith(query);
  if (!shownOptions(list).length) {
    if (opened?.list === list) closeMenus();
    return;
  }
  open(list, box);
  activate(list, box, shownOptions(list)[0]);
  box.word = query;
}

function insert(box, words) {
  const before = box.value.slice(0, box.selectionStart).replace(/(^\/\S*|@[\p{L}\w.-]*)$/u, "");
  const start = words.startsWith("/") ? words : before + words;
  box.value = start + box.value.slice(box.selectionStart);
  box.setSelectionRange(start.length, start.length);
  closeMenus();
  box.focus();
  grow(box);
}

function composerKeys(event, box) {
  const list = document.getElementById(box.getAttribute("aria-controls"));
  const active = list.hidden ? null : activeOf(list);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (active && step) {
    event.preventDefault();
    moveActive(list, box, step);
  } else if (active && event.key === "Escape") {
    event.preventDefault();
    closeMenus();
  } else if (active && (event.key === "Tab" || event.key === "Enter") && active.dataset.match !== box.word) {
    event.preventDefault();
    insert(box, active.dataset.insert);
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    closeMenus();
    box.form.requestSubmit();
  }
}

// ---- events

function clicked(event) {
  const button = event.target.closest("[data-menu]");
  if (button) return opened?.by === button ? closeMenus() : openMenu(button);
  const chip = event.target.closest(":is(.combo, .files) .chip");
  if (chip) return dropChip(chip);
  const item = event.target.closest("[role^=menuitem]");
  if (item) {
    const { by } = opened ?? {};
    closeMenus();
    if (item.dataset.insert) insert(item.closest("form").querySelector("textarea"), item.dataset.insert);
    else by?.focus();
    return undefined;
  }
  if (opened && !opened.list.contains(event.target) && event.target !== opened.by) closeMenus();
  const input = event.target.closest(".combo-input");
  if (input) {
    const combo = input.closest(".combo");
    inputOf(combo).focus();
    if (listOf(combo).hidden) unroll(combo, { all: true });
  }
  return undefined;
}

function pressed(event) {
  const option = event.target.closest("[role=option]");
  if (!option) return;
  event.preventDefault(); // the focus stays in the text
  const combo = option.closest(".combo");
  if (combo) take(combo, option);
  else insert(option.closest("form").querySelector("textarea"), option.dataset.insert);
}

export function widgets() {
  document.addEventListener("click", clicked);
  document.addEventListener("mousedown", pressed);
  document.addEventListener("keydown", (event) => {
    menuKeys(event);
    const combo = event.target.closest(".combo");
    if (combo && event.target.matches(".combo-input")) comboKeys(event, combo);
    if (event.target.matches(".composer textarea")) composerKeys(event, event.target);
  });
  document.addEventListener("input", (event) => {
    if (event.target.matches(".combo-input")) unroll(event.target.closest(".combo"));
    if (event.target.matches(".composer textarea")) {
      grow(event.target);
      suggest(event.target);
    }
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches(".files input")) chooseFiles(event.target);
  });
  document.addEventListener("focusout", (event) => {
    const combo = event.target.matches(".combo-input") && event.target.closest(".combo");
    if (combo && !combo.contains(event.relatedTarget)) leave(combo);
    if (event.target.matches(".composer textarea") && opened?.by === event.target) closeMenus();
  });
  addEventListener("resize", closeMenus);
  document.addEventListener("scroll", (event) => opened && !opened.list.contains(event.target) && place(opened.list, opened.by), true);
}
