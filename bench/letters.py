"""How many one-page letters a second, beside docxtpl, docx-mailmerge2 and python-docx.

Same words, same package, same run:

    python bench/letters.py [--letters 1000] [--rounds 3]

All start from the same lean Word package (the one that tipletters prepares), so that nobody carries a heavier file.
Each letter has its own name, day and answers; what is the same in every letter is the same for all. docxtpl is used as
its README says (a new DocxTemplate for each letter, autoescape on); docx-mailmerge2 opens its template for each letter;
python-docx opens the package and adds paragraphs. Letters are made as bytes in memory. The best of the rounds counts.
"""

import argparse
import gc
import io
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import docx
from docxtpl import DocxTemplate
from mailmerge import MailMerge

from tipletters.case import Case
from tipletters.casereader import case_from
from tipletters.config import House
from tipletters.draft import draft, template_folders
from tipletters.letter import Block, Head, Letter, Paragraph, Run, Style
from tipletters.template import find
from tipletters.writers.docx import write_docx
from tipletters.writers.look import Look
from tipletters.writers.names import STYLE_NAMES

DAY = date(2026, 5, 14)
HEADINGS = ("What you told me", "What we agreed", "When we meet again")
FIXED = (
    "Thank you for coming to see us. I was glad to meet you.",
    "As promised, I am writing to you about what we said and what we agreed.",
    "If this day does not suit you, please tell us and we will find another time.",
    "This is your story, so please tell me if I got something wrong. You can change words or add things.",
    "You can write on this letter, call us, or tell me when we next talk.",
)
BODY = """Dear {name}

{0}

{1}

# {h0}

{said}

# {h1}

- You will {one} until we meet again.
- I will {two} by Friday.

# {h2}

We plan to meet on {day}.

{2}

{3}

{4}

With best wishes
"""
FIELDS = ("name", "said", "one", "two", "day")


def values(number: int) -> dict[str, str]:
    """The words that only one letter has."""
    return {
        "name": f"Client{number}",
        "said": f"You told me that you sleep {number % 9 + 1} hours a night & that <this> is visit number {number}.",
        "one": f"write down how you sleep, page {number}",
        "two": f"ask about group {number}",
        "day": f"{DAY + timedelta(days=number % 300):%d %B %Y}",
    }


def text_with(mark: Callable[[str], str]) -> str:
    """The letter's text with a mark for each field."""
    return BODY.format(
        *FIXED, **{f"h{n}": heading for n, heading in enumerate(HEADINGS)}, **{name: mark(name) for name in FIELDS}
    )


def paragraphs(text: str) -> list[tuple[Style, str]]:
    """Each paragraph with its style."""
    found = []
    for line in filter(None, text.split("\n")):
        style = Style.HEADING if line.startswith("# ") else Style.BULLET if line.startswith("- ") else Style.BODY
        found.append((style, line.removeprefix("# ").removeprefix("- ")))
    return found


def template_of(mark: Callable[[str], str]) -> bytes:
    """A Word template in the package that tipletters prepares."""
    blocks = tuple(Paragraph((Run(line),), style) for style, line in paragraphs(text_with(mark)))
    return write_docx(Letter(Head("Letter", "A-1", DAY, "Sam Reid"), blocks), Look(), House(), {})


def with_docxtpl(count: int) -> list[bytes]:
    template = template_of(lambda name: "{{ " + name + " }}")
    made = []
    for number in range(count):
        letter = DocxTemplate(io.BytesIO(template))
        letter.render(values(number), autoescape=True)
        out = io.BytesIO()
        letter.save(out)
        made.append(out.getvalue())
    return made


def with_mailmerge(count: int) -> list[bytes]:
    template = _with_merge_fields(template_of(lambda name: f"[[{name}]]"))
    made = []
    for number in range(count):
        with MailMerge(io.BytesIO(template)) as letter:
            letter.merge(**values(number))
            out = io.BytesIO()
            letter.write(out)
            made.append(out.getvalue())
    return made


def _with_merge_fields(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            part = old.read(item).decode() if item.filename == "word/document.xml" else old.read(item)
            if isinstance(part, str):
                for name in FIELDS:
                    field = (
                        f'</w:t></w:r><w:fldSimple w:instr=" MERGEFIELD {name} "><w:r><w:t>x</w:t></w:r></w:fldSimple>'
                        '<w:r><w:t xml:space="preserve">'
                    )
                    part = part.replace(f"[[{name}]]", field)
            new.writestr(item, part)
    return out.getvalue()


def with_python_docx(count: int) -> list[bytes]:
    package = template_of(lambda name: name)
    made = []
    for number in range(count):
        document = docx.Document(io.BytesIO(package))
        body = document.element.body
        for child in list(body):
            if not child.tag.endswith("sectPr"):
                body.remove(child)
        for style, line in paragraphs(text_with(values(number).get)):  # type: ignore[arg-type]
            document.add_paragraph(line, STYLE_NAMES[style])
        out = io.BytesIO()
        document.save(out)
        made.append(out.getvalue())
    return made


def cases(count: int, folder: Path) -> list[Case]:
    """The same letters as cases of a template of our own."""
    asks = "".join(f'[[fields]]\nname = "{n}"\ntype = "text"\nprompt = "?"\n' for n in FIELDS[1:])
    body = text_with(lambda name: "{{ client.greeting_name }}" if name == "name" else "{{ " + name + " }}")
    (folder / "templates").mkdir()
    head = '+++\npurpose = "p"\nwhen = "w"\nreview = "none"\n'
    (folder / "templates" / "bench.txt").write_text(f"{head}{asks}+++\n{body}", encoding="utf-8")
    made = []
    for number in range(count):
        given = values(number)
        data = {
            "reference": f"A-{number}",
            "date": DAY,
            "template": "bench",
            "client": {"first_name": given.pop("name"), "last_name": "Wren"},
            "author": {"name": "Sam Reid"},
            "fields": given,
        }
        made.append(case_from(data, House(), "case.toml", folder))
    return made


def with_tipletters(made: list[Case]) -> list[bytes]:
    """The whole way: bind, render, gate, redact, print."""
    from datetime import datetime

    memo: dict[Block, str] = {}
    printed = []
    template = find(made[0].template, template_folders(made[0].folder, House()))
    for case in made:
        copy = draft(case, House(), now=datetime(2026, 5, 14, 12), template=template).copies[0]
        assert copy.letter is not None
        printed.append(write_docx(copy.letter, copy.look, House(), memo))
    return printed


def _words(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def main() -> None:
    """Run all, check that they say the same, and print letters a second and ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--letters", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        made = cases(options.letters, Path(name))
        runs: dict[str, Callable[[], list[bytes]]] = {
            "tipletters": lambda: with_tipletters(made),
            "docxtpl": lambda: with_docxtpl(options.letters),
            "docx-mailmerge2": lambda: with_mailmerge(options.letters),
            "python-docx": lambda: with_python_docx(options.letters),
        }
        speed = {}
        for who, run in runs.items():
            best = float("inf")
            for _ in range(options.rounds):
                gc.collect()
                start = time.perf_counter()
                letters = run()
                best = min(best, time.perf_counter() - start)
            for value in values(7).values():
                assert value in _words(letters[7]), f"{who} lost words"
            speed[who] = options.letters / best
    for who, rate in speed.items():
        print(f"{who:16} {rate:7.0f} letters a second   tipletters is {speed['tipletters'] / rate:5.1f} times as fast")
    sys.exit(speed["tipletters"] < 10 * speed["docxtpl"])


if __name__ == "__main__":
    main()
