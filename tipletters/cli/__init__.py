"""The command line. Nothing heavy is imported before a command needs it, so that help comes at once."""

import sys

import click

from tipletters import __version__
from tipletters.cli.advice import advising
from tipletters.cli.batch import batch
from tipletters.cli.check import check, explain
from tipletters.cli.compare import compare
from tipletters.cli.consent import consent
from tipletters.cli.corrections import corrections
from tipletters.cli.disclose import disclose
from tipletters.cli.draft import demo, draft
from tipletters.cli.final import final, reissue, status
from tipletters.cli.new import new
from tipletters.cli.register import register
from tipletters.cli.review import review
from tipletters.cli.serve import serve
from tipletters.cli.session import Session
from tipletters.cli.templates import templates
from tipletters.errors import TiplettersError

COMMANDS = (
    draft, batch, review, corrections, final, reissue, status, new, consent, register, disclose, serve, check, compare,
    explain, templates, demo,
)  # fmt: skip

_EPILOG = """
Exit codes: 0 done; 1 done, but something needs your attention; 2 wrong use or bad input.

Example: tipletters draft case.toml -o letters
"""


@click.group(epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="tipletters")
@click.pass_context
def main(context: click.Context) -> None:
    """Write to your clients: plain, kind letters, with copies only for those the client agreed to.

    Everything stays on this computer.
    """
    if context.obj is None:
        context.obj = Session()


for _command in COMMANDS:
    main.add_command(advising(_command))


def run() -> None:
    """Run the command line; whatever goes wrong is said in plain words, without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        main(prog_name="tipletters")
    except TiplettersError as error:
        click.echo(str(error), err=True)
        sys.exit(2)
    except Exception as error:  # noqa: BLE001 - the last net: the text of an unknown error could hold a secret
        click.echo(
            f"Something went wrong that we did not expect ({type(error).__name__}). Nothing was left half written.\n"
            "What to do: try again; if it happens again, tell the person who looks after tipletters what you did.",
            err=True,
        )
        sys.exit(2)
