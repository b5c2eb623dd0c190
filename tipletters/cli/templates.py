"""`tipletters templates`: which there are, what one looks like, and whether your own is sound."""

from pathlib import Path

import click
from click.shell_completion import CompletionItem


def complete_name(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Complete the name of a template."""
    return [CompletionItem(name) for name in _found() if name.startswith(incomplete)]


def _folders() -> list[Path]:
    from tipletters.config import find
    from tipletters.draft import template_folders

    return template_folders(Path.cwd(), find(Path.cwd()))


def _found() -> dict[str, Path]:
    from tipletters.template import names

    return names(_folders())


@click.group(invoke_without_command=True, epilog="Example: tipletters templates show meeting-summary")
@click.pass_context
def templates(context: click.Context) -> None:
    """List the templates, with what each is for and what it asks."""
    if context.invoked_subcommand is None:
        _list()


def _list() -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    from tipletters.template.head import read_source

    console = Console(highlight=False)
    for name, path in _found().items():
        head = read_source(path).head
        needed = [field.name for field in head.fields if field.required]
        more = [field.name for field in head.fields if not field.required]
        console.print(Text(name, style="bold"))
        for line in (
            f"{head.purpose}.",
            f"When: {head.when}.",
            f"Asks: {', '.join(needed)}" + (f"; if you like: {', '.join(more)}." if more else "."),
        ):
            console.print(Padding(Text(line), (0, 0, 0, 2)))
    console.print("\nBegin a letter with: tipletters new NAME")


@templates.command(epilog="Example: tipletters templates show meeting-summary > my-own.txt")
@click.argument("name", shell_complete=complete_name)
def show(name: str) -> None:
    """Print the template NAME, to read it or to make your own of it."""
    from tipletters.template import find
    from tipletters.tomlfile import read_text

    click.echo(read_text(find(name, _folders()).source.path), nl=False)


@templates.command(epilog="Example: tipletters templates check templates/my-own.txt")
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Say whether your own template in FILE is sound: it is tried out with the examples in its head."""
    from tipletters.setting import example_setting
    from tipletters.template import check as problems_of
    from tipletters.template import load

    problems = list(problems_of(load(file, _folders()), example_setting()))
    for problem in problems:
        click.echo(f"- {problem}")
    if problems:
        raise click.exceptions.Exit(1)
    click.echo(f"{file.name} is sound.")
