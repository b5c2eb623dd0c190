"""A medicine without what it is for, and a dose that can be misread.

Why it matters: a name alone tells nothing, and a misread dose can do harm.
Bad: Please take sertraline 50.0 mg od.
Good: Please take sertraline (to lift your mood): one 50 mg tablet each morning.
Once the purpose is told, the name may stand alone; a medicine that everybody knows (paracetamol) or that nobody takes here (an
allergy, a level in the blood) needs none.
Source: wordlists/medicines.tsv, purposes.tsv; ISMP list of error-prone dose writings (facts).
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from operator import attrgetter

from tipletters.checks.issue import RISKY_DOSES, Issue
from tipletters.checks.lexis.cues import cues
from tipletters.checks.lexis.finder import Found
from tipletters.checks.lexis.lists import Entry, entries
from tipletters.checks.lexis.words import DIGIT, MIXED
from tipletters.checks.text.frame import is_signed
from tipletters.checks.text.line import Line
from tipletters.checks.text.page import Kind
from tipletters.checks.text.view import View
from tipletters.wording import capital_first

_UNIT = r"(?:mg|g|kg|mcg|micrograms?|ml|l|units?|tablets?|iu)\b"
_DANGERS = (
    (re.compile(rf"\b\d+\.0+(?= ?{_UNIT})"), "A nought after the point can be read as ten times as much."),
    (re.compile(rf"(?<![\d.])\.\d+(?= ?{_UNIT})"), "A point without a nought before it can be missed."),
    (
        re.compile(rf"\b\d+ (?:x )?\d+(?= ?{_UNIT})"),
        "Two numbers side by side can be read as one. Write one of them as a word.",
    ),
    (re.compile(rf"\b\d+ ?[-–] ?\d+(?= ?{_UNIT})"), "A dash can be missed. Say which dose when."),
    (
        re.compile(rf"[<>≤≥±] ?\d+(?:\.\d+)?(?= ?{_UNIT})"),
        "This sign can be read the wrong way round. Say it in words.",
    ),
    (re.compile(r"\b\d{5,}(?= ?units?\b)"), "A long number needs commas."),
    (re.compile(r"\b\d{1,2}[ -]?hourly\b"), "This can be read as so many times an hour. Write every … hours."),
    (
        re.compile(r"\b1/[24](?= (?:a |of a )?tablets?\b)"),
        "This can be read as a date or as two numbers. Write half or a quarter.",
    ),
)
# Units of wordlists/units.tsv that are no codes for times or ways to take: those are the abbreviation check's.
_RISKY_UNITS = frozenset(
    "mcg mcgs µg μg ug microg iu u mu cc cl dl gr mcl meq mcg/kg mcg/hr mcg/hour iu/ml mg/d ng".split()
)
# Without one of these words, or a number and letters in one, there is no dose.
_MEASURES = cues(
    "mg g kg microgram micrograms ml l unit units tablet tablets hourly d day hr hour mcg mcgs µg μg ug microg iu u mu cc cl dl gr mcl "
    "meq ng"
)
_AFTER_NUMBER = re.compile(r"(?<=\d) ?([a-zµμ]{1,6}(?:/[a-z]{1,4})?)(?![\w/])")


_UNKNOWN = 2.5  # rarity: 5 less the Zipf frequency; hardly a word of every day
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? (?:[A-Z]\.? ){0,2}$")
_FIRST_NAME = re.compile(r"[A-Z][a-z]+ $")
_FOR = re.compile(
    r"\b(?:to (?:help|keep|protect|stop|ease|lower|treat|reduce|prevent|calm|lift|make|slow|thin|relax|settle|control|steady|bring|clear|fight|replace|open|dry)"
    r"|for (?:your|the|this|that|it) \w|(?:that|which) (?:can |may |will )?(?:help|takes? away|is |are |keep|stop|ease|lower|treat|thin|calm|lift|make|slow|replace))"
)


_HELPS = "help|work|keep|lower|ease|stop|treat|protect|prevent|calm|lift|slow|thin|relax|settle|steady|fight|replace|make|reduce|control|bring|clear|open|dry"
_TREATED = re.compile(  # "For the pain in your back, you are on …"
    r"(?:for|regarding|as (?:for|to)) (?:the|your|his|her|this|that) (?!(?:next|last|first|past|rest|time|moment|week|month|day|medic|tablet|dose|drug|prescri))"
    r"(?:[^;:]{3,60}, [^;:,]{0,40}|[^;:,]{3,40} (?:i|we) (?:have |would |will |can |could )*(?:suggest|start|prescribe|give|gave|add|recommend|put)(?:e?d)? [^;:,]{0,20})$"
)
_DOES = re.compile(  # "prednisolone calms your body's defences", "methotrexate, which damps down the attack"
    rf",? (?:which |that |also )*(?:(?!makes (?:you|him|her)\b)(?:{_HELPS})s\b|(?!is |was |has |does |needs |works |comes |takes |causes |makes |gives )"
    r"[a-z]{3,}s (?:(?:down|up|off|out) )?(?:the|your|you|any|some|against|pain|swelling)\b)"
)
_IT_HELPS = re.compile(
    rf"(?:it|this|they|these)(?:'s|'re)?(?: [a-z]+s? (?:in|on|into|under|through) [^,.;]{{3,30}} and)? (?:also |can |should |may |will |is meant to |are meant to )*(?:(?:{_HELPS})s?\b|is an?\b|are \w+)"
)
_IN_BRACKETS = re.compile(  # "(for sleep)", "given (this is the spray that …)"; "(rash)" is why it was stopped
    r" ?\((?!(?:rash|nausea|sickness|vomit|reaction|allerg|intoleran|stopped|increased|reduced|unchanged|continu|started|restarted|pancreatitis|side effects?|weight gain|swelling"
    r"|cough|dizz|sedat|failed|new\b|now |to come off|to stop|to start|previous|current|old|same|held|withheld|on hold|tapering|last|since|from|until))[^)\d]{4}"
    r"|(?: \w+)? \(this is "
)
_TAKEN_AS = re.compile(  # "tablets which lighten the bleeding"
    r", (?:an? )?(?:[a-z-]+ )?(?:tablets?|medicines?|drugs?|injections?|capsules?|creams?|sprays?|gels?|drops|patch(?:es)?|inhalers?|syrup|powder)"
    r" (?:(?:that|which) (?!is |are |was |were |have |has |had |you |he |she |they |we |i |comes? |needs? |must )|for (?!a |an |one |two |three |\d))"
)
_SO_ON = re.compile(  # "has type 2 diabetes and is on metformin"
    r"\b(?:diabetes|asthma|epilepsy|blood pressure|depression|anxiety|pain|migraines?|gout|angina|schizophrenia)"
    r"(?:,| and)(?: is| are)? (?:on|takes?|uses?)(?: an?)? $"
)
_JOINED = (" and ", ", ", " or ")
_TO_HELP = re.compile(rf"^(?:so,? )?to (?:{_HELPS})\b|\b(?:because|as|since) (?:you|your)\b|\bworks against\b")


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each medicine without its purpose, and for each risky dose."""
    told: set[str] = set()
    for line in view.with_list("medicines"):
        for one in line.found("medicines"):
            if one.entry.kind == "brand" and _is_word(view, line.sentence.text[one.start : one.end]):
                continue
            if is_signed(view, line) or _is_surname(line, one) or _needs_no_purpose(line, one):
                continue
            if one.entry.term in told or _says_purpose(view, line.number, one.start, one.end):
                told.add(one.entry.term)
            else:
                # A purpose stands beside the name and never in its place; and why somebody takes it, only they know.
                purposes = " or ".join(f"“{purpose}”" for purpose in one.entry.prefer)
                such = f", such as {purposes}" if purposes else ""
                message = f"Say what this medicine is for{such}; check that this is why this person takes it."
                yield line.issue("medicine", one.start, one.end, message, source=one.entry.source)
    for line in view.with_shape(DIGIT):
        if MIXED in line.seen.shapes or not _MEASURES.isdisjoint(line.seen.cues):
            yield from _dangers(line)


def _is_word(view: View, brand: str) -> bool:
    """Say whether a brand in small letters may be a word of every day; "clexane" is none."""
    return brand[0].islower() and (not view.speaks_of_client or view.lexicon[brand].rarity < _UNKNOWN)


_PLAIN = ("well known", "says what it is for")
_NOT_TAKEN = re.compile(
    r"\b(?:allerg(?:y|ies|ic)|intoleran(?:t|ce)|sensitiv(?:e|ity)|reacts?|reacted|reaction|street)\b(?:: | to | )[^.;]{0,40}$|\b(?:low|raised|serum) $"
)
_MEASURED = re.compile(r" (?:levels?|equivalents?|allergy|intolerance|receptors?|deficiency)\b")


def _needs_no_purpose(line: Line, one: Found) -> bool:
    """Say whether everybody knows what it is for, or nobody takes it here: an allergy, a level in the blood."""
    text = line.seen.folded
    return (
        one.entry.remark in _PLAIN
        or bool(_MEASURED.match(text, one.end))
        or bool(_NOT_TAKEN.search(text, max(0, one.start - 60), one.start))
    )


def _is_surname(line: Line, one: Found) -> bool:
    """Say whether a brand is somebody's name here: "Ms Rennie", "Eilidh Rennie"."""
    text = line.sentence.text
    if _TITLE.search(text, max(0, one.start - 14), one.start):
        return True
    first = _FIRST_NAME.search(text, max(0, one.start - 20), one.start)
    return (
        one.entry.kind == "brand" and first is not None and text[first.start() - 2 : first.start()] not in (". ", ": ")
    )


def _says_purpose(view: View, number: int, start: int, end: int) -> bool:
    """Say whether a purpose stands near: after this medicine and before the next, or in a sentence that has only one."""
    line = view.lines[number]
    others = [one for one in line.found("medicines") if one.start != start]
    purposes = [one.start for one in line.found("purposes")]
    if _IN_BRACKETS.match(line.seen.folded, end):
        return True
    kindly = not view.speaks_of_client
    if _TREATED.match(line.seen.folded[:start]) or _SO_ON.search(line.seen.folded, max(0, start - 50), start):
        return True
    until = _until_next(line.seen.folded, end, others)
    if _FOR.search(line.seen.folded, end, until) or any(one.match(line.seen.folded, end) for one in (_DOES, _TAKEN_AS)):
        return True
    if not kindly:  # a letter to a colleague names an illness for other reasons
        return any(" for " in line.seen.folded[end:at] for at in purposes if end <= at < until)
    if not others and (_TO_HELP.search(line.seen.folded)):
        return True
    after = view.lines[number + 1] if number + 1 < len(view.lines) else None
    if after and after.is_beside(line) and _IT_HELPS.match(after.seen.folded):
        return True
    if others:
        return any(end <= at < until for at in purposes)
    near = [view.lines[other] for other in (number - 1, number + 1) if 0 <= other < len(view.lines)]
    if _heading_says(view, number):
        return True
    same = (other for other in near if other.is_beside(line))
    return bool(purposes) or any(other.found("purposes") for other in same)


def _until_next(text: str, end: int, others: list[Found]) -> int:
    """Return where the next medicine stands; "amlodipine and doxazosin for …" are one."""
    for one in sorted((one for one in others if one.start >= end), key=attrgetter("start")):
        if text[end : one.start] not in _JOINED:
            return one.start
        end = one.end
    return len(text)


def _heading_says(view: View, number: int) -> bool:
    """Say whether the heading above tells the purpose, such as "For the pain"."""
    for line in reversed(view.lines[max(0, number - 6) : number]):
        if line.block.kind is Kind.HEADING:
            return bool(line.found("purposes")) or line.seen.folded.startswith("for ")
    return False


@lru_cache(maxsize=1)
def _units() -> dict[str, Entry]:
    """Units that can be misread, in small letters."""
    return {one.term.lower(): one for one in entries("units") if one.term.lower() in _RISKY_UNITS}


def _dangers(line: Line) -> Iterator[Issue]:
    text = line.seen.folded
    for pattern, message in _DANGERS:
        for found in pattern.finditer(text):
            yield line.issue("medicine", found.start(), found.end(), message, source=RISKY_DOSES)
    for found in _AFTER_NUMBER.finditer(text):
        if unit := _units().get(found[1]):
            message = f"{capital_first(unit.remark)}."
            yield line.issue("medicine", found.start(1), found.end(1), message, unit.prefer, source=RISKY_DOSES)
