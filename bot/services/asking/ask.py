"""From what somebody says to answers: read, names resolved to the letter, looked up, remembered.

A name that no account has to the letter is asked about; nothing is looked up for a guess. What is seen is decided by
the audience, in every use case that is called.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.asking import queries as q
from bot.domain.asking.outcome import Before, Unclear, Understood
from bot.domain.asking.read import read
from bot.domain.audience import Audience
from bot.domain.ids import parse_id
from bot.domain.policy import Policies
from bot.services.asking.answering import EXAMPLES, answered
from bot.services.asking.chart import charted
from bot.services.asking.chooser import PATIENCE, Chooser, Read
from bot.services.asking.condensing import LEAST, condensed
from bot.services.asking.ground import MOST_SHOWN, Ground
from bot.services.asking.memory import Remembered, Spot, Verdict, judge, remember, remembered
from bot.services.asking.names import Meant, known_names, meant
from bot.services.errors import BadInput, NotFound
from bot.services.existing import account_name
from bot.services.lookup import require_internal, suggest_accounts
from bot.services.results.asking import Answer, Choice, Drawn, Replies, Reply, Said
from bot.services.skills.desk import Drafting
from bot.storage.database import Database, Reader
from skills.runner import Progress

LONGEST: Final = 2_000
Chosen: TypeAlias = Mapping[str, int]
_MOST_LIKELY: Final = 5
_LEFT_OUT: Final = "I can list what is so, not what is not so. I looked nothing up; ask for what you want to see."
_QUESTION_MARKS: Final = ("?", "？", "؟")


@dataclass(frozen=True)
class Asking:
    """The use cases of questions. All may raise StewardError. With a model in `drafting` it reads what the parser
    cannot, and sums passages up."""

    database: Database
    policies: Policies
    now: datetime
    zone: ZoneInfo
    drafting: Drafting = field(default_factory=Drafting)

    def reading(self, audience: Audience, text: str, spot: Spot | None = None) -> tuple[q.Question, ...]:
        """What a text would be taken for; nothing is looked up. Empty when it is not understood."""
        require_internal(audience)
        with self.database.reading(audience) as reader:
            found, _ = self._read(reader, text[:LONGEST], spot)
        return found.questions if isinstance(found, Understood) else ()

    def _read(self, reader: Reader, text: str, spot: Spot | None) -> tuple[Understood | Unclear, Remembered]:
        before = remembered(reader, spot, self.now)
        known = known_names(reader, text)
        return read(text, known, Before(before.questions, spot.account if spot else None)), before

    def note(self, audience: Audience, question: q.Question, chosen: Chosen, spot: Spot) -> None:
        """Remember what was shown by other means than a question, so that a follow-up can follow it."""
        require_internal(audience)
        remember(self.database, audience, spot, self.now, Remembered((question,), chosen))

    def ask(self, audience: Audience, text: str, spot: Spot | None = None) -> Replies:
        """Answer a text, as what follows in the conversation at a spot. Raises BadInput for far too much of it."""
        require_internal(audience)
        if len(text) > LONGEST:
            raise BadInput(f"That is too long for a question: {len(text):,} characters. {LONGEST:,} are the most.")
        with self.database.reading(audience) as reader:
            reading, before = self._read(reader, text, spot)
            is_read = _is_read(reader, text, reading, before.chosen)
        chosen = None if is_read else self._read_by_a_model(audience, text, before, spot)
        if chosen is None:
            if isinstance(reading, Unclear):
                return Replies(text=text, replies=(_unclear(reading),), as_of=self.now)
            return self._replies(audience, text, reading, before.chosen, spot)
        understood = Understood((chosen.picked.question,))
        found = self._replies(audience, text, understood, before.chosen, spot, doubtful=chosen.picked.doubtful)
        return found.model_copy(update={"read_by": chosen.model})

    def _read_by_a_model(self, audience: Audience, text: str, before: Remembered, spot: Spot | None) -> Read | None:
        """What a model takes a text for, if there is one. The database is not held meanwhile."""
        model = self.drafting.model
        if model is None:
            return None
        with self.database.reading(audience) as reader:
            known = known_names(reader, text)
        subject = Before(before.questions, spot.account if spot else None).account
        actor = audience.actor
        chooser = Chooser(model, min(self.drafting.deadline, PATIENCE))
        return chooser.read(text, known, subject, actor.slack_user_id or actor.name)

    def again(self, audience: Audience, question: q.Question, chosen: Chosen, spot: Spot | None = None) -> Replies:
        """Answer a question that was understood before, with the account that somebody chose for a name in it."""
        require_internal(audience)
        with self.database.reading(audience) as reader:
            before = remembered(reader, spot, self.now)
        return self._replies(audience, "", Understood((question,)), {**before.chosen, **chosen}, spot)

    def rows(self, audience: Audience, question: q.Question, chosen: Chosen) -> Reply:
        """The same answer with all the rows that fit into a message."""
        require_internal(audience)
        return self._reply(replace(self._ground(audience), shown=MOST_SHOWN), question, chosen)

    def condense(
        self, audience: Audience, question: q.Question, chosen: Chosen, progress: Progress | None = None
    ) -> Reply:
        """The same answer with its passages summed up by a model, in seconds: not on an event loop's thread. Raises
        BadInput where that cannot be."""
        require_internal(audience)
        ground = self._ground(audience)
        found = self._reply(ground, question, chosen)
        account_id = parse_id(found.account_id or "") if isinstance(found, Answer) else None
        if not isinstance(found, Answer) or not isinstance(question, q.Said) or account_id is None:
            raise BadInput("Only what one account said can be summed up. Name the account in the question.")
        made = condensed(ground, self.drafting, question, account_id, progress)
        return found.model_copy(update={"condensed": made, "can_condense": False})

    def chart(self, audience: Audience, question: q.Question, chosen: Chosen) -> Drawn:
        """The answer's series, drawn. Raises BadInput where it has none. A second and more: run it aside."""
        require_internal(audience)
        ground = self._ground(audience)
        account = None
        for name in q.names_in(question):
            with ground.database.reading(ground.audience) as reader:
                account_id = meant(reader, name, chosen).account_id
            if account_id is None:
                raise BadInput("Which account is meant is not certain. Ask again with its full name.")
            account = account_id, account_name(ground.database, ground.audience, account_id)
        return charted(ground, question, account)

    def judge(self, audience: Audience, turn: str, verdict: Verdict) -> bool:
        """Keep what the asker thought of an answer; False when it is not kept any more."""
        return judge(self.database, audience, turn, verdict, self.now)

    def _replies(
        self,
        audience: Audience,
        text: str,
        reading: Understood,
        chosen: Chosen,
        spot: Spot | None,
        *,
        doubtful: str | None = None,
    ) -> Replies:
        ground = self._ground(audience)
        replies = tuple(
            _without(self._reply(ground, question, chosen, doubtful), reading.unused) for question in reading.questions
        )
        turn = None
        looked = tuple(one for one in reading.questions if not isinstance(one, q.Help | q.Talk | q.Elsewhere))
        if spot is not None and looked:
            turn = remember(self.database, audience, spot, self.now, Remembered(looked, chosen))
        return Replies(text=text, replies=replies, turn=turn, as_of=self.now)

    def _ground(self, audience: Audience) -> Ground:
        today = self.now.astimezone(self.zone).date()
        return Ground(self.database, audience, self.policies, self.now, today, self.zone)

    def _reply(self, ground: Ground, question: q.Question, chosen: Chosen, doubtful: str | None = None) -> Reply:
        """One question's answer; what cannot be answered is said in place of it, and does not take the others along.
        Which account a `doubtful` name means is asked, also where one has it to the letter."""
        try:
            if doubtful is not None:
                likely = suggest_accounts(ground.database, ground.audience, doubtful, _MOST_LIKELY)
                return Choice(question=question, name=doubtful, candidates=likely)
            ids: list[int] = []
            with ground.database.reading(ground.audience) as reader:
                for name in q.names_in(question):
                    found = meant(reader, name, chosen)
                    if found.account_id is None:
                        return _which(question, name, found)
                    ids.append(found.account_id)
            answer = answered(ground, question, ids)
        except (BadInput, NotFound) as error:
            return _whose_or_refused(ground, question, error, chosen)
        return self._offering(answer)

    def _offering(self, found: Reply) -> Reply:
        """With a model, passages of one account may be summed up."""
        if not isinstance(found, Answer) or not isinstance(found.question, q.Said) or found.account_id is None:
            return found
        may = self.drafting.model is not None and found.total >= LEAST
        return found.model_copy(update={"can_condense": may})


def _is_read(reader: Reader, text: str, reading: Understood | Unclear, chosen: Chosen) -> bool:
    """Whether there is nothing for a model to read. Where words end in a question mark, and all that was made of them
    is a name that nobody has, they are more than a name: in another language, for instance."""
    match reading:
        case Unclear():
            return reading.why != "words"
        case Understood((q.Status(account=name, focus="all"),)) if is_asked(text) and len(name.split()) > 1:
            return meant(reader, name, chosen).account_id is not None
    return True


def is_asked(text: str) -> bool:
    """Whether a text ends as questions do."""
    return text.rstrip().endswith(_QUESTION_MARKS)


def _without(found: Reply, unused: str | None) -> Reply:
    """Says what of the question the answer does not go by."""
    if unused is None or not isinstance(found, Answer):
        return found
    return found.model_copy(update={"understood": f"{found.understood}, as of now: not by “{unused}”"})


def _which(question: q.Question, name: str, found: Meant) -> Choice:
    return Choice(question=question, name=name, candidates=found.candidates)


def _whose_or_refused(ground: Ground, question: q.Question, error: BadInput | NotFound, chosen: Chosen) -> Reply:
    """A name that no colleague has may be an account's that was not typed to the letter."""
    whose = getattr(question, "whose", None)
    if isinstance(error, BadInput) and whose not in (None, "mine", "team", "all") and "Nobody called" in error.sentence:
        about = _about(question, str(whose))
        if about is not None:
            with ground.database.reading(ground.audience) as reader:
                found = meant(reader, str(whose), chosen)
            if found.account_id is not None:
                return answered(ground, about, [found.account_id])
            if found.candidates:
                return _which(about, str(whose), found)
    return Said(about="refused", sentence=error.sentence)


def _about(question: q.Question, name: str) -> q.Question | None:
    """The same question about one account."""
    match question:
        case q.Renewals():
            return q.Status(account=name, focus="renewal")
        case q.AtRisk():
            return q.Status(account=name, focus="health")
        case q.Silent():
            return q.Touch(account=name)
        case q.Book():
            return q.Status(account=name)
        case q.Listing() if "account" in type(question).model_fields:
            return question.model_copy(update={"account": name, "whose": None})
    return None


def _unclear(reading: Unclear) -> Said:
    if reading.why == "account":
        return Said(about="account", sentence="Which account? Say its name with the question.")
    if reading.why == "left out":
        return Said(about="unclear", sentence=_LEFT_OUT, examples=EXAMPLES)
    return Said(about="unclear", sentence="I did not understand that, so I looked nothing up.", examples=EXAMPLES)
