"""What the list of short forms says, parted by how each is looked for."""

import re
from dataclasses import dataclass
from functools import lru_cache

from tipletters.checks.lexis.cues import cues
from tipletters.checks.lexis.lists import Entry, entries

CUT_SHORT = cues(
    "abx appt appts asst ax bg dept depts gd meds misc mth mths obs poss prev pt pts tba tbc tbh viz wef wk wks wrt wt wts aka incl excl fao gynae resps sats px rx dx hx wkly mthly bilat imms paeds ortho derm anaes mgmt tx hosp freq invx wknd tabs inj cont contd prob esp recd reqd"
)
_TIME = re.compile(r"^(?:years?|months?|weeks?|hours|seconds|pounds|feet|stone|ounces|pint|miles|metres)")
# Short forms in small letters that are also words, or parts of words, of every day.
_EVERYDAY = frozenset(
    "a an as at am be by do go he hi if in is it me my no of oh ok on or so to up us we yes per pm mg ml kg g l cm mm km hr min mins st nd rd th mane stat".split()
)


@dataclass(frozen=True, slots=True)
class Table:
    """Short forms: as they stand, in small letters, known to all, of doses, cut words, and units."""

    exact: dict[str, Entry]
    small: dict[str, Entry]
    known: frozenset[str]
    codes: frozenset[str]
    cut: dict[str, Entry]
    units: dict[str, Entry]


@lru_cache(maxsize=1)
def table() -> Table:
    """Return the table, read once; its codes are `cues` from then on."""
    listed = list(entries("abbreviations"))
    known = frozenset(one.term for one in listed if one.kind == "known")
    exact = {one.term: one for one in listed if one.kind != "known"}
    small = {one.term: one for one in listed if one.term.islower() and one.term not in _EVERYDAY and one.kind == "dose"}
    more = {
        one.term.lower(): one
        for one in listed
        if one.kind == "medical" and one.term.islower() and len(one.term) < 4 and one.term not in _EVERYDAY | CUT_SHORT
    }
    codes = {**more, **small}
    cut = {one.term: one for one in listed if one.term in CUT_SHORT}
    units = {
        one.term: one
        for one in entries("units")
        if one.kind == "spell out" and not _TIME.search(one.prefer[0] if one.prefer else "")
    }
    # "b.d." and "i.m." come apart into their letters
    return Table(exact, codes, known, cues(" ".join((*codes, *"bdmopqt"))), cut, units)
