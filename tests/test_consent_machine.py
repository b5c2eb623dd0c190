"""Ask, record, withdraw, run out, forget, send, in any order: no copy goes against the answers in force.

Two workers use one register. The rules of consent are told a second time here, as plainly as can be.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from cases import case
from conftest import NOW
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from team import new_database

from tipletters.config import House
from tipletters.consent import Answer, Provision
from tipletters.draft import Draft, draft
from tipletters.errors import RegisterError
from tipletters.letter import texts
from tipletters.output import told
from tipletters.register import find_place, open_register
from tipletters.register.keep import forget
from tipletters.register.verify import verify
from tipletters.remember import Record
from tipletters.stage import Stage

CLIENT = "999 012 3454"
WHO = ["gp", "school"]
LABELS = {"home life": "Your home is loud.", "alcohol": "You do not drink."}
ABOUT = st.sampled_from(["letter", "letter", *LABELS])
LETTERS = ["A-1", "A-2"]


def holds(answers: list[Provision], about: str, whom: str, letter: str, today: date) -> bool:
    """Say whether somebody may have something, told a second time."""
    mine = [
        one
        for one in answers
        if one.about == about
        and (one.later or one.letter == letter)
        and (
            one.recipient == whom or (one.recipient == "everyone" and (one.answer is Answer.DENY or whom in one.named))
        )
    ]
    yes = [one for one in mine if one.answer is Answer.PERMIT and one.until and today <= one.until]
    for no in (one for one in mine if one.answer is Answer.DENY):
        if not any(when(one) > when(no) and (one.recipient == whom or no.recipient == "everyone") for one in yes):
            return False
    return bool(yes)


def when(one: Provision) -> datetime:
    return datetime.combine(one.given, one.at or time.min)


class Machine(RuleBasedStateMachine):
    """A register, two workers, and what the client said, kept a second time."""

    where: str
    folder: Path
    drafts = Bundle("drafts")

    @initialize()
    def begin(self) -> None:
        self.now = NOW
        self.answers: list[Provision] = []
        self.sent: list[tuple[str, str]] = []
        self.place = self.new_place()
        self.workers = [open_register(self.place, house=House(), folder=self.folder) for _ in range(2)]

    def new_place(self) -> str:
        raise NotImplementedError

    @rule(
        worker=st.integers(0, 1),
        yes=st.booleans(),
        about=ABOUT,
        to=st.sampled_from([*WHO, "everyone"]),
        letter=st.sampled_from(LETTERS),
        later=st.booleans(),
        days=st.integers(0, 40),
    )
    def record(self, worker: int, yes: bool, about: str, to: str, letter: str, later: bool, days: int) -> None:
        self.now += timedelta(minutes=1)
        one = Provision(
            Answer.PERMIT if yes else Answer.DENY,
            about,
            to,
            self.now.date(),
            letter,
            named=frozenset(["gp"]) if yes and to == "everyone" else frozenset(),
            at=self.now.time(),
            until=self.now.date() + timedelta(days) if yes else None,
            later=later,
        )
        self.workers[worker].record(CLIENT, [one], by="Sam", at=self.now)
        self.answers.append(one)

    @rule(worker=st.integers(0, 1), about=ABOUT)
    def withdraw(self, worker: int, about: str) -> None:
        self.record(worker, False, about, "everyone", "", True, 0)

    @rule(days=st.integers(1, 30))
    def time_goes_by(self, days: int) -> None:
        self.now += timedelta(days=days)

    @rule(worker=st.integers(0, 1))
    def ask(self, worker: int) -> None:
        self.workers[worker].note("asked", CLIENT, "A-1", {"recipients": "gp"}, by="Sam", at=self.now)

    @rule(worker=st.integers(0, 1))
    def forget(self, worker: int) -> None:
        forget(self.workers[worker].database, CLIENT, reason="by right", by="Sam", at=self.now)
        self.answers, self.sent = [], []

    @rule(target=drafts, worker=st.integers(0, 1), letter=st.sampled_from(LETTERS))
    def make(self, worker: int, letter: str) -> Any:
        said = {"said": f"You like the sea.\n\n[private: home life] {LABELS['home life']}"}
        one = case(
            self.folder,
            reference=letter,
            client__nhs_number=CLIENT,
            fields=said,
            provisions=[],
            date=self.now.date(),
            delivery={},
        )
        record = Record(find_place(self.place, house=House(), folder=self.folder), self.workers[worker])
        made = draft(one, House(), now=self.now, known=record.known(one), stage=Stage(final=True))
        return made, record, self.now, list(self.answers)

    @rule(drafted=drafts)
    def send(self, drafted: Any) -> None:
        made, record, at, then = drafted
        digests = {copy.key: "ab" * 32 for copy in made.copies}
        tell = told(record, made, by="Sam", at=at)
        try:
            tell(digests)
        except RegisterError:
            assert self.answers != then, "refused though nothing changed"
            return
        self.is_right(made, at.date())
        letter = made.case.reference
        self.sent += [(letter, copy.key) for copy in made.copies if copy.letter and (letter, copy.key) not in self.sent]

    def is_right(self, made: Draft, day: date) -> None:
        """No copy against the answers in force, and none missing."""
        for copy in made.copies:
            if copy.key == "client":
                continue
            letter = made.case.reference
            assert (copy.letter is not None) == holds(self.answers, "letter", copy.key, letter, day)
            words = "\n".join(text for block in copy.letter.blocks for text in texts(block)) if copy.letter else ""
            for label, words_of_it in LABELS.items():
                may = copy.letter is not None and holds(self.answers, label, copy.key, letter, day)
                assert (words_of_it in words) == may

    @invariant()
    def both_workers_see_the_same_and_it_is_what_happened(self) -> None:
        for worker in getattr(self, "workers", []):
            assert [when(one) for one in worker.provisions(CLIENT)] == [when(one) for one in self.answers]
            held = [(one.reference, one.recipient) for one in worker.holders(CLIENT)]
            assert sorted(held) == sorted(self.sent)

    def teardown(self) -> None:
        for worker in getattr(self, "workers", []):
            assert not verify(worker.database).problems
            worker.close()


@contextmanager
def machine(kind: str, postgresql: Any) -> Iterator[type[Machine]]:
    with TemporaryDirectory() as name:

        class OfKind(Machine):
            folder = Path(name)
            made = 0

            def new_place(self) -> str:
                type(self).made += 1
                return new_database(postgresql()) if kind == "team" else str(Path(name) / f"{self.made}.db")

        yield OfKind


@pytest.mark.parametrize("kind", ["file", pytest.param("team", marks=pytest.mark.needs_postgresql)])
def test_no_copy_ever_goes_against_the_answers_in_force(kind: str, request: pytest.FixtureRequest, size: int) -> None:
    few = settings(max_examples=6 * size, stateful_step_count=20, phases=[Phase.generate])
    with machine(kind, lambda: request.getfixturevalue("postgresql")) as made:
        run_state_machine_as_test(made, settings=few)  # type: ignore[no-untyped-call]
