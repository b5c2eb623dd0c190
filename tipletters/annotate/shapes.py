"""Which part words can play in a sentence, told by their first word and by what stands before and after them."""

import re
from functools import lru_cache

from tipletters.annotate.grammar import SAME, head, in_form, is_counted, is_plural
from tipletters.checks.lexis.finder import JARGON, fold
from tipletters.checks.lexis.lists import entries, rows

DETERMINERS = frozenset(
    "a an the your my our their his her its this that these those any some no each every another".split()
)
OWNERS = frozenset("your my our their his her its".split())
SINGULAR = frozenset("a an each every this that another".split())
# After one of these, or at a sign, a phrase has ended.
FUNCTION = frozenset(
    "and or but nor so of in on at to for from with by as is are was were be been has have had will would can could may might "
    "must should do does did that which who when where if because after before since until while than then not you we i "
    "they it he she these the a an about into over under between during through without".split()
)
_WHERE = frozenset(
    "in on at by for to under behind near about over above below like with without after before during from into through of as free".split()
)
_CLAUSE = frozenset(
    "i we you he she they it there if although unless that what who when where please because so how why".split()
)
_BE = frozenset(
    "is are was were am be been being isn't wasn't aren't weren't gets got get becomes became seems seemed appears appeared".split()
)
_HAVE = frozenset("has have had having".split())
_MODALS = frozenset("may will can could would should must might cannot shall".split())
_INFINITIVE = _MODALS | frozenset("to do does did don't doesn't didn't let please won't can't".split())
_ADVERB = re.compile(r"\w+ly|also|just|now|then|ever|never|always|often|already|not|still|since|been")
_FINITE = {
    **dict.fromkeys(("is", "has", "does"), frozenset({"he"})),
    **dict.fromkeys(("was", "had", "did"), frozenset({"he", "you"})),
    **dict.fromkeys(("are", "have", "do", "were"), frozenset({"you", "base"})),
    **dict.fromkeys(_MODALS, frozenset({"he", "you"})),
    "be": frozenset({"base"}),
    "been": frozenset({"done"}),
}
_VERB = frozenset({"he", "you", "base"})
_NO_NOUN = re.compile(r"(?:\w+ing|not|no|very|too|how|who|what|when|why|to|in|on|at|by|for|of|with|without) ")
_ONE, _MANY = ("is", "was", "has"), ("are", "were", "have")
_DEGREE = re.compile(r"\b(?:very|so|too|rather|quite|\w+ly) $")
_LEFT_OVER = re.compile(r"\b(?:me|us|this|it) (?:to|of|up|in|by) ")  # "told me to a pint"
_STATE = frozenset({"done", "thing", "where"})


@lru_cache(maxsize=1)
def _verbs() -> dict[str, frozenset[str]]:
    """Form → what it can be, of the verbs in our lists; a past that is a participle too is both."""
    found: dict[str, set[str]] = {}
    lemmas = {
        one.split(" ")[0]
        for name in JARGON
        for entry in entries(name)
        if entry.kind.startswith("verb")
        for one in entry.prefer
    }
    for form, bases, note, _ in rows("irregular"):
        if "verb" in note:
            lemmas.update(bases.split("; "))
            if "participle" in note:
                found.setdefault(form, set()).add("done")
            if note != "verb: past participle" and "past" in note:
                found.setdefault(form, set()).update(("he", "you"))
    for verb in SAME:
        found.setdefault(verb, set()).update(("he", "you", "done"))
    for lemma in lemmas - {"be", "not", ""}:
        found.setdefault(lemma, set()).update(("you", "base"))
        if third := in_form(lemma, "s"):
            found.setdefault(third, set()).add("he")
    return {form: frozenset(parts) for form, parts in found.items()}


@lru_cache(maxsize=1)
def _things() -> tuple[frozenset[str], frozenset[str]]:
    """Return the main nouns, and the adjectives, of the better words in our lists."""
    listed = [entry for name in JARGON for entry in entries(name)]
    adjectives = {one for entry in listed if entry.kind.startswith("adjective") for one in entry.prefer}
    nouns = {
        head(one)[1]
        for entry in listed
        if entry.kind.startswith("noun")
        for one in entry.prefer
        if not _NO_NOUN.match(one)
    }
    return frozenset(nouns - adjectives - FUNCTION - DETERMINERS), frozenset(adjectives)


def parts(phrase: str) -> frozenset[str]:
    """Return what a phrase can be.

    Returns:
        Of: "he", "you" (a verb after he or you), "base" (after "to"), "done", "doing", "thing" (a noun or an adjective), "where"
        (a preposition leads it), "clause", "named" (an article leads it).
    """
    first = phrase.split(" ")[0]
    if first in _FINITE:
        return _FINITE[first]
    if first == "not" and " " in phrase:
        return parts(phrase.partition(" ")[2]) & {"done", "doing", "thing", "where", "base"}
    for words, part in ((DETERMINERS, "named"), (_CLAUSE, "clause"), (_WHERE, "where")):
        if first in words:
            return frozenset({part})
    found = _verbs().get(first, frozenset())
    if first.endswith("ing") and len(first) > 5 and first not in _NO_ING:
        return frozenset({"doing", "thing"} if is_thing(phrase) else {"doing"})
    if first.endswith("ed") and len(first) > 3 and first not in _NO_ED:
        return found | {"he", "you", "done"}
    return found if found and not is_thing(first) else found | {"thing"}


_NO_ING = frozenset("nothing something anything everything morning evening feeling meeting hearing drawing".split())
_NO_ED = frozenset("need indeed hundred".split())


def is_thing(words: str) -> bool:
    """Say whether a phrase is known as a noun or an adjective."""
    nouns, adjectives = _things()
    return head(words)[1] in nouns or words in adjectives


_FEWEST = 4  # letters of a word that is heard twice


def crowds(new: str, before: str, after: str, *, noun: bool) -> bool:
    """Say whether new words say again what stands beside them, or part from it what belongs to their noun.

    "Checks with police" before "with the police"; "use that damages your health" before "of alcohol".

    Args:
        new: the words.
        before: what stands before their place, folded.
        after: what stands after it.
        noun: the words are a noun with what belongs to it.
    """
    if noun and head(new)[2] and next_word(after) in ("of", "to", "with"):
        return True
    near = {*re.findall(r"\w+", before)[-3:], *re.findall(r"\w+", after)[:5]}
    heard = (word for word in re.findall(r"\w+", fold(new)) if len(word) >= _FEWEST and word not in FUNCTION)
    return not near.isdisjoint(heard)


def last_words(before: str) -> list[str]:
    """Return the words that lead up to a place, without adverbs; none after a sign."""
    found = re.search(r"[\w' -]*$", before)
    words = found[0].split() if found else []
    while words and _ADVERB.fullmatch(words[-1]) and words[-1] not in _BE | _HAVE:
        words.pop()
    return words


def next_word(after: str) -> str:
    """Return the word that follows, or nothing where a sign or the end does."""
    found = re.match(r" ([\w'-]+)", after)
    return found[1] if found else ""


def stands(term: str, new: str, before: str, after: str) -> bool:
    """Say whether new words can play the part that a term plays between two stretches of a sentence."""
    words = last_words(before)
    last = words[-1] if words else ""
    old, made = parts(term), parts(new)
    if _LEFT_OVER.search(f"{new}{after[:5]}") or (_DEGREE.search(before) and " " in new and not made & _VERB):
        return False
    if new.startswith("please") and last and last not in ("and", "but", "so", "then"):
        return False
    if "clause" in made and last in _WHERE:  # "from you", "to us"
        return False
    if "thing" not in old and old & _VERB and (last in DETERMINERS or (not last and _is_thing_next(after))):
        return False  # "her bridges with", "Alleged perpetrator"
    if last in _INFINITIVE and "base" in old:
        return "base" in made
    if last in _HAVE and "done" in old:
        return "done" in made
    if last in _BE and old & _STATE:
        return bool(made & _STATE) and not _is_bare(new) and not _is_before_thing(after, new)
    if "thing" in old and (last in DETERMINERS or not old & _VERB):
        return "thing" in made and _fits_noun(new, words, after)
    return bool(old & made)


def _is_bare(new: str) -> bool:
    """Say whether a phrase is a noun that needs "a" before it."""
    nouns, adjectives = _things()
    return (
        "thing" in parts(new)
        and "done" not in parts(new)
        and new not in adjectives
        and head(new)[1] in nouns
        and is_counted(new)
    )


def _is_before_thing(after: str, new: str) -> bool:
    return _is_thing_next(after) and " " in new


def _is_thing_next(after: str) -> bool:
    follows = next_word(after)
    return bool(follows) and follows not in FUNCTION and follows not in DETERMINERS


def _fits_noun(new: str, words: list[str], after: str) -> bool:
    nouns, adjectives = _things()
    last, follows = (words[-1] if words else ""), next_word(after)
    if follows and follows not in FUNCTION:  # before a noun: "moody man"
        return " " not in new and (new in adjectives or new not in nouns)
    if follows in (_ONE if is_plural(new) else _MANY) or (last in nouns and " " in new):
        return False  # "the rent unpaid money have been cleared"
    named = next((one for one in reversed(words[-3:]) if one in DETERMINERS or one in FUNCTION), "")
    if last in DETERMINERS and new.startswith(("not ", "being ", "how ")):
        return False
    if named in OWNERS and re.search(r" (?:you|we|i|that|which|who) ", f" {new} "):
        return False  # "your money you owe"
    uncounted = is_plural(new) or not is_counted(new) or re.match(r"people |\w+ing ", new)
    if named in SINGULAR and uncounted:
        return False
    if last in DETERMINERS and new in adjectives and new not in nouns:
        return False
    return named in DETERMINERS or not _is_bare(new)
