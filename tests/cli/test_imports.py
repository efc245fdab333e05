"""`steward import ...` and the other commands: exit codes, one sentence for what is wrong, JSON with stable keys."""

from __future__ import annotations

import errno
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import main
from bot.clock import system_clock
from bot.domain.audience import Audience
from bot.importers import Options
from bot.services.errors import Stopped
from bot.services.importing.run import Request, bring_in
from bot.storage.database import Database
from tests.services.clerk import Clerk

HEAD = "id,name,segment,owner,customer since\n"
ACCOUNTS = f"{HEAD}1,GTXPro,mid,Ida,2020-05-01\n2,GTX Pro,big,Ole,2021-05-01\n"
CONTRACTS = "contract number,account id,product,mrr,start date,end date\nK1,1,Folio,10,2026-01-01,2100-12-31\n"


@pytest.fixture
def clerk(sqlite_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    monkeypatch.setenv("DATABASE_URL", sqlite_database.url.render_as_string())
    return Clerk(sqlite_database, tmp_path / "files")


def _steward(*words: str | Path) -> Result:
    done = CliRunner().invoke(main, [str(word) for word in words])
    assert "Traceback" not in done.output + done.stderr
    return done


def _json(*words: str | Path, code: int = 0) -> Any:
    done = _steward(*words, "--json")
    assert done.exit_code == code, done.output
    return json.loads(done.stdout)


def _keys(found: Any) -> str:
    return " ".join(found)


def test_json_has_stable_keys(clerk: Clerk) -> None:
    paths = clerk.write({"accounts.csv": ACCOUNTS, "contracts.csv": CONTRACTS})
    report = _json("import", *paths)
    assert _keys(report) == (
        "batch dry_run files skipped_files read created updated unchanged removed skipped to_review"
    )
    assert _keys(report["files"][0]) == (
        "file kind layout source mapping unused notes read created updated unchanged removed skipped to_review "
        "reasons diff"
    )
    assert _keys(report["files"][0]["reasons"][0]) == "sentence rows first_line"
    assert _keys(_json("import", "list")[0]) == "batch state at by files read created updated to_review"
    (item,) = _json("import", "review")
    assert _keys(item) == "item kind reason file line this others cells at"
    assert _json("import", "review", item["item"]) == [item]
    decided = _json("import", "review", item["item"], "--accept")
    assert _keys(decided) == "item verdict sentence change"
    assert _json("import", "review") == []
    assert _json("import", "undo", decided["change"])["state"] == "undone"
    assert _keys(_json("account", "gtxpro")) == (
        "id name also_known_as parent subsidiaries owner kind segment lifecycle industry arr term last_touch tickets "
        "usage nps csat health risks not_checked promises promises_open data url channels dismissed as_of"
    )
    assert _keys(_json("account", "gtx", code=2)) == "query outcome account_id candidates"
    book = _json("book")
    assert _keys(book) == "scope search sort page pages total rows arr notes segments bands as_of"
    assert _keys(book["rows"][0]) == (
        "id name owner segment arr leads lead_on days_left term_state health band risks worst_risk last_touch_days why"
    )
    assert _keys(_json("renewals")) == "scope within_days page pages total rows passed arr as_of"
    assert _keys(_json("stats")) == (
        "accounts subsidiaries members people products contracts contract_lines opportunities opportunity_lines won "
        "lost open open_without_account won_amount won_amounts win_rate won_cycle_days_mean won_amount_top_account "
        "won_by_quarter arr arr_lines arr_left_out arr_overlapping interactions promises tickets surveys usage "
        "churn_events as_of"
    )
    assert not [mark for mark in ("{", "(", "Decimal") if mark in _steward("stats").stdout]
    checks = json.loads(_steward("doctor", "--json").stdout)
    assert {_keys(check) for check in checks} == {"name state sentence"}


def test_what_the_terminal_shows(clerk: Clerk) -> None:
    paths = clerk.write({"accounts.csv": ACCOUNTS})
    dry = _steward("import", "--dry-run", *paths)
    assert (dry.exit_code, clerk.stats().accounts) == (0, 0)
    assert "+ account GTXPro" in dry.stdout
    assert "This was a dry run; nothing was written." in dry.stdout
    done = _steward("import", *paths)
    assert "Read 2 rows: 2 created" in done.stdout
    assert done.stderr == ""  # no progress bar where nobody watches
    batch = done.stdout.split()[-1]
    assert batch in _steward("import", "list").stdout
    assert "--accept merges GTX Pro into GTXPro" in _steward("import", "review").stdout
    assert "2 rows are gone" in _steward("import", "undo", batch).stdout
    again = _steward("import", "undo", batch)
    assert (again.exit_code, again.stderr) == (2, f"{batch} is undone already; nothing was changed.\n")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("book.csv", b"%PDF-1.7 ...", "book.csv: it is a PDF"),
        ("book.csv", b"", "book.csv: the file is empty"),
        ("book.csv", None, "book.csv: there is no such file"),
        ("book.csv", b"a;b\x00c\n1;2\n", "book.csv, line 1: it holds binary data"),
        ("book.csv", b"colour,shape\nred,round\n", "book.csv: not recognised"),
    ],
)
def test_bad_files_give_one_sentence_and_write_nothing(
    clerk: Clerk, name: str, data: bytes | None, sentence: str
) -> None:
    good, *rest = clerk.write({"accounts.csv": ACCOUNTS, **({name: data} if data is not None else {})})
    before = clerk.dump()
    done = _steward("import", good, *(rest or [clerk.folder / name]))
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith(sentence)
    assert len(done.stderr.splitlines()) == 1
    assert clerk.dump() == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("import", "empty"), "nothing here can be imported"),
        (("import", "undo", "zzzz"), "There is no import zzzz"),
        (("import", "review", "zzzz", "--accept"), "There is no review item zzzz"),
        (("import", "review", "--accept"), "Say which item"),
        (("import", "accounts.csv", "--timezone", "Mars/Olympus"), "'Mars/Olympus'"),
        (("import", "accounts.csv", "--timezone", "../../etc"), "'../../etc'"),
        (("import", "accounts.csv", "--mapping", "no.yml"), "no.yml: the mapping cannot be read"),
        (("account", "nobody at all"), "No account is called"),
        (("renewals", "--within", "soon"), "'soon' is not a span of time"),
        (("renewals", "--within", "9999d"), "A window has 1 to 730 days"),
        (("book", "--owner", "Zorro"), "Nobody called Zorro"),
    ],
)
def test_bad_words_give_one_sentence(clerk: Clerk, words: tuple[str, ...], sentence: str) -> None:
    (path,) = clerk.write({"accounts.csv": ACCOUNTS})
    Path("empty").mkdir()
    done = _steward(*(path if word == path.name else word for word in words))
    assert done.exit_code == 2
    assert sentence in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_file_of_which_nothing_can_be_used_is_an_error(clerk: Clerk) -> None:
    name = "x" * 600
    (path,) = clerk.write({"accounts.csv": f"{HEAD}1,{name},mid,,\n2,{name},mid,,\n"})
    done = _steward("import", path)
    assert (done.exit_code, "2 skipped" in done.stdout) == (1, True)


def test_a_file_of_which_everything_waits_says_so_and_fails(clerk: Clerk) -> None:
    paths = clerk.write({"contracts.csv": CONTRACTS.replace(",1,Folio", ",7,Folio")})
    done = _steward("import", *paths)
    assert (done.exit_code, "1 waits for somebody to look: steward import review" in done.stdout) == (1, True)
    assert "Take it back" not in done.stdout


def test_what_was_created_and_is_to_be_looked_at_is_both_said(clerk: Clerk) -> None:
    rows = "".join(f"{at},Oak {at * 7919},mid,Ida,2020-05-01\n" for at in range(3, 33))
    done = _steward("import", *clerk.write({"accounts.csv": ACCOUNTS + rows}))
    assert "1 row: GTX Pro may be" in done.stdout
    assert "1 waits for somebody to look" in done.stdout
    assert "… and 12 more" in done.stdout


def test_the_end_of_a_reader_is_no_error(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(*_: object, **__: object) -> None:
        raise BrokenPipeError(errno.EPIPE, "Broken pipe")

    monkeypatch.setattr("bot.cli.show.line", closed)
    done = _steward("stats")
    assert "Something went wrong" not in done.output + done.stderr


def test_a_slack_that_is_not_there_gets_one_sentence(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_API_URL": "http://127.0.0.1:1/"
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    done = _steward("run")
    assert done.exit_code == 2
    assert "Cannot reach Slack at http://127.0.0.1:1/; check the network." in done.stderr


def test_dates_that_fit_two_orders_are_asked_about(clerk: Clerk) -> None:
    (path,) = clerk.write({"accounts.csv": f"{HEAD}1,Birch,mid,Ida,01/02/2020\n2,Oak,mid,Ida,03/04/2020\n"})
    done = _steward("import", path)
    assert (done.exit_code, clerk.stats().accounts) == (2, 0)
    assert "--date-order" in done.stderr
    assert _steward("import", path, "--date-order", "dmy").exit_code == 0
    assert [row.created_on.isoformat() for row in clerk.rows("account")] == ["2020-02-01", "2020-04-03"]


def test_a_mapping_is_remembered_for_files_of_the_same_shape(clerk: Clerk) -> None:
    strange, mapping = clerk.write({
        "strange.csv": "foo,bar\nBirch,mid\n", "map.yml": "kind: accounts\ncolumns: {foo: name, bar: segment}\n",
    })  # fmt: skip
    assert _steward("import", strange).exit_code == 2
    assert _steward("import", strange, "--mapping", mapping, "--dry-run").exit_code == 0
    assert _steward("import", strange).exit_code == 2  # a dry run remembers nothing
    assert _steward("import", strange, "--mapping", mapping).exit_code == 0
    (other,) = clerk.write({"other.csv": "bar,foo\nbig,Oak\n"})
    assert _json("import", other)["created"] == 1
    assert [row.segment for row in clerk.rows("account")] == ["mid", "big"]


def test_accounts_can_be_made_of_what_other_files_name(clerk: Clerk) -> None:
    (path,) = clerk.write({"usage.csv": "usage_id,account,on,metric,value\nU1,Birch,2026-01-05,logins,4\n"})
    assert _json("import", path, code=1)["to_review"] == 1
    assert _json("import", path, "--create-accounts")["created"] == 1
    assert _json("account", "birch")["name"] == "Birch"


def test_a_stopped_import_leaves_nothing(sqlite_database: Database, tmp_path: Path, audience: Audience) -> None:
    """Ctrl-C is noticed between two pieces: nothing of the batch stays, and the next import runs."""
    path = tmp_path / "accounts.csv"
    path.write_text("id,name,domain\n" + "".join(f"{at},Firm {at},firm{at}.example\n" for at in range(5_000)))
    pieces = iter(range(10))
    request = Request((path,), Options(), stopped=lambda: next(pieces) >= 3)
    with pytest.raises(Stopped, match="nothing was imported"):
        bring_in(sqlite_database, audience, system_clock, request)
    assert bring_in(sqlite_database, audience, system_clock, Request((path,), Options())).created == 5_000


def test_a_long_review_list_says_what_it_leaves_out(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/steward.db")
    (tmp_path / "calls.csv").write_text(
        "id,account,at,kind,text\n" + "".join(f"{n},Nobody {n},2026-01-05T10:00:00Z,call,x\n" for n in range(5))
    )
    runner = CliRunner()
    assert runner.invoke(main, ["import", str(tmp_path / "calls.csv")]).exit_code == 1
    shown = runner.invoke(main, ["import", "review", "--limit", "2"]).output
    assert "2 of 5 shown; --limit 5 shows all." in shown
    assert "of 5 shown" not in runner.invoke(main, ["import", "review"]).output
