"""Short forms that are not spelled out.

Why it matters: letters in capitals shut the client out of their own letter. "CMHT" means nothing until somebody says it.
Bad: We will refer you to the CMHT.
Good: We will refer you to the community mental health team.
Well-known ones (GP, NHS, TV) pass; a short form that was spelled out passes from then on. Latin dose codes have their own words.
Source: wordlists/abbreviations.tsv.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from tipletters.checks.context.no_short_form import is_no_short_form, is_of_office
from tipletters.checks.context.spelled_out import is_spelled_out
from tipletters.checks.issue import DOSE_CODE, Issue
from tipletters.checks.lexis.cues import cues
from tipletters.checks.lexis.lists import Entry
from tipletters.checks.lexis.short_forms import CUT_SHORT, table
from tipletters.checks.lexis.words import DIGIT, SHORT
from tipletters.checks.text.frame import is_letterhead, is_signed
from tipletters.checks.text.line import Line
from tipletters.checks.text.page import Kind
from tipletters.checks.text.view import View
from tipletters.checks.who.names import client_names

_CAPITALS = re.compile(
    r"(?<![\w.@&])(?<![^A-Z]/)(?<![^a-z]-)(?:[A-Z]{2,7}s?|[A-Z]{1,4}\d{1,3}[a-z]?|(?:[A-Z][a-z]?){2,4}[A-Z]\w{0,2}|[A-Z][a-z]?[A-Z]\w{0,2}"
    r"|[A-Z]/[A-Z]|[A-Z]&[A-Z][a-z]?s?|p[A-Z]{1,2}\d|(?:[a-z]{1,2}[A-Z]|[A-Z])[a-z]\w?|[a-z][A-Z]{2,4})(?![\w@&]|-\d|/\d|\.\w|[’'](?!d\b|s\b))"
)
_SMALL = re.compile(r"(?<![\w/.@'’-])(?:[a-z]{1,6}(?:\.[a-z]\.?){0,3}|\d{1,2}/(?:7|12|52|24))(?![\w@’'-]|/\d)")
_BODY = (
    "knee|hip|shoulder|elbow|wrist|hand|thumb|finger|arm|leg|foot|ankle|heel|toe|eye|ear|breast|lung|kidney|lower|upper|iliac|femur|femoral|temporal"
    "|frontal|parietal|calf|thigh|groin|hemiplegia|hemiparesis|ventric|forearm|buttock|cheek|flank|loin|jaw|shin|scapula|clavicle|ribs?|test[ie]s|ovary|adnexa|tonsil|radius|radial"
    "|ulnar?|humerus|tibial?|fibular?|hallux|index|lateral|medial|inguinal|axilla|carotid|renal|pleural|basal|base|hemicolectomy|facial|distal|proximal"
    "|orbit|pupil|parotid|neck|nipple|nephrectomy|mastectomy|posterior|anterior|big|great|hamstring|sciatic|NOF|THR|TKR|MCA|SFA|BKA|AKA|CVA|ACL"
)
_MARKED = re.compile(
    r"(?<![\w/.@&:#+-])(?:[A-Za-z]{1,4}/[A-Za-z]{1,4}(?:/[A-Za-z]{1,2})?|[1-4]:1|#(?:[A-Z]{2,4})?|[+-]ve|[A-Z][a-z]?\d?\+|U\+Es?|(?:[A-Za-z]\.){2,4}"
    r"|[A-Z]{1,5}-(?:\d{1,2}|[A-Z]{2,5})|[sS]\.? ?\d{2,3}|[A-Z]\d[A-Z]{1,2}\d?(?:\+\d)?|[A-Z]\d{1,2}/[A-Z]?\d|Hep [ABC]|CHA2DS2-VASc|\d(?:AT|CIT)|\d\d(?:yo|/40|[FM](?= ))|(?<!\d )[x×] ?\d{1,2}(?=[,.;)/]|$| )|[1-4]\d\+[0-6]|PS ?[0-4]|(?:(?<=\b[RL] )|(?<=VA )|(?<=ph )|(?<=acuity ))[36]/(?:[4-9]|12|18|24|36|60)|E\dV\dM\d|[A-Z]\d\d\.\d|\+/-|±|(?<=\()[RL](?=\) [a-z])|T(?= 3\d\.\d)|(?<=\d )P(?= \d{2,3} (?:BP|RR?|HR)\b)|(?<=[a-z] )re(?= [a-z])|ie|\d{1,2}/(?:52|12|7)|[↑↓→≥≤]|s\d|(?:[RL]|Rt|Lt)(?= (?:sided|side|\d(?:st|nd|rd|th)|"
    + _BODY
    + r")\b|[<>=])|(?:^|(?<=[a-z\d,:] )|(?<=[A-Z]{2} ))(?<!Mr )(?<!Ms )(?<!Mrs )(?<!Miss )(?<!Dr )(?<!\d )[RL](?= \d| (?!(?:is|was|has|had|and|said|who|will|would|to|in|at|on|for|with|from|or|of|as|are|were|does|did|can|that)\b)[a-z]{3})|(?:(?<=\d )|(?<=\bon )|(?<=\bthe )|(?<=: )|[<>=])[RL](?=[,;)]|\.(?! [A-Z][a-z]+,)|$| \d| and | [a-z])|K(?= (?:\d\.\d|(?:too|over|under|high|low|up|down)\b)))(?![\w@&]|[/:+-]\w|\.\d)|(?<=\w)(?: ?\+{2,4}| \+(?=[,.;)]|$))(?!\w)|(?<=[\s(])\?(?= ?[a-z]|[A-Z])"
)
_ALWAYS = re.compile(
    r"[1-4]:1|[+-]ve|[A-Z]{2,5}-\d{1,2}|[sS]\.? ?\d{2,3}|[A-Z]\d[A-Z]{1,2}\d.*|[A-Z]\d{1,2}/[A-Z]?\d|Hep [ABC]|CHA2DS2-VASc|\d(?:AT|CIT)|\d\d(?:yo|/40|[FM])|[x×] ?\d{1,2}|[1-4]\d\+[0-6]|PS ?\d|[36]/\d\d?|E\dV\dM\d|[A-Z]\d\d\.\d|\?|#|\d{1,2}/(?:52|12|7)|[A-Z][a-z]?\d?\+|[↑↓→≥≤]|s\d|[<>=]?[RLTP]|Rt|Lt|K| ?\+{1,4}"
)
# "6/12" is a length of time after "for" or before "ago"; by itself it may be a date or a score.
_AGO = re.compile(r" (?:ago|history|hx|duration|supply|later|course|trial|old|time|follow|post|of)\b")
_ON_DATE = re.compile(
    r"(?i)\b(?:on|born|dob|since|until|till|from|dated?|scored?|seen|by|lmp|edd|accepted|admitted|discharged|started|stopped)\W{0,3}$"
)
_LASTS = re.compile(
    r"(?i)\b(?:in|for|x|every|over|within|after|past|last|next|up to|od|bd|tds|qds|another|further|approx|about|previous|of|visit|review|appointment|opa|clinic|recall|follow-up) ?$"
)
_CUT = re.compile(r"(?<![\w/.@'’-])[A-Za-z]{2,6}(?![\w@’'-])")
_UNIT = re.compile(r"\d ?([A-Za-zµμ]{2,5}(?:/[A-Za-z]{1,3})?)(?![\w/])")
_MARKS = cues("ie eg hep re ve")
_AT_NIGHT = re.compile(r"\d ?(?:mg|g|ml|micrograms) (mane|(?:on|om|stat)(?=[.,;)]|$| (?:and|for|with|then)\b))\b")
_ALONE = frozenset({"bd", "od"})  # no other words, with a number near or not
_TIMES = frozenset({"on", "mane", "stat"})
_LABEL = re.compile(r":| ?:? ?\d")


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each short form that nobody spelled out."""
    spelled: set[str] = set()
    for line in view.with_shape(SHORT):
        if not (is_signed(view, line) or is_letterhead(view, line)):
            yield from _in_capitals(view, line, spelled)
    for line in _with_dose_codes(view):
        yield from _dose_codes(line, not view.speaks_of_client)
    yield from _marked(view, spelled)
    for line in view.with_words(CUT_SHORT):
        for found in _CUT.finditer(line.sentence.text):
            if (entry := table().cut.get(found[0].lower())) and (found[0].islower() or found[0] not in table().exact):
                yield _issue(line, found.start(), found.end(), entry)
    yield from _units(view)


def _in_capitals(view: View, line: Line, spelled: set[str]) -> Iterator[Issue]:
    """Yield the short forms of a sentence that are written with capitals, and note those that are spelled out."""
    text, exact = line.sentence.text, table().exact
    heading = line.block.kind is Kind.HEADING and text.isupper() and (" " in text or len(text) > 5)
    for found in _CAPITALS.finditer(text):
        start, end = found.span()
        short = found[0] if found[0] in exact else found[0].removesuffix("s")
        if heading and not (short in exact and _LABEL.match(text, end)):
            continue
        if short in spelled or is_no_short_form(short, text, start, end):
            continue
        if _is_name(view, line, found, short):
            spelled.add(short)
        elif line.has_found(start, end, "medicines"):
            continue
        elif is_spelled_out(text, start, end, short):
            spelled.add(short)
        else:
            entry = exact.get(short) or exact.get(found[0])
            if entry and short == "DNA":
                entry = _missed_or_in_cells(entry, view, text, start, end)
            yield _issue(line, start, end, entry)


_IN_CELLS = re.compile(
    r" (?:tests?|testing|samples?|swabs?|profil\w+|analys\w+|sequenc\w+|results?|evidence|database|match\w*|damage|repair|variants?|bank|kit)\b"
)
_INSIDE = re.compile(r"\b(?:in|of|from|inherited) (?:the |your |her |his |their |our )?$")


def _missed_or_in_cells(entry: Entry, view: View, text: str, start: int, end: int) -> Entry:
    """Return of the two meanings of "DNA" the one that is meant: an appointment missed, or what cells hold; both in doubt."""
    missed, cells = entry.prefer[:1], entry.prefer[1:]
    if text.startswith(("'d", "’d", "'ed", "’ed"), end):
        return replace(entry, prefer=missed)
    if _IN_CELLS.match(text, end) or _INSIDE.search(text, max(0, start - 20), start):
        return replace(entry, prefer=cells)
    return replace(entry, prefer=missed) if view.speaks_of_client else entry


def _marked(view: View, spelled: set[str]) -> Iterator[Issue]:
    """Yield what is written with signs or with letters and numbers together ("c/o", "1:1", "+ve", "L4/5")."""
    signed = (*view.with_sign("/", ":1", *"#+±?×↑↓→≥≤"), *view.with_words(_MARKS), *view.with_shape(SHORT))
    for number in sorted({line.number for line in signed}):
        line = view.lines[number]
        text = line.sentence.text
        for found in _MARKED.finditer(text):
            bare = found[0].replace(".", "")
            if "/" not in found[0] and bare in table().small:
                continue
            if is_of_office(text, found.start()):
                continue
            if found[0] in spelled or found[0].upper().rstrip(".") in table().known:
                continue
            if _CAPITALS.fullmatch(text, *found.span()):
                continue
            if found[0].endswith(("/12", "/7")) and not _lasts(view, text, found):
                continue
            entry = table().exact.get(found[0]) or table().exact.get(found[0].rstrip(".")) or table().exact.get(bare)
            if entry or _ALWAYS.fullmatch(found[0]):
                if found[0][0] not in "x×" and is_spelled_out(text, found.start(), found.end(), found[0]):
                    spelled.add(found[0])
                else:
                    yield _issue(line, found.start(), found.end(), entry)


def _lasts(view: View, text: str, found: re.Match[str]) -> bool:
    """Say whether "3/7" is a length of time, and not a date or a score."""
    if found[0].startswith("0"):
        return False  # the fifth of December
    before = text[max(0, found.start() - 14) : found.start()]
    if _AGO.match(text, found.end()) or _LASTS.search(before):
        return True
    return view.speaks_of_client and not _ON_DATE.search(before)


def _units(view: View) -> Iterator[Issue]:
    """Yield units that not everybody knows ("600 kcal")."""
    message = "Not everybody knows this unit."
    for line in view.with_shape(DIGIT):
        for found in _UNIT.finditer(line.sentence.text):
            if (entry := table().units.get(found[1])) and found[1] not in table().exact:
                start, end = found.span(1)
                yield line.listed("abbreviation", start, end, message, entry)


def _with_dose_codes(view: View) -> Iterator[Line]:
    """Return the sentences that may hold a code: "bd", "5 mg on", "1/7"."""
    coded = {line.number for line in view.with_words(table().codes)}
    coded |= {line.number for line in view.with_sign("/")}
    coded |= {line.number for line in view.with_shape(DIGIT) if not _TIMES.isdisjoint(line.seen.words)}
    return (view.lines[number] for number in sorted(coded))


_MIXED_NAME = re.compile(r"(?:Mc|Mac|Fitz|De|Di|Du|La|Le|Van|O[’'])[A-Z][a-zà-þ]{2,}")  # "McVey", "LeRoy"
_TITLE_BEFORE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sheriff|MR|MRS|MS|MISS|DR)\.? (?:[A-Z][\w’'-]+ ){0,2}$"
)
_SHOUTED = re.compile(r"[A-Z]{3,}")
_LOOKED_AT = 20_000  # characters in which a name is looked for as it is usually written


def _is_name(view: View, line: Line, found: re.Match[str], short: str) -> bool:
    """Say whether it is the name of the client, or of somebody who is named in the letter, whatever the case."""
    text, start = found.string, found.start()
    if short in view.once(client_names) or _TITLE_BEFORE.search(text, max(0, start - 40), start):
        return True
    if short in table().exact or not short.isupper():
        return bool(_MIXED_NAME.fullmatch(short))
    return line.of(_is_shouted) or short.title() in view.once(_in_small_letters)


def _is_shouted(line: Line) -> bool:
    text = line.sentence.text
    return text.isupper() and len(_SHOUTED.findall(text)) > 2


def _in_small_letters(view: View) -> frozenset[str]:
    return frozenset(re.findall(r"\b[A-Z][a-zà-þ]{2,}\b", view.page.text[:_LOOKED_AT]))


_DOSE_TOLD = re.compile(r" \([^)]*\b(?:once|twice|times|day|daily|night|morning|evening|needed|mouth|hours|week)\b")


def _dose_codes(line: Line, kindly: bool) -> Iterator[Issue]:
    text = line.sentence.text
    has_dose, small = bool(line.has_digit() or line.found("medicines")), table().small
    for found in _AT_NIGHT.finditer(text):
        yield _issue(line, found.start(1), found.end(1), table().exact.get(found[1]) or table().small.get("om"))
    for found in _SMALL.finditer(text):
        entry = small.get(found[0]) or ("." in found[0] and small.get(found[0].replace(".", ""))) or None
        if (
            entry
            and (has_dose or len(found[0]) > 2 or found[0] in _ALONE)
            and not (kindly and _DOSE_TOLD.match(text, found.end()))
        ):
            yield _issue(line, found.start(), found.end(), entry)


def _issue(line: Line, start: int, end: int, entry: Entry | None) -> Issue:
    if entry is None:
        return line.issue(
            "abbreviation", start, end, "Not everybody knows these letters. Write out what they stand for."
        )
    code = entry.kind == "dose"
    message = DOSE_CODE if code else "Not everybody knows these letters."
    return line.listed("abbreviation", start, end, message, entry)
