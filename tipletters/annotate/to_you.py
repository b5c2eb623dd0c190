"""Turns a sentence about the client into one to the client, where that is safe: "she reports that she is" → "you told me that you are"."""

import re
from collections.abc import Iterator

from tipletters.checks.lexis.finder import fold
from tipletters.checks.lexis.inflect import forms
from tipletters.wording import capital_first

_SUBJECT = r"(?:she|he|(?:the|this|our|my) (?:[a-z-]+ ){0,3}?(?:patient|client|lady|gentleman|service user|young person|individual|tenant|claimant))"
_PRONOUNS = re.compile(r"\b(?:she|he|her|his|him|hers|herself|himself)\b")
_HERS = {"hers": "yours", "herself": "yourself", "himself": "yourself", "his": "your", "him": "you"}
_TITLED = re.compile(r"(?:mr|mrs|ms|miss|mx)\b")
_ADVERBS = r"(?:(?:\w+ly|also|still|now|often|always|never|just|then|already|sometimes|previously|currently) )?"
_SAID = re.compile(
    rf"({_SUBJECT}) {_ADVERBS}(?:reports|reported|states|stated|says|said|told (?:me|us)|advised|advises|explained|explains|mentioned|mentions)( that)? (?=(she|he|that|there|it|the|no|not|\w+))"
)
_BE = {
    "is": "are",
    "was": "were",
    "has": "have",
    "does": "do",
    "isn't": "aren't",
    "wasn't": "weren't",
    "hasn't": "haven't",
    "doesn't": "don't",
}
_VERB = re.compile(rf"{_ADVERBS}([a-z']+)")
_NOT_VERBS = frozenset("as less this was is has does always perhaps besides across towards afterwards".split())
# "and" before another verb of the same subject, which would have to change too.
_ALSO = re.compile(rf"(?:\b(?:and|but|or|then)|,) {_ADVERBS}(?:is|was|has|does|[a-z]+[^s]s)\b")
_DOUBT = re.compile(
    r"\b(?:who|whom|whose|they|them|their|i'm told|herself or|(?:is|was|has|does|did|were) (?:she|he)|she's|he's|she'd|he'd|she'll|he'll|"
    r"mother|mum|father|dad|parents?|sister|brother|daughter|son|husband|wife|partner|boyfriend|girlfriend|friend|carer|child|"
    r"children|baby|gp|doctor|nurse|consultant|colleague|worker|neighbour|solicitor|teacher|boss|manager|you|your)\b"
)
# After one of these words "her" is "you", as in "I saw her at home"; after others it is "your".
_OBJECT_ENDS = frozenset(
    "and or but to in on at for from with by as is was that when where if because after before again today about home out up "
    "over into through during once how what who not very well yesterday tomorrow since until while whether there here all "
    "a an the this these those some any no my our another forward off away aside alone down straight along under against around like".split()
)
# "let her sleep", "gave her two": either is possible.
_EITHER = re.compile(
    r"\b(?:let|lets|help\w*|mak(?:e|es|ing)|made|see|sees|saw|seen|hear|hears|heard|watch\w*|g[ia]ve[ns]?|giving|offer\w*|"
    r"sen[dt]\w*|show\w*|told|tell\w*|teach\w*|taught|ask\w*|br[io]\w+ght?|cost|lend|lent|wish\w*|call\w*) $"
)


def to_you(sentence: str, spans: list[tuple[int, int]]) -> list[tuple[int, int, str]] | None:
    """Return the replacements that make a sentence speak to the client.

    Args:
        sentence: a sentence about the client.
        spans: the stretches that the checks took to mean the client.

    Returns:
        Begin, end and new words of each, in order; None where any of it is in doubt.
    """
    text = fold(sentence)
    if _DOUBT.search(text) or "“" in sentence or '"' in sentence or "‘" in sentence:
        return None
    edits: list[tuple[int, int, str]] = []
    done = 0
    for start, end in sorted(spans):
        if start < done:
            continue
        made = _edit(text, start, end)
        if made is None:
            return None
        edits += made
        done = max(stop for _, stop, _ in made)
    left = [one for one in _PRONOUNS.finditer(text) if not any(start <= one.start() < end for start, end, _ in edits)]
    if left or not edits:
        return None
    return [(start, end, _capital(sentence, start, new)) for start, end, new in edits]


def _capital(sentence: str, start: int, new: str) -> str:
    return capital_first(new) if sentence[start].isupper() and not re.search(r"\w", sentence[:start]) else new


def _edit(text: str, start: int, end: int) -> list[tuple[int, int, str]] | None:
    words = text[start:end]
    if said := _SAID.match(text, start):
        return _told(said)
    subject = re.match(rf"{_SUBJECT}\b(?!')", text[start:])
    if subject and re.fullmatch(r"(?:she|he)(?: [a-z]+)?|(?:the|this|our|my) .*", words):
        return _subject(text, start, start + subject.end())
    if re.match(rf"{_SUBJECT}'s ", text[start:]):
        return [(start, start + text[start:].index("'s") + 2, "your")]
    if _TITLED.match(words):
        if words.endswith("'s"):
            return [(start, end, "your")]
        return _subject(text, start, end) if re.match(r" [a-z]", text[end:]) else None
    if words in ("her", "him") and text[:start].endswith("let "):
        return None
    if words in _HERS:
        return [(start, end, _HERS[words])]
    return _her(text, start, end) if words == "her" else None


def _her(text: str, start: int, end: int) -> list[tuple[int, int, str]] | None:
    after = re.match(r" ([\w'-]+)", text[end:])
    if not after or after[1] in _OBJECT_ENDS:
        return [(start, end, "you")]
    unsure = (
        _EITHER.search(text, max(0, start - 20), start) or after[1].endswith("ly") or (after[1].isdigit() and start)
    )
    return None if unsure else [(start, end, "your")]


def _told(said: re.Match[str]) -> list[tuple[int, int, str]] | None:
    """Return "she reports that" as "you told me that", and "she reports pain" as "you told me about pain"."""
    if said[3] in ("no", "not", "none", "never") or re.search(r" (?:did|does|do|has|have|had) not ", said[0]):
        return None
    end = said.end() - 1
    if said[2] or said[3] in ("she", "he", "that", "there", "it"):
        return [(said.start(), end, "you told me" + (said[2] or ""))]
    if not re.search(r" (?:reports|reported|mentions|mentioned)$", said[0].rstrip()):
        return None
    return [(said.start(), end, "you told me about")]


def _subject(text: str, start: int, end: int) -> list[tuple[int, int, str]] | None:
    """Return a subject as "you", with its verb."""
    found = _VERB.match(text, end + 1) if text[end : end + 1] == " " else None
    verb = found[1] if found else ""
    if before := re.search(
        r"\b(?:to|for|with|of|by|from|about|on|in|saw|see|seen|met|meet|reviewed|asked|told|gave|referring|refer|discharged) $",
        text[:start],
    ):
        return [(start, end, "you")] if before else None
    if not found or not verb:
        return [(start, end, "you")] if not text[end : end + 1].isalpha() and text[end : end + 1] != " " else None
    plain = _plain(verb)
    if plain is None or _ALSO.search(text, found.end()):
        return None
    if plain == verb:
        return [(start, end, "you")]
    return [(start, end, "you"), (found.start(1), found.end(1), plain)]


def _plain(verb: str) -> str | None:
    """Return a verb as it stands after "you": "are" for "is", "feel" for "feels"; None where it is in doubt."""
    if verb in _BE:
        return _BE[verb]
    if not verb.endswith("s") or verb in _NOT_VERBS or verb.endswith(("ss", "us")):
        return verb
    for stem in _stems(verb):
        if verb in forms(stem, "verb"):
            return stem
    return None


def _stems(verb: str) -> Iterator[str]:
    if verb.endswith("ies") and len(verb) > 4:
        yield verb[:-3] + "y"
    elif re.search(r"(?:ss|x|zz|ch|sh|o|cus)es$", verb) and verb != "aches":
        yield verb[:-2]
    yield verb[:-1]
