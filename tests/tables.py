"""Tables for tests: rows of invented clients, written in every format, and ways to damage a row."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from conftest import NOW

from tipletters.batch import Folder, Options, Order, Outcome, Tally, judged, prepare, run_of, write_reports, written
from tipletters.batch.prepare import Prepared
from tipletters.config import find
from tipletters.remember import recording

TEMPLATE = """+++
purpose = "For tests"
when = "never"
review = "none"
labels = ["alcohol"]

[[fields]]
name = "said"
type = "prose"
prompt = "What was said?"

[[fields]]
name = "next_on"
type = "date"
prompt = "When do you meet again?"

[[fields]]
name = "phone"
type = "text"
prompt = "Which number?"
required = false
+++
Dear {{ client.greeting_name }}

# What you said

{{ said }}

We meet on {{ next_on | long_date }}.

{% if phone %}
You can call {{ phone }}.
{% endif %}

With best wishes
"""
COLUMNS = (
    "Ref", "Forename", "Surname", "DOB", "NHS No", "Address 1", "Town", "Needs", "Deceased", "Said", "Next on",
    "Phone", "GP", "GP practice", "GP consent", "GP yes to", "Consent date", "Consent until", "Asked", "Safe address",
)  # fmt: skip
FIRST = "Ada Ben Cleo Dai Eve Finn Gwen Hal Ines Jon".split()
LAST = "Wren Lark Finch Heron Swift Crane Dove Rook Martin Teal".split()


def nhs(number: int) -> str:
    """An NHS number of the range that is set aside for tests, with its check digit."""
    for more in range(number * 11, number * 11 + 11):
        digits = f"999{more:06d}"
        check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits)) % 11
        if check != 10:
            return digits + str(check % 11)
    raise AssertionError("there is always one")


def row(number: int, **changes: Any) -> dict[str, Any]:
    """A sound row."""
    made = {
        "Ref": f"FU-{number:05d}",
        "Forename": FIRST[number % 10],
        "Surname": LAST[number // 10 % 10],
        "DOB": f"{13 + number % 15}/02/19{60 + number % 40}",
        "NHS No": nhs(number),
        "Address 1": f"{number} Mill Lane",
        "Town": "Anytown",
        "Needs": "large print" if number % 50 == 7 else "",
        "Deceased": "no",
        "Said": f"You told me about visit {number}.\n\n[private: alcohol] You drink less than last time.",
        "Next on": "20/06/2026",
        "Phone": "01632 960123",
        "GP": "Dr Hart",
        "GP practice": ("Station Surgery", "Orchard Surgery")[number % 2],
        "GP consent": "yes",
        "GP yes to": "alcohol" if number % 3 == 0 else "",
        "Consent date": "13/05/2026",
        "Consent until": "13/05/2027",
        "Asked": "13/05/2026",
        "Safe address": "yes",
    }
    return made | changes


def sound(count: int) -> list[dict[str, Any]]:
    return [row(number) for number in range(1, count + 1)]


def as_csv(rows: Sequence[dict[str, Any]], encoding: str = "utf-8-sig", separator: str = ",") -> bytes:
    out = io.StringIO()
    write = csv.writer(out, delimiter=separator)
    write.writerow(COLUMNS)
    write.writerows([one[name] for name in COLUMNS] for one in rows)
    return out.getvalue().encode(encoding)


def as_jsonl(rows: Sequence[dict[str, Any]]) -> bytes:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in rows).encode()


def as_xlsx(rows: Sequence[dict[str, Any]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(COLUMNS)
    for one in rows:
        book.active.append([_typed(one[name]) for name in COLUMNS])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _typed(cell: Any) -> Any:
    """As Excel has it: a date typed in is a date."""
    try:
        return datetime.strptime(cell, "%d/%m/%Y")
    except (ValueError, TypeError):
        return cell


def home(folder: Path, data: bytes, name: str = "clinic.csv", template: str = TEMPLATE) -> Path:
    """A folder with a template, house defaults and a table; returns the table."""
    (folder / "templates").mkdir(parents=True, exist_ok=True)
    (folder / "templates" / "visit.txt").write_text(template, encoding="utf-8")
    (folder / "tipletters.toml").write_text('[author]\nname = "Sam Reid"\n', encoding="utf-8")
    (folder / name).write_bytes(data)
    return folder / name


OPTIONS: dict[str, Any] = {"day": date(2026, 5, 14), "dates": Order.DAY_FIRST, "examples": True, "by": "test"}


def ready(path: Path, record: Any, executor: Any = None, **options: Any) -> Prepared:
    who = {"make": options.pop("make")} if "make" in options else {}
    made = prepare(
        "visit",
        path,
        folder=path.parent,
        house=find(path.parent),
        record=record,
        now=options.pop("now", NOW),
        options=Options(**OPTIONS | options),
    )
    return replace(made, work=replace(made.work, executor=executor, workers=2 if executor else 1, **who))


def judge(path: Path, **options: Any) -> list[Outcome]:
    """How things stand for each row."""
    with recording(None, house=find(path.parent), folder=path.parent) as record:
        return list(judged(ready(path, record, **options).work))


def run(path: Path, out: Path, *, force: bool = False, where: str | None = None, **options: Any) -> dict[int, Outcome]:
    """Run a table into a folder, with reports; returns what came of each row, and counts new letters under 0."""
    done: dict[int, Outcome] = {}
    folder = Folder(out, run_of(path), force=force)
    with recording(where, house=find(path.parent), folder=path.parent) as record:
        made = ready(path, record, **options)
        with folder.taken() as ledger:
            for outcome, _ in written(made.work, folder, ledger, by="test", at=NOW):
                done[outcome.row] = outcome
            write_reports(folder, ledger, made.table, "Letters", None)
    return done


def tallied(outcomes: Sequence[Outcome]) -> Tally:
    tally = Tally()
    for one in outcomes:
        tally.add(one)
    return tally


def files(out: Path) -> dict[str, bytes]:
    """All files of a run but its own books."""
    return {
        str(path.relative_to(out)): path.read_bytes()
        for top in sorted(out.iterdir())
        if top.name != ".run"  # LibreOffice may still be at work there after a run was killed
        for path in (top, *sorted(top.rglob("*")))
        if path.is_file()
    }


Damage = Callable[[dict[str, Any], int], dict[str, Any]]


def put(**cells: Any) -> Damage:
    return lambda sound, _: sound | {name.replace("_", " "): value for name, value in cells.items()}


# Thirty ways to damage a row: what is done, the cell that is named, and a part of what is said.
DAMAGE: tuple[tuple[Damage, str, str], ...] = (
    (put(Ref=""), "Ref", "is empty"),
    (put(Ref="../../etc/passwd"), "Ref", "reference may hold"),
    (put(Ref="9990123454"), "Ref", "NHS or CHI number"),
    (lambda one, n: one | {"Ref": f"{one['Forename']}-{n}"}, "Ref", "client's name"),
    (put(Forename=""), "Forename", "is empty"),
    (put(Surname=""), "Surname", "is empty"),
    (put(DOB="31/02/1990"), "DOB", "not a date"),
    (put(DOB="02/03/91"), "DOB", "two digits"),
    (put(DOB="13/02/2031"), "DOB", "cannot be right"),
    (put(DOB="1990"), "DOB", "not a date"),
    (put(NHS_No="9990123455"), "NHS No", "last digit"),
    (put(NHS_No="9.99012E+09"), "NHS No", "changed this number"),
    (put(Needs="Braille"), "Needs", "need that we cannot make"),
    (put(Needs="Polish"), "Needs", "need that we cannot make"),
    (put(Deceased="yes"), "Deceased", "has died"),
    (put(Deceased="perhaps"), "Deceased", "neither yes nor no"),
    (put(Said=""), "Said", "is empty"),
    (put(Said="Hello [private: alcohol] there"), "Said", "private marker"),
    (put(Said="[privat] Hello"), "Said", "private marker"),
    (put(Said="x" * 1_000_000), "Said", "longer than a letter"),
    (put(Said="a\x00b"), "Said", "cannot be printed"),
    (put(Said="\ue000"), "Said", "special font"),
    (put(Next_on="soon"), "Next on", "not a date"),
    (put(Next_on="#REF!"), "Next on", "error of Excel"),
    (put(Next_on=""), "Next on", "is empty"),
    (put(GP_consent="maybe"), "GP consent", "neither yes nor no"),
    (put(Consent_date=""), "Consent date", "has no date"),
    (put(Consent_until=""), "Consent until", "until when"),
    (put(Consent_date="13/05/2027"), "", "dated in the future"),
    (put(Safe_address="ask"), "Safe address", "neither yes nor no"),
)
