"""The questions of `tipletters new`, one at a time; an answer that cannot be right is asked for again."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

import click

from tipletters.casecheck import check_client
from tipletters.casefile import free_key
from tipletters.cli import askfield
from tipletters.cli.askfield import is_open
from tipletters.cli.prompts import day, if_any, one_of, read_as, words, yes
from tipletters.dates import read_date
from tipletters.errors import CaseError
from tipletters.people import Client
from tipletters.template import TemplateHead
from tipletters.wording import means_nothing

Answers = dict[str, Any]


def case(head: TemplateHead, given: Answers, today: date, settled: Collection[str] = ()) -> None:
    """Ask for everything that a letter needs and that is not answered yet, and put it into `given` as it comes.

    Args:
        head: what the template asks.
        given: what is known already.
        today: the day on which it is asked.
        settled: sections of which nothing is asked.

    Raises:
        click.Abort: the worker stopped; what was typed until then stands in `given`.
    """
    _fill(given, {"reference": lambda: words("Your own reference for this letter (never a name or NHS number)")})
    if type(given.get("date")) is not date:
        given["date"] = day("Date of the letter", today)
    if "client" not in settled:
        _client(given.setdefault("client", {}), given["date"])
    _delivery(given.setdefault("delivery", {}), today, head.labels)
    if head.spoken_first:
        _spoken(given.setdefault("spoken", {}))
    if "author" not in settled:
        _author(given.setdefault("author", {}))
    answers: Answers = given.setdefault("fields", {})
    for field in head.fields:
        if is_open(answers.get(field.name)) or answers[field.name] == field.default:
            askfield.one(field, answers)
    _recipients(given, today)


_NOT_AT_HOME = "What must not be sent there? Say what it is about, as you mark it in the letter"


def _fill(section: Answers, questions: Mapping[str, Callable[[], Any]]) -> None:
    """Ask what is not answered yet; each answer stands as soon as it is given."""
    for key, question in questions.items():
        if is_open(section.get(key)):
            section[key] = question()


def _day(found: Any, otherwise: date) -> date:
    """Return a day that stands in a case, or the other where it is none: a hand may have written anything."""
    return found if type(found) is date else otherwise


def _optional(prompt: str) -> Callable[[], str]:
    return partial(if_any, prompt)


def _several(prompt: str) -> list[str]:
    return [part.strip() for part in if_any(prompt).split(",") if part.strip()]


def _last_name(client: Answers) -> str:
    while not (name := words("The client's last name (Enter if they have one name alone)", needed=False)):
        if yes("Do they have one name alone?"):
            client["one_name"] = True
            break
    return name


def _client(client: Answers, on: date) -> None:
    needs = "What helps them to read, such as large print, extra spacing, cream (Enter if nothing)"
    _fill(
        client,
        {
            "first_name": lambda: words("The client's first name"),
            "last_name": lambda: "" if client.get("one_name") else _last_name(client),
            "preferred_name": _optional("What do they like to be called? (Enter if by their first name)"),
            "date_of_birth": lambda: _right(client, "date_of_birth", _birth, on),
        },
    )
    for key, prompt in _NUMBERS:  # one is enough
        if all(is_open(client.get(one)) for one, _ in _NUMBERS):
            client[key] = _right(client, key, _optional(f"{prompt} (Enter if you have none)"), on)
    _fill(
        client,
        {
            "address": lambda: _several("Their address, with commas between the lines (Enter if none)"),
            "needs": lambda: _several(needs),
        },
    )


_NUMBERS = (
    ("nhs_number", "Their NHS number"),
    ("chi_number", "Their CHI number"),
    ("key", "Your service's own reference for them, such as ST-0412; never a name"),
)
_BIRTH = "Their date of birth (Enter to leave it out)"
_WHOLE_YEAR = "a date with the whole year, such as 2/3/1991"


def _birth() -> date | None:
    return read_as(
        lambda text: None if not text or means_nothing(text) else read_date(text), _WHOLE_YEAR, _BIRTH, needed=False
    )


def _right(client: Answers, key: str, question: Callable[[], Any], on: date) -> Any:
    """Ask until the answer can be right for this person."""
    who = Client(str(client.get("first_name", "")), str(client.get("last_name", "")))
    while True:
        answer = question()
        try:
            check_client(replace(who, **{key: answer}) if answer else who, on, "your answer")
        except CaseError as error:
            click.echo(f"{error.what} {error.then}")
        else:
            return answer


def _delivery(delivery: Answers, today: date, labels: Collection[str]) -> None:
    if is_open(delivery.get("asked")) and not yes("Have you asked how this letter can reach them safely?"):
        return
    _fill(
        delivery,
        {
            "asked": lambda: day("On which day did you ask?", today),
            "safe_address": lambda: yes("Is their address safe to write to?"),
            "post_opened_by": _optional("Who else opens the post? (Enter if nobody)"),
        },
    )
    if delivery["safe_address"]:
        about = ", ".join(labels) or "home life"
        _fill(delivery, {"not_at_home": lambda: _several(f"{_NOT_AT_HOME}, such as: {about} (Enter if nothing)")})
    _fill(
        delivery,
        {
            "envelope_marking": _optional("What should stand on the envelope? (Enter if nothing)"),
            "online": lambda: yes("May the letter be seen in the online record?"),
        },
    )


def _spoken(spoken: Answers) -> None:
    if not is_open(spoken.get("why_not")):
        return
    if not is_open(spoken.get("on")) or yes("Have you talked about this news already?"):
        on, detail = "On which day did you talk?", "How much do they want in writing?"
        _fill(spoken, {"on": lambda: day(on), "detail": lambda: words(detail)})
    else:
        spoken["why_not"] = words(
            "It is best to talk first. If you cannot, why not? (Enter to leave this open)", needed=False
        )


def _author(author: Answers) -> None:
    name, role = (f"Your {what} (Enter if it stands in tipletters.toml)" for what in ("name, as you sign", "role"))
    _fill(author, {"name": _optional(name), "role": _optional(role)})


def _recipients(given: Answers, today: date) -> None:
    """Ask who else may get a copy, and what the client said to that."""
    recipients: list[Answers] = given.setdefault("recipients", [])
    click.echo()
    for one in recipients:
        _provision(given, one, today)
    while name := if_any("Who else may get a copy? Name (Enter for nobody else)"):
        taken = {one.get("key", "") for one in recipients}
        recipients.append(one := {"key": free_key("", taken), "name": name})
        one["role"] = words("Their role, such as GP")
        one["key"] = free_key(one["role"], taken)
        _provision(given, one, today)


def _provision(given: Answers, recipient: Answers, today: date) -> None:
    provisions: list[Answers] = given.setdefault("provisions", [])
    name, key = recipient.get("name", ""), recipient.get("key", "")
    one = next((one for one in provisions if _is_about(one, key)), None)
    if one is None:
        said = one_of(f"Did the client agree to a copy for {name}?", "yes", "no", "not asked")
        if said == "not asked":
            return
        provisions.append(one := {"answer": "permit" if said == "yes" else "deny", "about": "letter", "to": key})
    elif not (is_open(one.get("date")) or (one.get("answer") == "permit" and is_open(one.get("until")))):
        return
    else:
        click.echo(f"What the client said to a copy for {name}:")
    _fill(one, {"date": lambda: day("On which day did they answer?", today)})
    if one.get("answer") == "permit":
        year_on = _day(one["date"], today) + timedelta(days=365)
        _fill(one, {"until": lambda: day("Until which day does it hold?", year_on)})
    one.setdefault("asked_by", given.get("author", {}).get("name", ""))
    _fill(one, {"how": lambda: words("How did you ask: in person, phone or writing?", default="in person")})


def _is_about(provision: Answers, key: str) -> bool:
    """Say whether an answer is about the letter as a whole, for this recipient."""
    return "letter" in _texts(provision.get("about", "letter")) and key in _texts(provision.get("to"))


def _texts(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
