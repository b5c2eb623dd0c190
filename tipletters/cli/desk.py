"""The questions of `tipletters review`: what the client says at a desk or on the phone, and what the worker decides."""

from collections.abc import Callable

import click

from tipletters.case import Case
from tipletters.cli.prompts import meant
from tipletters.review import form
from tipletters.review.copy import Asked
from tipletters.review.corrections import Correction, Decision, Kind
from tipletters.review.decide import Choice
from tipletters.review.known import proves

Filled = dict[str, bool | str]
HOW_KNOWN = (
    "How do you know that these answers are the client's own, given freely? (Enter if you do not know yet: then a yes "
    "does not count)"
)
WHICH_COPY = (
    "This letter was given to the client more than once. What is the code at the foot of their copy? (Enter if you go "
    "through the letter together as it is now)"
)


def words(prompt: str) -> str:
    """Ask for words; nothing is an answer too."""
    return str(click.prompt(prompt, default="", show_default=False)).strip()


def how_known() -> str:
    """Ask how the worker knows whose answers these are, until they say how or leave it out."""
    while (said := words(HOW_KNOWN)) and not proves(said):
        click.echo("Please say how you know, such as “we filled it in together”. Enter if you do not know yet.")
    return said


def one_of(prompt: str, *choices: str) -> str:
    """Ask for one of some words; Enter leaves it out."""
    shown = f"{prompt} ({' / '.join(choices)}; Enter to leave it out)"
    while (answer := meant(words(shown), choices)) not in ("", *choices):
        click.echo(f"Please answer with one of these: {', '.join(choices)}. Or Enter.")
    return answer


def of_client(asked: Asked, case: Case, known: Callable[[str], bool]) -> Filled:
    """Ask what the client says to each part and each copy, one question at a time.

    Args:
        asked: what the review copy asked.
        case: the case.
        known: says whether some words name a recipient or everyone.
    """
    filled: Filled = {}
    if one_of("Is all of it right?", "yes", "no") == "yes":
        filled[form.ALL_RIGHT] = True
    else:
        for number in asked.numbers:
            click.echo(f"\nPart {number}")
            for line in asked.part(number):
                click.echo(f"  {line.text}")
            filled |= _part(number, known)
    click.echo()
    if left_out := words("Did we leave something out? (Enter if not)"):
        filled[form.ELSE] = left_out
    for number, key in enumerate(asked.recipients, start=1):
        filled |= _copy(f"{form.COPIES}{number}", asked.described(case.recipients)[key])
    filled |= _sending()
    felt = one_of("How was it to read?", "good", "all right", "hard", "rather not say")
    if felt:
        filled[form.FELT] = next(one for one in form.FEELINGS if felt in one)
    return filled


def _part(number: int, known: Callable[[str], bool]) -> Filled:
    said = one_of("What do they say?", "right", "change", "private", "change and private")
    filled: Filled = {}
    if said == "right":
        filled[f"{number}{form.RIGHT}"] = True
    if "change" in said:
        filled[f"{number}{form.CHANGE}"] = True
        filled[f"{number}{form.WORDS}"] = words("What should it say, in their own words?")
    if "private" in said:
        filled[f"{number}{form.PRIVATE}"] = True
        while not known(whom := words("Private from whom? (Enter for everyone)")):
            click.echo("Please name one of the recipients, or everyone.")
        filled[f"{number}{form.WHOM}"] = whom
    return {key: value for key, value in filled.items() if value}


def _copy(group: str, described: str) -> Filled:
    said = one_of(f"\nMay {described} have a copy?", "yes", "not all of it", "no", "later")
    ends = {"yes": form.YES, "not all of it": form.WITHOUT, "no": form.NO, "later": form.LATER}
    if not said:
        return {}
    filled: Filled = {f"{group}{ends[said]}": True}
    if said == "not all of it":
        filled[f"{group}{form.COPY_WORDS}"] = words("Which parts shall be left out? (their numbers)")
    return filled


def _sending() -> Filled:
    said = one_of("\nHow shall they get the letter?", "hand", "post", "nothing")
    ends = {"hand": form.HAND, "post": form.POST, "nothing": form.NOTHING}
    filled: Filled = {f"{form.SENDING}{ends[said]}": True} if said else {}
    if said == "post" and (address := words("Which address is safe? (Enter if the one in the case)")):
        filled[f"{form.SENDING}{form.ADDRESS}"] = address
    return filled


def decision(one: Correction) -> Choice | None:
    """Offer one change to the worker: accept, edit or discuss; None leaves it open.

    Args:
        one: the correction.
    """
    click.echo(f"\nCorrection {one.number}, {one.place}")
    click.echo(f"  The letter says: {one.said or '(nothing)'}")
    click.echo(f"  The client {'wrote' if one.is_text else 'says'}: {one.says or _nothing(one)}")
    said = one_of("What would you like to do?", *(("accept",) if one.is_text else ()), "edit", "discuss")
    if said == "accept":
        return Choice(Decision.AGREED, Kind(one.kind))
    now_says = words("What should the letter say?") if said == "edit" else ""
    return Choice(Decision.AGREED, Kind(one.kind), now_says) if now_says else None


def _nothing(one: Correction) -> str:
    return "(they took it out)" if one.is_text else "(please change it)"
