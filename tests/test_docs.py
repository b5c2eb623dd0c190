"""The documents that are made from the code stand as the code says."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from tipletters.checks.profile import Profile
from tipletters.cli import main
from tipletters.resources import folder
from tipletters.template import names
from tipletters.template.head import read_source

ROOT = Path(__file__).parent.parent


def commands(command: click.Command, name: str, parent: click.Context | None = None) -> Iterator[str]:
    settings = {**command.context_settings, "max_content_width": 100, "terminal_width": 100}
    context = click.Context(command, info_name=name, parent=parent, **settings)
    yield f"## {context.command_path}\n\n```\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from commands(inner, inner.name or "", context)


def reference() -> str:
    begin = "# All commands\n\nMade from the program itself.\n\n"
    completion = (
        "## Completion\n\nFor bash, add to `~/.bashrc`: "
        '`eval "$(_TIPLETTERS_COMPLETE=bash_source tipletters)"` (zsh and fish: put their name for `bash`).\n'
    )
    return begin + "\n".join(commands(main, "tipletters")) + "\n" + completion


def template_list() -> str:
    lines = []
    for name, path in names([folder("templates")]).items():
        head = read_source(path).head
        lines.append(f"- **{name}**: {head.purpose}. {head.when}. Review: {head.review}.")
    return "\n".join(lines)


def check_pages() -> str:
    from tipletters.checks.registry import CHECKS, manual

    pages = (manual(name).replace("\n\n", "\n").replace("\n", "\\\n") for name in CHECKS)
    return "\n\n".join(f"### {name}\n\n{page}" for name, page in zip(CHECKS, pages, strict=True))


MADE = {
    "templates.md": ("<!-- made from the templates: list -->\n", template_list),
    "checks.md": ("<!-- made from the checks: pages -->\n", check_pages),
}


@pytest.mark.parametrize("name", ["commands.md", "templates.md", "checks.md"])
def test_what_is_made_from_the_code_has_not_drifted(name: str, rewrite: bool) -> None:
    path = ROOT / "docs" / name
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    made = reference()
    if name in MADE:
        (begin, make), end = MADE[name], "<!-- end -->"
        before, rest = text.split(begin)
        made = before + begin + make() + "\n" + end + rest.split(end)[1]
    if rewrite:
        path.write_text(made, encoding="utf-8")
    assert made == path.read_text(encoding="utf-8")


def test_every_link_in_the_docs_leads_somewhere() -> None:
    for page in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")):
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} → {target}"


def test_every_key_of_a_case_is_in_its_reference() -> None:
    from tipletters.case import Delivery, Spoken
    from tipletters.casereader import CaseFile, ProvisionEntry
    from tipletters.config import Config, Contact, DeliveryConfig, Organisation, RegisterConfig
    from tipletters.consent import Decider
    from tipletters.people import Author, Client, Recipient

    text = (ROOT / "docs" / "case.md").read_text(encoding="utf-8")
    kinds = (
        CaseFile,
        Client,
        Decider,
        Delivery,
        Spoken,
        Author,
        Recipient,
        ProvisionEntry,
        Config,
        Organisation,
        Contact,
        DeliveryConfig,
        RegisterConfig,
    )
    for kind in kinds:
        for field in fields(kind):  # type: ignore[arg-type]
            assert re.search(rf"[`\[]{field.name}[`\]]", text), f"{kind.__name__}.{field.name}"


def test_every_key_of_a_profile_is_in_the_docs_with_its_value() -> None:
    block = re.search(r"```toml\n(aim_reading_age.*?)```", (ROOT / "docs" / "checks.md").read_text(), re.DOTALL)
    assert block
    written = tomllib.loads(block[1])
    shown = {one.name: getattr(Profile(), one.name) for one in fields(Profile)}
    assert {name: tuple(value) if isinstance(value, list) else value for name, value in written.items()} == shown
