"""Cases for tests: the smallest that can be drafted, and what is changed in it."""

from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

from conftest import NOW

from tipletters.case import Case
from tipletters.casereader import case_from
from tipletters.config import House
from tipletters.draft import Draft, draft

TEMPLATE = """+++
purpose = "For tests"
when = "never"
labels = ["alcohol"]

[[fields]]
name = "said"
type = "prose"
prompt = "What was said?"
example = "Hello"
+++
# What you said

{{ said }}

{% private "alcohol" %}
You do not drink.
{% endprivate %}

With best wishes
"""
SMALL: dict[str, Any] = {
    "reference": "A-1",
    "date": date(2026, 5, 14),
    "template": "small",
    "client": {"first_name": "Zofia", "last_name": "Wren", "address": "1 Mill Lane\nAnytown"},
    "author": {"name": "Sam Reid"},
    "delivery": {"asked": date(2026, 5, 12), "safe_address": True},
    "fields": {"said": "You like the sea.\n\n[private: home life] Your home is loud."},
    "recipients": [{"key": "gp", "name": "Dr Hart", "role": "GP"}, {"key": "school", "name": "Mr Lane"}],
    "provisions": [
        {"answer": "permit", "about": "letter", "to": "gp", "date": date(2026, 5, 12), "until": date(2027, 5, 12)}
    ],
}


def with_template(folder: Path, body: str = TEMPLATE) -> Path:
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / "small.txt").write_text(body, encoding="utf-8")
    return folder


def small(**changes: Any) -> dict[str, Any]:
    """The small case with sections changed: `client__needs=[...]` reaches into a section."""
    data = deepcopy(SMALL)
    for key, value in changes.items():
        section, _, inner = key.partition("__")
        if inner:
            data.setdefault(section, {})[inner] = value
        else:
            data[section] = value
    return data


def permit(to: Any = "gp", about: Any = "letter", day: int = 12, **more: Any) -> dict[str, Any]:
    given = {"answer": "permit", "about": about, "to": to, "date": date(2026, 5, day), "until": date(2027, 5, 12)}
    return given | more


def deny(to: Any = "gp", about: Any = "letter", day: int = 12, **more: Any) -> dict[str, Any]:
    return {"answer": "deny", "about": about, "to": to, "date": date(2026, 5, day)} | more


def case(folder: Path, **changes: Any) -> Case:
    return case_from(small(**changes), House(), "case.toml", with_template(folder))


def drafted(folder: Path, **changes: Any) -> Draft:
    return draft(case(folder, **changes), House(), now=NOW)


def text_of(made: Draft, key: str) -> str:
    """All text of one copy, with its head."""
    from tipletters.letter import texts

    (copy,) = [copy for copy in made.copies if copy.key == key]
    assert copy.letter is not None, copy.why_none
    words = [text for block in copy.letter.blocks for text in texts(block)]
    return "\n".join([*copy.letter.head.frame, *copy.letter.head.addressee, *words])
