"""Filters for how people read. Each keeps the labels of what it is given."""

from collections.abc import Callable, Sequence
from datetime import date, time
from typing import Any

import phonenumbers

from tipletters.dates import clock, long_date
from tipletters.errors import TemplateError
from tipletters.template.values import Blank, Labelled, Record, Text, Value, labelled, split


def listed(values: Sequence[Text]) -> Text:
    """Return a list as a sentence has it: "a, b and c"."""
    pairs = [split(value) for value in values]
    words = [text for text, _ in pairs]
    joined = " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))
    return labelled(joined, frozenset().union(*(labels for _, labels in pairs)), "a list")


def phone(value: Text) -> Text:
    """Return a phone number grouped as people in the UK read it, such as "01632 960 001"; unchanged if it is none."""
    return _keeping_labels(value, _national)


def _national(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return text
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if number.country_code == 44 else form.INTERNATIONAL)


def possessive(value: Text) -> Text:
    """Return a name as an owner's: "Anna's", "the Smiths'"."""
    return _keeping_labels(value, lambda text: text + ("’" if text.endswith("s") and " " in text else "’s"))


def first_name(value: Any) -> Text:
    """Return the first name of a person, or of a full name."""
    if isinstance(value, Record):
        value = value.values.get("first_name") or value.values.get("name", "")
    return _keeping_labels(value, lambda text: text.split()[0] if text.split() else text)


def lower_first(value: Text) -> Text:
    """Return the text with a small first letter, for use inside a sentence; "I" and names in capitals stay."""
    return _keeping_labels(value, _lower_first)


def _lower_first(text: str) -> str:
    first = text.split(" ", 1)[0]
    return text if first in ("I", "I’m", "I'm") or first[1:2].isupper() else text[:1].lower() + text[1:]


def without_stop(value: Text) -> Text:
    """Return the text without its full stop, where the template goes on with the sentence."""
    return _keeping_labels(value, lambda text: text.rstrip().removesuffix("."))


def _keeping_labels(value: Text, change: Callable[[str], str]) -> Text:
    text, labels = split(value)
    return labelled(change(text), labels, value.field if isinstance(value, Labelled) else "")


def _checked(function: Callable[..., Value], kind: type | tuple[type, ...], needs: str) -> Callable[..., Value]:
    """Return a filter that says in plain words when it is given the wrong kind of value."""

    def checked(value: Any, *args: Any, **named: Any) -> Value:
        if isinstance(value, Blank):
            raise blank_printed(value)
        if not isinstance(value, kind):
            raise TemplateError(f"The filter “{function.__name__}” needs {needs}.", then="Check what stands before it.")
        return function(value, *args, **named)

    return checked


def blank_printed(value: Blank) -> TemplateError:
    """Return the error for a template that prints a field that was left empty."""
    return TemplateError(
        f"The field “{value.field}” is empty, but the template prints it.",
        then=value.then
        or f"Fill in “{value.field}”, or write {{% if {value.field} %}} … {{% endif %}} around it in the template.",
    )


FILTERS: dict[str, Callable[..., Value]] = {
    "long_date": _checked(long_date, date, "a date"),
    "clock": _checked(clock, time, "a time"),
    "listed": _checked(listed, tuple, "a list"),
    "phone": _checked(phone, (str, Labelled), "a phone number as text"),
    "possessive": _checked(possessive, (str, Labelled), "a name"),
    "first_name": _checked(first_name, (str, Labelled, Record), "a person or a name"),
    "lower_first": _checked(lower_first, (str, Labelled), "text"),
    "without_stop": _checked(without_stop, (str, Labelled), "text"),
}
