"""Writes a case file for a worker to fill in or to keep: every question as a note above its answer."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import tomlkit
from tomlkit.items import AoT, Item, Table

from tipletters.consent import CLIENT, EVERYONE
from tipletters.template import Field, FieldType, TemplateHead
from tipletters.tomlfile import parse_toml

_TOP = (
    ("reference", "Your own reference for this letter. Never a name, NHS or CHI number.", '"ML-2026-014"'),
    ("date", "The date of the letter.", "2026-05-14"),
    ("template", "", ""),
)
_SECTIONS: dict[str, tuple[str, tuple[tuple[str, str, str], ...]]] = {
    "client": (
        "The person the letter is to.",
        (
            ("first_name", "", '"Anna"'),
            ("last_name", "", '"Lindqvist"'),
            ("one_name", "If they have one name alone: leave the other empty.", "true"),
            ("preferred_name", "If they like to be called by another name.", '"Annie"'),
            ("title", "", '"Ms"'),
            ("address", "One line for each line on the envelope.", '["12 Orchard Row", "Anytown", "AN3 4QR"]'),
            ("date_of_birth", "", "1991-03-02"),
            ("nhs_number", "It stands in the copies for others, so that they can file them.", '"999 012 3454"'),
            ("chi_number", "In Scotland: their CHI number instead.", '"010101 1237"'),
            ("key", "Where they have neither: your service's own reference for them. Never a name.", '"ST-0412"'),
            (
                "needs",
                "What helps them to read. We make these by ourselves.",
                '["large print", "extra spacing", "cream"]',
            ),
        ),
    ),
    "delivery": (
        "How the letter can reach them safely. Ask each time. Until you have asked, hand the letter over.",
        (
            ("asked", "The day on which you asked.", "2026-05-12"),
            ("safe_address", "Is this address safe to write to?", "true"),
            ("post_opened_by", "Who else opens the post?", '"a flatmate"'),
            ("envelope_name", "The name to put on the envelope, if not their own.", '"A. Lindqvist"'),
            ("envelope_marking", "What to write on the envelope.", '"Private"'),
            ("voicemail", "May we leave a message?", "true"),
            ("online", "May the letter be seen in the online record?", "false"),
            ("not_at_home", "What must not be sent home.", '["home life"]'),
            ("nothing_sent", "They want nothing sent.", "true"),
            ("hand_over", "They want to be handed it.", "true"),
        ),
    ),
    "spoken": (
        "When you talked about this news, before you write it.",
        (
            ("on", "The day on which you talked.", "2026-05-12"),
            ("detail", "How much they want in writing.", '"the main points"'),
            ("why_not", "If you did not talk first: why.", '"You asked us to write to you first."'),
        ),
    ),
    "author": (
        "Who writes. What stands in tipletters.toml need not stand here.",
        (("name", "", '"Robin Hale"'), ("role", "", '"Counsellor"')),
    ),
}
_RECIPIENT = """# Who else may get a copy. Take away the # to use it. Nobody gets a copy without the client's yes.
# [[recipients]]
# key = "gp"
# name = "Dr Ngozi Okafor"
# role = "GP"
# organisation = "Orchard Surgery"
# address = ["1 High Street", "Anytown", "AN1 1AA"]
"""
_PROVISION = """# What the client said when you asked. One for each answer.
# [[provisions]]
# answer = "permit"     # or "deny"
# about = "letter"      # or what a private passage is about, such as "home life"
# to = "gp"
# date = 2026-05-12
# until = 2027-05-12
# asked_by = "Robin Hale"
# how = "in person"     # or "phone", "writing"
"""
_LONG = '"""'


def case_text(name: str, head: TemplateHead, given: Mapping[str, Any]) -> str:
    """Return the text of a case file.

    Args:
        name: the template's name.
        head: the template's head.
        given: what is known already, by section; what is not known becomes a question to answer.
    """
    document = tomlkit.document()
    document.add(tomlkit.comment(f"{head.purpose}."))
    document.add(tomlkit.comment("Fill in your answers. Lines that begin with # are notes and examples."))
    document.add(tomlkit.nl())
    _put(document, _TOP, {"reference": "", **given, "template": name})
    for section, (note, keys) in _SECTIONS.items():
        if section == "spoken" and not head.spoken_first:
            continue
        table = tomlkit.table()
        table.comment(note)
        _put(table, keys, given.get(section, {}))
        document.add(section, table)
    document.add("fields", _fields(head.fields, given.get("fields", {})))
    text = tomlkit.dumps(document).rstrip() + "\n\n"
    lists = (("recipients", _RECIPIENT), ("provisions", _PROVISION))
    parts = ("".join(_rows(key, given.get(key, ()))).rstrip() or note.rstrip() for key, note in lists)
    return text + "\n\n".join(parts) + "\n"


def free_key(role: str, taken: Collection[str]) -> str:
    """Return a short word for a recipient of this role, such as "gp", that nobody else has."""
    key = re.sub(r"[^a-z0-9]+", "-", role.casefold()).strip("-")[:24] or "other"
    key = key if key[0].isalpha() and not key.startswith(CLIENT) and key != EVERYONE else f"the-{key}"
    return next(one for one in (key, *(f"{key}-{n}" for n in range(2, 100))) if one not in taken)


def changed(text: str, given: Mapping[str, Any]) -> str:
    """Return the text of a case file with other answers; notes and whatever is not named stay as they are.

    Args:
        text: a case file.
        given: answers by section, or at the top; a section's answer that is empty is taken out of the file.

    Raises:
        CaseError: the text is not TOML.
    """
    parse_toml(text, "the case")
    document = tomlkit.parse(text)
    for name, value in given.items():
        if name == "fields":
            table = document.setdefault(name, tomlkit.table())
            for key, answer in value.items():
                table[key] = _value(answer)
        elif isinstance(value, Mapping):
            _change(document, name, value)
        elif name in ("recipients", "provisions", "answers"):
            _change_rows(document, name, value)
        else:
            document[name] = _value(value)
    return tomlkit.dumps(document)


def _change(document: Any, name: str, answers: Mapping[str, Any]) -> None:
    table = document.get(name)
    for key, answer in answers.items():
        empty = answer in ("", [], (), None)
        if empty and table is not None and table.get(key) not in ("", None):
            table.remove(key)
        elif not empty:
            if table is None:
                table = document[name] = tomlkit.table()
            table[key] = _value(answer)


def _change_rows(document: Any, name: str, rows: Any) -> None:
    """Put rows in; where all that stands there stays as it is, so do its notes, and the rest is added to it."""
    filled = [{key: value for key, value in row.items() if value not in ("", (), [], None)} for row in rows]
    array = document.get(name)
    if not (isinstance(array, AoT) and len(array) <= len(filled) and all(map(_extends, filled, array.unwrap()))):
        document.pop(name, None)
        array = tomlkit.aot()
        if filled:
            document.add(name, array)
            array = document[name]
    for number, row in enumerate(filled):
        if number == len(array):
            array.append(tomlkit.table())
        for key in row.keys() - array[number].keys():
            array[number].add(key, _value(row[key]))


def _extends(row: Mapping[str, Any], there: Mapping[str, Any]) -> bool:
    return all(row.get(key) == value for key, value in there.items())


def _rows(key: str, rows: Any) -> Iterator[str]:
    for row in rows:
        kept = {name: value for name, value in row.items() if value not in ("", (), [], None)}
        yield f"[[{key}]]\n{tomlkit.dumps(kept)}\n"


def _put(table: Any, keys: tuple[tuple[str, str, str], ...], given: Mapping[str, Any]) -> None:
    needed = ("reference", "date", "template", "first_name", "last_name")
    for key, note, example in keys:
        if note:
            table.add(tomlkit.comment(note))
        if given.get(key) not in (None, "", [], ()):
            table.add(key, _value(given[key]))
        elif key in needed:
            table.add(key, "")
        else:
            table.add(tomlkit.comment(f"{key} = {example}"))
    table.add(tomlkit.nl())


def _fields(fields: tuple[Field, ...], given: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for field in fields:
        table.add(tomlkit.nl())
        table.add(tomlkit.comment(f"{field.prompt}{'' if field.required else ' (You may leave this empty.)'}"))
        for note in (field.help, f"Choose one: {'; '.join(field.options)}." if field.options else ""):
            if note:
                table.add(tomlkit.comment(note))
        if field.example is not None:
            for number, line in enumerate(_value(field.example).as_string().split("\n")):
                table.add(tomlkit.comment(("Example: " if number == 0 else "") + line))
        answer = given.get(field.name, field.default)
        table.add(field.name, _empty(field) if answer is None else _value(answer))
    return table


def _empty(field: Field) -> Item:
    if field.type is FieldType.PROSE:
        return tomlkit.value(f"{_LONG}\n{_LONG}")
    return tomlkit.item([] if field.type in (FieldType.LIST, FieldType.ROWS) else "")


def _value(value: Any) -> Item:
    if isinstance(value, str) and "\n" in value:
        text = tomlkit.string(f"{value.strip()}\n", multiline=True).as_string()
        return tomlkit.value(f"{_LONG}\n{text.removeprefix(_LONG)}")
    if isinstance(value, list | tuple):
        array = tomlkit.array().multiline(bool(value) and not isinstance(value[0], str | int))
        for one in value:
            array.append(_inline(one) if isinstance(one, Mapping) else one)
        return array
    return _inline(value) if isinstance(value, Mapping) else tomlkit.item(value)


def _inline(row: Mapping[str, Any]) -> Item:
    table = tomlkit.inline_table()
    table.update(dict(row))
    return table
