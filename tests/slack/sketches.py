"""What skills draft, for fakes and for rendering: a plain one, and any that data could make."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.services.results.skills import DraftPoint, DraftSection, Figure, SkillDraft, Source
from tests.slack import samples
from tests.slack.samples import hostile_text

NOTE = Source(
    id="E1", entity_id="r1", kind="call", at=samples.NOW, who="Maya Lindqvist with Ana Silva",
    text="Ana asked for a discount.", link="https://acme.slack.com/archives/C1/p1", internal=True,
)  # fmt: skip
TICKETS = Figure(key="tickets", label="Open tickets", shown="3, 1 urgent", before="5", definition="", internal=False)


def sketched(account: str, skill: str) -> SkillDraft:
    quote = DraftPoint(text="", quote="Ana asked for a discount.", figures=(), sources=(NOTE,), internal=True)
    figure = DraftPoint(text="", quote=None, figures=(TICKETS,), sources=(), internal=False)
    said = DraftPoint(
        text="Ana wants a lower price", quote=None, figures=(), sources=(NOTE, NOTE), internal=True,
        cautions=("check source",),
    )  # fmt: skip
    return SkillDraft(
        run="r", skill=skill, title={"brief": "Call preparation"}.get(skill, skill), account_id="1", account=account,
        period="the last 90 days", for_customer=skill == "checkin",
        sections=(
            DraftSection(key="mind", title="Mind this", points=(quote, said)),
            DraftSection(key="stand", title="Where they stand", points=(figure,)),
            DraftSection(key="none", title="Nothing here", points=()),
        ),
        missing=("No survey since 3 Mar 2026.",), withheld="1 point withheld: no source.",
        letter="Hello,\n\nOn 3 Mar 2026 you wrote: “hi”" if skill == "checkin" else None,
        written_by="rules", note="Written from the record, without a model.", version="abc", problem=None,
        as_of=samples.NOW,
    )  # fmt: skip


_optional = st.none() | hostile_text
_sources = st.builds(
    Source, id=hostile_text, entity_id=hostile_text, kind=hostile_text, at=st.just(samples.NOW), who=_optional,
    text=hostile_text, link=_optional | st.just("https://crm.example/a"), internal=st.booleans(),
)  # fmt: skip
_figures = st.builds(
    Figure, key=hostile_text, label=hostile_text, shown=hostile_text, before=_optional, definition=hostile_text,
    internal=st.booleans(),
)  # fmt: skip
_points = st.builds(
    DraftPoint, text=hostile_text, quote=_optional, figures=st.lists(_figures, max_size=3).map(tuple),
    sources=st.lists(_sources, max_size=5).map(tuple), internal=st.booleans(),
    cautions=st.lists(hostile_text, max_size=2).map(tuple),
)  # fmt: skip
_sections = st.builds(
    DraftSection, key=hostile_text, title=hostile_text, points=st.lists(_points, max_size=8).map(tuple)
)  # fmt: skip
any_sketch = st.builds(
    SkillDraft, run=hostile_text, skill=hostile_text, title=hostile_text, account_id=st.just("1"), account=hostile_text,
    period=hostile_text, for_customer=st.booleans(), sections=st.lists(_sections, max_size=8).map(tuple),
    missing=st.lists(hostile_text, max_size=5).map(tuple), withheld=_optional, letter=_optional,
    written_by=st.just("rules"), note=hostile_text, version=hostile_text, problem=_optional, as_of=st.just(samples.NOW),
)  # fmt: skip
