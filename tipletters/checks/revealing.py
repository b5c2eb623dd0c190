"""Whether a few words, such as a file's name, tell whose letter it is, or what of."""

import re
from collections.abc import Container

from nhs_number import is_valid

from tipletters.checks.lexis.finder import edged, finder
from tipletters.checks.text.view import View
from tipletters.checks.who.names import client_names
from tipletters.folding import Folded, words
from tipletters.others import digits

_TEN = re.compile(r"(?<!\d)(?:\d[ ._-]?){9}\d(?!\d)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_BORN = re.compile(r"(?:d\W?o\W?b|born)\W{0,3}\d{1,2}\W\d{1,2}\W\d{2,4}", re.IGNORECASE)
_NO_LETTER = re.compile(r"[\W\d_]+")
_GLUED = re.compile(r"(?<=[a-z])(?=[A-Z])|[_\W]+")


def reveals(text: str, view: View) -> str:
    """Say what in a few words tells whose letter it is, in plain words; nothing where nothing does."""
    if any(is_valid(digits(found[0])) for found in _TEN.finditer(text)):
        return "an NHS or CHI number"
    if _EMAIL.search(text):
        return "an e-mail address"
    if _BORN.search(text):
        return "a date of birth"
    parted = Folded(_GLUED.split(text))
    names = view.once(client_names)
    if any(len(name) > 2 and parted.holds("".join(words(name))) for name in names):
        return "the client's name"
    about = view.about
    if about and about.birth_date and about.birth_date.strftime("%d%m%Y") in digits(text):
        return "the client's date of birth"
    return ""


def tells(text: str, allowed: Container[str] = ()) -> str:
    """Return the first word of a few, such as a reference, that tells of a private matter (wordlists/sensitive.tsv).

    Args:
        text: the words; digits and signs part them, so that “HIV-12” and “hiv12” hold “hiv”.
        allowed: words in small letters that may stand there.
    """
    found = (
        one.entry.term
        for one in finder().find(edged(_NO_LETTER.sub(" ", text).lower()))
        if one.entry.list == "sensitive"
    )
    return next((term for term in found if term not in allowed), "")
