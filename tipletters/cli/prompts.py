"""Asking at the terminal: it says why it asks again, and whoever stops is told what became of their answers."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

import click

from tipletters.dates import read_typed
from tipletters.wording import means_nothing

T = TypeVar("T")

A_DAY = "a date, such as 26/8/2026"
NEEDED = "This needs an answer, so we ask again. To stop, press Ctrl+C."


def words(prompt: str, *, needed: bool = True, default: str | None = None) -> str:
    """Ask for words.

    Args:
        prompt: the question.
        needed: nothing is no answer; then it says so, and asks again.
        default: what Enter stands for.

    Raises:
        click.Abort: the worker stopped.
    """
    while True:
        answer = str(click.prompt(prompt, default=default or "", show_default=bool(default))).strip()
        if answer or not needed:
            return answer
        click.echo(NEEDED)


def if_any(prompt: str) -> str:
    """Ask for words that may be left out; who answers "no" to such a question means nothing, and is told so.

    Raises:
        click.Abort: the worker stopped.
    """
    answer = words(prompt, needed=False)
    if not means_nothing(answer):
        return answer
    click.echo(f"We take “{answer}” for: nothing.")
    return ""


def one_of(prompt: str, *choices: str) -> str:
    """Ask for one of some words, until it is one of them.

    Raises:
        click.Abort: the worker stopped.
    """
    while (answer := meant(words(f"{prompt} ({'/'.join(choices)})"), choices)) not in choices:
        click.echo(f"Please answer with one of these: {', '.join(choices)}.")
    return answer


def meant(answer: str, choices: Collection[str]) -> str:
    """Return an answer in small letters; "y" and "n" are yes and no, where nothing else begins so."""
    answer = answer.strip().casefold()
    like = [one for one in choices if one.startswith(answer)]
    return like[0] if answer in ("y", "n") and len(like) == 1 else answer


def yes(prompt: str) -> bool:
    """Ask for yes or no; says whether it was yes.

    Raises:
        click.Abort: the worker stopped.
    """
    return one_of(prompt, "yes", "no") == "yes"


def day(prompt: str, default: date | None = None) -> date:
    """Ask for a day, until it is one that exists.

    Raises:
        click.Abort: the worker stopped.
    """
    return read_as(read_typed, A_DAY, prompt, default=default.isoformat() if default else None)


def read_as(read: Callable[[str], T], needs: str, prompt: str, *, needed: bool = True, default: str | None = None) -> T:
    """Ask until the answer can be read.

    Args:
        read: makes something of the words, or raises ValueError.
        needs: what it needs, in words.
        prompt: the question.
        needed: nothing is no answer; else `read` gets "" for it.
        default: what Enter stands for.

    Raises:
        click.Abort: the worker stopped.
    """
    while True:
        try:
            return read(words(prompt, needed=needed, default=default))
        except ValueError:
            click.echo(f"Please give {needs}.")


@contextmanager
def stopping(said: str) -> Iterator[None]:
    """Say what a worker who stops within leaves behind, and end with 1.

    Args:
        said: what was kept and what was not, and how to go on.

    Raises:
        click.exceptions.Exit: the worker stopped.
    """
    try:
        yield
    except (click.Abort, KeyboardInterrupt):
        click.echo(f"\nStopped. {said}", err=True)
        raise click.exceptions.Exit(1) from None
