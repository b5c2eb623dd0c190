"""Keeps what an error advises to what the command at hand can do: not every one has -o or --force."""

import re
from types import TracebackType

import click

from tipletters.errors import OutputError
from tipletters.wording import advice_of

_OPTION = re.compile(r"(?<![\w-])(?:-o|--force)(?![\w-])")


class _Advising(click.Context):
    """Takes the sentences with an option that the command has not out of the advice of an error that passes."""

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> bool | None:
        if isinstance(problem, OutputError):
            own = {name for one in self.command.params for name in one.opts}
            problem.then = " ".join(one for one in advice_of(problem.then) if set(_OPTION.findall(one)) <= own)
        return super().__exit__(kind, problem, trace)


def advising(command: click.Command) -> click.Command:
    """Return a command whose errors advise no option that it has not; in a group, each command in it."""
    if isinstance(command, click.Group):
        for one in command.commands.values():
            advising(one)
    else:
        command.context_class = _Advising
    return command
