"""A letter as one recipient will have it, while it is being written: what is not answered yet stands as dots."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tipletters.casereader import case_from
from tipletters.config import House, find
from tipletters.copies import Copy
from tipletters.draft import Draft
from tipletters.letter import Block, Cell, Paragraph, Run, Table
from tipletters.quiet import Quiet
from tipletters.remember import recording
from tipletters.review.folder import folder_of
from tipletters.template import Field, FieldType, Template, TemplateHead
from tipletters.template.bind import is_no_answer
from tipletters.web.desk import Desk

_DOTS = "…"
# Stands in for a day that nobody has named yet; it is shown as dots.
_NO_DAY = datetime.date(1, 1, 1)
_NO_DAY_SHOWN = re.compile(r"(?:\w+day )?1 January 1(?!\d)")
_STAND_INS: dict[FieldType, Any] = {
    FieldType.TEXT: _DOTS,
    FieldType.PROSE: _DOTS,
    FieldType.LIST: [_DOTS],
    FieldType.DATE: _NO_DAY,
    FieldType.TIME: datetime.time(0, 0),
    FieldType.YES_NO: False,
    FieldType.PERSON: {"name": _DOTS},
}


@dataclass(frozen=True, repr=False)
class Made(Quiet):
    """A draft of what is there so far.

    Args:
        draft: every recipient's copy.
        house: the organisation's defaults.
        missing: the questions that are not answered yet; while there are any, nothing can be saved as a letter.
    """

    draft: Draft
    house: House
    missing: tuple[str, ...] = ()


def make(desk: Desk, path: Path, data: Mapping[str, Any], template: Template, *, lenient: bool = True) -> Made:
    """Draft a letter from what stands in its case file.

    Args:
        desk: the clock.
        path: the case file.
        data: what stands in it.
        template: the letter's template.
        lenient: let dots stand in for what is not answered yet.

    Raises:
        TiplettersError: something in it cannot be right.
    """
    house = find(path.parent)
    missing: tuple[str, ...] = ()
    if lenient:
        data, missing = _with_dots(data, template.head, desk, house)
    case = case_from(data, house, str(path), path.parent)
    with recording(None, house=house, folder=path.parent) as record:
        letter = folder_of(path, case, house)
        made = letter.drafted(now=desk.now(), template=template, known=record.known(case), examples=desk.examples)
    if missing:
        made = replace(made, copies=tuple(_dotted(copy) for copy in made.copies))
    return Made(made, house, missing)


def _with_dots(
    data: Mapping[str, Any], head: TemplateHead, desk: Desk, house: House
) -> tuple[dict[str, Any], tuple[str, ...]]:
    missing = []
    made = dict(data)
    for section, name, words, value in (
        ("client", "first_name", "Their first name", _DOTS),
        ("client", "last_name", "Their last name", _DOTS),
        ("author", "name", "Your name, as you sign", house.config.author.name or _DOTS),
    ):
        held = dict(made.get(section, {}))
        has_only_name = held.get("one_name") and (held.get("first_name") or held.get("last_name"))
        if not held.get(name) and not (section == "client" and has_only_name):
            held[name] = value
            made[section] = held
            missing += [words] if value == _DOTS else []
    if not isinstance(made.get("date"), datetime.date):
        made["date"] = desk.now().date()
        missing.append("The date of the letter")
    if not made.get("reference"):
        made["reference"] = "X"
        missing.append("Your own reference for this letter")
    fields = dict(made.get("fields", {}))
    for field in head.fields:
        if field.required and field.default is None and is_no_answer(fields.get(field.name)):
            fields[field.name] = _stand_in(field)
            missing.append(field.prompt)
    return made | {"fields": fields}, tuple(missing)


def _stand_in(field: Field) -> Any:
    if field.type is FieldType.CHOICE:
        return field.options[0]
    if field.type is FieldType.ROWS:
        return [{column.rstrip("?"): _DOTS for column in field.columns}]
    return _STAND_INS[field.type]


def _dotted(copy: Copy) -> Copy:
    if copy.letter is None:
        return copy
    return replace(copy, letter=replace(copy.letter, blocks=tuple(map(_without_no_day, copy.letter.blocks))))


def _without_no_day(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, runs=_runs(block.runs))
    if not isinstance(block, Table):
        return block
    rows = tuple(replace(row, cells=tuple(map(_runs, row.cells))) for row in block.rows)
    return replace(block, rows=rows)


def _runs(runs: Cell) -> Cell:
    return tuple(Run(_NO_DAY_SHOWN.sub(_DOTS, run.text), run.bold) for run in runs)
