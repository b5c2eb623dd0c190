"""`tipletters serve`: the page in the browser."""

import os
import sys
from pathlib import Path

import click

from tipletters.cli.session import Session


@click.command(epilog="Example: tipletters serve letters")
@click.argument("folder", type=click.Path(path_type=Path), default=Path())
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port. [default: any that is free]")
@click.option("--no-browser", is_flag=True, help="Only show the link; open no browser.")
@click.option(
    "--lock-after", type=click.IntRange(1, 240), default=15, show_default=True, help="Lock after so many idle minutes."
)
@click.pass_obj
def serve(session: Session, folder: Path, port: int, no_browser: bool, lock_after: int) -> None:
    """Write and check letters on a page in your browser. Your letters are kept in FOLDER.

    Only this computer can reach the page, and only with the link that you see here.
    Started again for the same folder, it opens the page that is running already. Ctrl+C stops it.
    """
    from datetime import timedelta

    from tipletters.web.server import serve as run

    def opened(link: str) -> None:
        click.echo(f"Your page is ready. Open this link; it works once:\n\n  {link}\n")
        if not no_browser and _has_screen():
            import webbrowser

            webbrowser.open(link)

    def again(link: str) -> None:
        click.echo(f"The page is locked. To go on, open:\n\n  {link}\n")

    done = run(
        folder,
        port=port,
        idle=timedelta(minutes=lock_after),
        now=session.now,
        tell=again,
        opened=opened,
        examples=session.examples,
        by=session.by,
    )
    click.echo("Stopped. Your work is saved." if done else "It is running already. Use the page that is open.")


def _has_screen() -> bool:
    """Say whether a browser can show itself; without a screen, some systems would open one in this very terminal."""
    return not sys.platform.startswith("linux") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
