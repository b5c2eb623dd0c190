"""A letter to the client that speaks about them.

Why it matters: "the patient", "she", "this lady" turn the reader into a case that others discuss.
Bad: She reports low mood.
Good: You told me that you feel low.
Somebody else who is really meant ("your mother said she …") is left alone: whom "she" means is worked out from who was
named, in which place of the sentence, and whether the letter speaks to the client or about them.
Source: Academy of Medical Royal Colleges, "Please, write to me" (2018); wordlists/third-person.tsv.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from tipletters.checks.context.listed import from_list, is_quoted
from tipletters.checks.issue import Issue
from tipletters.checks.lexis.cues import cues
from tipletters.checks.lexis.lists import entries
from tipletters.checks.lexis.words import MIXED, TOKEN
from tipletters.checks.text.frame import body
from tipletters.checks.text.greeting import CLIENT_TITLES, is_greeting
from tipletters.checks.text.line import PRONOUN, YOU_WORDS, Line
from tipletters.checks.text.view import View
from tipletters.checks.who.called import (
    BARE_WORDS,
    PARENTS,
    PERSON_WORDS,
    Client,
    as_parent,
    as_this,
    bare_client,
)
from tipletters.checks.who.names import ABOUT, SIBLINGS, refers
from tipletters.checks.who.referents import meaning_client
from tipletters.checks.who.whom import client_of

_TITLED_BEFORE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.? (?:[A-Z][\w’'-]+ )?$")
_NAMING = cues("this old above " + " ".join(PERSON_WORDS))
_SAY_YOU = "This speaks about the person whom the letter is to. Say “you”."


# A verb that goes with "she" and not with "you".
_OF_OTHERS = re.compile(r"(?i)['’]s\b| (?:(?:[a-z]+ly|also|just|never|always|still|now|then|often) )*[a-z]+(?<!s)s\b")
_NO_OWNER = re.compile(
    r"(?i)\W*$|[^\w\s]| (?:and|or|but|to|in|on|at|for|from|with|about|that|because|again|when|if|as|by|of)\b"
)


def check(view: View) -> Iterator[Issue]:
    """Yield an issue for each word that speaks about the client; it suggests what fits in the word's place, and else says it."""
    for one in _issues(view):
        fits = tuple(new for new in one.suggestions if new != "you" or not _OF_OTHERS.match(view.page.text, one.end))
        says = one.message if fits == one.suggestions or "“you”" in one.message else f"{one.message} Say “you”."
        yield one._replace(suggestions=fits, message=says)


def _issues(view: View) -> Iterator[Issue]:
    client = view.once(client_of)
    yield from _listed(view, client)
    for line, found in meaning_client(view, client):
        # "She is turning into her dad": whoever is quoted would have said "my" of themselves
        if found[0] not in ("she", "he") or not is_quoted(line.sentence.text, *found.span()):
            yield _issue(line, found, _better(line.seen.folded, found), _phrase(line.seen.folded, found.start()))
    for line, found in _names(view, client):
        yield _issue(line, found, ("your",) if found[0].endswith(("'s", "’s")) else ("you",))
    for line, found in _roles(view, client):
        yield _issue(line, found)
    for line in view.with_shape(MIXED) if client.is_topic else ():
        for found in _AGED.finditer(line.sentence.text):
            if line.sentence.text[: found.start()].endswith(_BEFORE_AGE) or not found.start():
                yield _issue(line, found, ())


def _listed(view: View, client: Client) -> Iterator[Issue]:
    """Yield an issue for each listed term that means the client."""
    text = view.page.text
    for one in from_list(view, "third-person", "third-person"):
        words = text[one.start : one.end]
        if words == "PT" or _LABEL.match(text, one.end) or _is_part_of_name(words, text, one.end):
            continue  # a pulse or physiotherapy; "Pt: Ann Lee"
        if _IN_REFERENCE.search(text, max(0, one.start - 12), one.start) and text[one.end + 1 : one.end + 2].isupper():
            continue  # "Re: your pupil Mohammed Iqbal"
        if words.lower().startswith("your client") and "our client" in text.lower():
            continue  # the other side's
        is_child = client.is_parent and _CHILD.search(words)
        if not is_child and client.gender in ("", CLIENT_TITLES.get(words.split()[-1].lower(), client.gender)):
            yield one


def _roles(view: View, client: Client) -> Iterator[tuple[Line, re.Match[str]]]:
    """Yield where a letter calls the client by a role: "Patient", "Mother", "this lady"."""
    for line in view.with_words(BARE_WORDS):
        yield from ((line, one) for one in line.of(bare_client) if not line.has_found(*one.span(), "third-person"))
    for line in view.with_words(PARENTS) if client.parent_words else ():
        text = line.sentence.text
        for found in as_parent(line, client):
            if not (_LABEL.match(text, found.end()) or SIBLINGS.match(text) or is_quoted(text, *found.span())):
                yield line, found
    for line in view.with_words(_NAMING):
        for found in as_this(line, client):
            known = line.has_found(*found.span(), "third-person")
            if not known and not is_quoted(line.sentence.text, *found.span()):
                yield line, found


_AGED = re.compile(r"\d{1,3} ?[MF]\b(?=[,. ](?! ?\d))")  # "67F, poor historian"
_BEFORE_AGE = (": ", "\n", "this ", "HPC ")


def _is_part_of_name(words: str, text: str, end: int) -> bool:
    """Say whether a word has a capital because it is part of a name: "the Individual Assistance Payment"."""
    last = words.split()[-1]
    return (
        last[0].isupper() and not words.isupper() and text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
    )


_LABEL = re.compile(
    r":| (?i:pathway|safety|experience|advice|transport|liaison|services?|support|premium|handbook|portal|evening|voice|forum|panel|group|association|participation|engagement)\b"
)
_IN_REFERENCE = re.compile(r"(?i)\b(?:re|ref|subject|regarding)[: ]{1,3}$")
_CHILD = re.compile(r"(?i)\b(?:child|boy|girl|lad|pupil|youngster|teenager|young person)\b")


def _issue(line: Line, found: re.Match[str], better: tuple[str, ...] = ("you",), also: str = "") -> Issue:
    return line.issue("third-person", found.start(), found.end(), f"{_SAY_YOU}{also}", better)


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[str, ...]]:
    return {entry.term: entry.prefer for entry in entries("third-person") if PRONOUN.match(entry.term)}


def _phrase(text: str, start: int) -> str:
    """Return what to say for a pronoun with its verb ("she presented"), which is more than the pronoun's place."""
    phrase = " ".join(text[start : start + 40].split()[:2]).strip(".,;:")
    better = " or ".join(f"“{one}”" for one in _phrases().get(phrase, ()))
    return f" For “{phrase}”, say {better}." if better else ""


def _better(text: str, found: re.Match[str]) -> tuple[str, ...]:
    if found[0] == "his" or (found[0] == "her" and not _NO_OWNER.match(text, found.end())):
        return ("your",)
    return {"hers": ("yours",), "herself": ("yourself",), "himself": ("yourself",)}.get(found[0], ("you",))


def _names(view: View, client: Client) -> Iterator[tuple[Line, re.Match[str]]]:
    """Yield where a letter calls the client by name; the line that says whom it is about may."""
    if not client.names:
        return
    end = view.once(body).stop
    parts = {part for name in client.names for part in TOKEN.findall(name.lower().replace("’", "'"))}
    any_name = "|".join(map(re.escape, sorted(client.names, key=len, reverse=True)))
    # Most letters name the client in the greeting alone, so it is not compiled before it is needed.
    pattern = rf"\b(?:(?:Mr|Mrs|Ms|Miss|Mx)\.? )?(?:{any_name})(?:[’']s)?(?: (?:{any_name}))?\b"
    for line in view.with_words(parts | {f"{part}'s" for part in parts}):
        text = line.sentence.text
        if line.number >= end or refers(line):
            continue
        for found in re.finditer(pattern, text):
            title = CLIENT_TITLES.get(found[0].split()[0].strip(".").lower(), client.gender)
            if (
                is_greeting(text, found.start())
                or _is_subject(text, found)
                or _SPOKEN_TO.match(text, found.end())
                or (title and client.gender and title != client.gender)
                or (client.by_first_name and _TITLE.match(found[0]))
                or _TITLED_BEFORE.search(text, max(0, found.start() - 40), found.start())
            ):
                continue
            if client.is_topic or view.about or _TITLE.match(found[0]) or _is_told_of(line, found):
                yield line, found


def _is_subject(text: str, found: re.Match[str]) -> bool:
    """Say whether a name stands in a line below the first that says whom the letter is about."""
    start = text.rfind("\n", 0, found.start()) + 1
    subject = ABOUT.match(text, start) if start else None
    return subject is not None and found.end() <= subject.end()


def _is_told_of(line: Line, found: re.Match[str]) -> bool:
    """Say whether the reader's first name does something or owns something: "Kerry's presentation"."""
    text = line.sentence.text
    if found[0].endswith(("'s", "’s")) or text.startswith(("' ", "’ "), found.end()):
        return YOU_WORDS.isdisjoint(line.seen.cues) and bool(_OWNS.match(text, found.end()))
    return bool(_VERB.match(text, found.end()))


_OWNS = re.compile(r"['’]? (?!and\b|or\b|to\b|at\b)(?:[a-z]{3,}|[A-Z]{2,})")
_SPOKEN_TO = re.compile(r", (?:you|your|please|thank|I|we)\b")
_TITLE = re.compile(r"(?:Mr|Mrs|Ms|Miss|Mx)\b")
_VERB = re.compile(
    r"(?: and (?:his|her) [a-z]{3,})? (?!need\b|indeed\b|instead\b)(?:is|had|became|did|can|cannot|has|have|are|were|was|does|says|said|thinks|told|will|would|could|ate|began|broke|brought|came|chose|drank|drove|fell|felt|found|gave|got|held|kept|knew|left|let|lost|made|met|put|ran|rang|sat|saw|slept|spent|spoke|stood|thought|took|understood|went|wrote|[a-z]{2,}(?:ed|[a-z]s)(?<!this)(?<!always))\b"
)
