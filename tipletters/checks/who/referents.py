"""Whom "she" or "he" means: the client, or somebody else who was named.

A letter about the client goes on speaking of them unless it says otherwise; a letter to the client means others unless it
falls back into speaking about them. In both, what counts is who begins the sentence, who was named last, and what
grammar rules out: "Poppy rings her" cannot mean Poppy.
"""

import re
from collections.abc import Iterator

from tipletters.checks.context.asks import ASKING_WORDS, in_any_letter
from tipletters.checks.text.line import PRONOUN, PRONOUN_WORDS, Line
from tipletters.checks.text.view import View
from tipletters.checks.who.called import Client
from tipletters.checks.who.likelier import acts_on, acts_too, bears_after_kin, is_of_body, is_of_self
from tipletters.checks.who.mentions import is_beside, is_worker, mentions
from tipletters.checks.who.named import Cast, Named, is_first_name
from tipletters.checks.who.talk import Talk
from tipletters.checks.who.whom import GENDER

_SAYS_THAT = re.compile(
    r"\b(?:notes|records?|letter|referral|school|report|file|ward)\b.{0,20}\b(?:say|says|said|wrote|states?|stated)(?: that)? $|\b(?:has|have|had|was) (?:recorded|documented|logged|noted)(?: that)? $"
)
_YOU = frozenset("you your yours".split())
_WILL = re.compile(r"(?:'ll| will| can| works| is on | is away)\b")
_GOES_ON = re.compile(r"(?:\band|\bbut|\bso|\bthen|[,;:–-]) $")
_TELLS_ON = re.compile(r"\b(?:and|but) that $")
_REPORTS = re.compile(
    r"\b(?:sa(?:y|id)|report|tell|told|feel|felt|think|thought|not(?:e|ic)|confirm|describe|state|find|found|mention|believe|ask)[a-z]*(?: me| us)?(?: that| if| whether)? $"
)
_REPORTS_THAT = re.compile(r"\b(?:report|state|describe|confirm|note)(?:s|d|ed)(?: that)? $")
_ASKS = re.compile(
    r"\b(?:kindly|grateful if|obliged if|please (?:would|could) you|(?:would|could) you please|thanks to the gp|^gp)\b"
)
_TO_ANOTHER = re.compile(
    r"(?!GP|Gp)[A-Z][a-zà-þ]+, (?:you|please|can you|could you|if you|thank you)\b"
)  # "Mum, please …"
_PARENT_OF = re.compile(r" (?:mother|father|mum|dad|parents)\b")
_I_TOLD = re.compile(
    r"(?:i|we) (?:have |had |also )?(?:told|asked|thanked|advised|assured|gave|explained to|spoke to) (?:her|him)\b"
)
_CONTACT = re.compile(r" (?:direct |phone |telephone )?(?:number|line|extension|email|mobile)\b")
_OBJECT = re.compile(
    r"(?:$|[.,;:!?)]| (?:a|an|the|and|but|or|to|in|on|at|with|for|from|of|by|when|as|if|that|about|again|every|each|daily|weekly|twice|once|today"
    r"|tonight|tomorrow|yesterday|soon|now|later|there|here|alone|regularly|often|last|this|next|after|before|during|because|while|until|since|so|very|well|more|most|best|too|up|out|off|home|back|into|over)\b)"
)
_FINDS = re.compile(r"\b(?:finds?|found|makes|thinks|considers) $")
_REACH = 3  # sentences over which a pronoun reaches back
_OLD_VOICE = ("doubt", "stigma", "jargon-health", "jargon-mind", "jargon-care", "jargon-justice")


def meaning_client(view: View, client: Client) -> Iterator[tuple[Line, re.Match[str]]]:
    """Yield each "she", "her" and so on that means the client, with its sentence."""
    spoken_of = view.with_words(PRONOUN_WORDS)
    if not spoken_of:
        return
    means_client = _in_letter_about if client.is_topic else _in_letter_to
    cast, talk = Cast(view.page.text), Talk(client.is_parent and not client.is_topic)
    reach = 1 if client.is_topic else _REACH
    for number in sorted({near for line in spoken_of for near in range(max(0, line.number - reach), line.number + 1)}):
        line = view.lines[number]
        talk.open(line)
        ahead, said = mentions(line, client, cast)[::-1], list[Named]()
        if not client.is_topic and ";" not in line.seen.folded and _asks_others(line):
            ahead = [one for one in ahead if not is_worker(line, one)]  # whoever is asked is spoken to
        for found in () if PRONOUN_WORDS.isdisjoint(line.seen.words) else PRONOUN.finditer(line.seen.folded):
            gender = GENDER[found[0]]
            while ahead and ahead[-1].at < found.start():
                said.append(ahead.pop())
            before = [one for one in said[-20:] if gender in one.genders]
            if client.gender not in ("", gender) or _names_client_after(found, line.seen.folded, ahead):
                is_client = False
            elif not talk.is_to_parent and _SAYS_THAT.search(
                line.seen.folded, max(0, found.start() - 60), found.start()
            ):
                is_client = True
            else:
                is_client = means_client(found, line, before, talk)
            said.append(Named(found.start(), gender, is_client, False, _is_owner(found, line.seen.folded)))
            if is_client:
                yield line, found
                if not (client.is_topic or client.is_parent):
                    client = client._replace(gender=gender)  # a letter that calls them "she" means another by "he"
        talk.close(line, [*said, *ahead[::-1]])


def _in_letter_about(found: re.Match[str], line: Line, before: list[Named], talk: Talk) -> bool:
    """Say whether a pronoun means the client in a letter about them: yes, unless somebody else holds the sentence."""
    acting = [one for one in before if not one.is_owner]
    is_turned = talk.other.get(GENDER[found[0]], False)
    if found[0] in ("she", "he"):
        if acting:
            return _acts_as_client(found, line, acting)
        is_object = talk.began.get(GENDER[found[0]], False) and _object_follows(found, line.seen.folded)
        return found.start() > 0 or not (
            is_turned or is_object
        )  # "Miss Iqbal asked her to wait. She will see her again."
    text, end = line.seen.folded, found.end()
    if not acting:
        return not (is_turned and (_CONTACT.match(text, end) or _I_TOLD.match(text)))
    nearest = acting[-1]
    if found[0].endswith("self"):  # "to pick him up himself"
        doers = [one for one in acting if one.is_noun or not text.startswith(("her", "him"), one.at)]
        return (doers or acting)[-1].is_client
    if not _is_owner(found, text):
        if acting[0].is_client and acts_too(text, acting[0].at, found.start()):
            return False
        return not (nearest.is_client and acts_on(text, nearest.at, found.start()))
    if _CONTACT.match(text, end):  # "Sister Feeney will ring her; her number is 01632 960332"
        return acting[0].is_client
    if text.startswith(" own ", end):
        return nearest.is_client
    is_theirs = nearest.is_client or (nearest.is_noun and not is_first_name(line, nearest))
    return is_theirs or bool(_PARENT_OF.match(text, end))


def _acts_as_client(found: re.Match[str], line: Line, acting: list[Named]) -> bool:
    """Say whether "she" within a sentence means the client, after those who act in it."""
    text, start, first = line.seen.folded, found.start(), acting[0]
    is_report = _REPORTS.search(text, max(0, start - 24), start)
    if not first.is_client and is_report and is_of_self(text, found.end()):
        return False
    goes_on = bool(_GOES_ON.search(text, max(0, start - 6), start))  # "her mother came and she held the notes"
    # "Yusuf told me that he does not mind but that he gets tired"
    if not (first.is_client or acting[-1].is_client or acting[-1].is_noun) and _TELLS_ON.search(
        text, max(0, start - 10), start
    ):
        return False
    if first.is_client:
        is_shared = any(one.is_noun and not one.is_client for one in acting)
        return not (is_shared and _object_follows(found, text))
    if first.is_noun and is_beside(line, first):
        return acting[-1].is_client or not goes_on
    # "Her niece thinks that she should move, but she will not"
    if bears_after_kin(text, first.at, found.end()) or (acting[-1].is_client and text.endswith(" but ", 0, start)):
        return True
    return bool(first.is_noun or is_report) and not (goes_on or _object_follows(found, text))


def _in_letter_to(found: re.Match[str], line: Line, before: list[Named], talk: Talk) -> bool:
    """Say whether a pronoun means the client in a letter to them: only where nobody else can be meant."""
    text, start = line.seen.folded, found.start()
    if _TO_ANOTHER.match(line.block.sentences[0].text):
        return False
    if before:
        acting = [one for one in before if not one.is_owner] or before
        is_report = (line.found(*_OLD_VOICE) and _YOU.isdisjoint(line.seen.words)) or _REPORTS_THAT.search(
            text, max(0, start - 24), start
        )
        if is_report and talk.was_client(GENDER[found[0]], line):
            return _in_letter_about(found, line, before, talk)
        return acting[0].is_client or before[-1].is_client
    if _asks_others(line):
        return not talk.is_to_parent or "parents" not in line.seen.words  # whose child is meant
    is_old_voice = bool(line.found(*_OLD_VOICE))
    at, who = talk.last.get(GENDER[found[0]], (-9, None))
    if not talk.is_to_parent and is_of_body(text, found.end()) and (who is None or who.is_client):
        return True  # "You should lose weight, as her BMI is 34"
    if who and who.is_client and line.number - at <= 1 and found.start() < 4:
        return True  # "She manages, and you can ask"
    if not _YOU.isdisjoint(line.seen.words) or (_WILL.match(text, found.end()) and not is_old_voice):
        return False
    if who is None or who.is_client:
        return True
    if talk.is_to_parent:
        return False
    if who.is_noun and line.number - at > _REACH:
        return True
    return is_old_voice and line.number - at > 1


def _names_client_after(found: re.Match[str], text: str, ahead: list[Named]) -> bool:
    """Say whether the client is named as whom "he" acts on: "he knows Mr Marsh" cannot mean Mr Marsh."""
    if not ahead or not (ahead[-1].is_client and ahead[-1].is_noun and GENDER[found[0]] in ahead[-1].genders):
        return False
    after = text[found.end() : ahead[-1].at]
    if found[0] not in ("she", "he") or not after.strip() or _CLAUSE_ENDS.search(after):
        return False
    if text.startswith(("this ", "the child"), ahead[-1].at) or (len(after.split()) > 2 and len(ahead[-1].genders) > 1):
        return False  # perhaps somebody else, or one of a family
    return ahead[-1].is_owner or not _IS.match(after)


_IS = re.compile(r" (?:is|was|remains)\b")
_CLAUSE_ENDS = re.compile(
    r"[,.;:()–]|\b(?:and|or|but|so|as|when|while|because|since|if|after|before|until|where|whether)\b"
)


def _asks_others(line: Line) -> bool:
    """Say whether a sentence asks another professional for something."""
    if ASKING_WORDS.isdisjoint(line.seen.cues):
        return False
    return bool(line.found("gp-speak") or line.of(in_any_letter) or _ASKS.search(line.seen.folded))


def _is_owner(found: re.Match[str], text: str) -> bool:
    """Say whether "her" or "his" stands before what is theirs."""
    if found[0] != "her":
        return found[0] == "his"
    return not (_OBJECT.match(text, found.end()) or _FINDS.search(text, max(0, found.start() - 10), found.start()))


_CLAUSE_END = re.compile(r"[,.;:]")


def _object_follows(found: re.Match[str], text: str) -> bool:
    """Say whether a clause has the same pronoun as its object: "she had been worried about her"."""
    end = _CLAUSE_END.search(text, found.end(), found.end() + 60)
    stop = end.start() if end else found.end() + 60
    return any(
        GENDER[one[0]] == GENDER[found[0]] and one[0] in ("her", "him") and not _is_owner(one, text)
        for one in PRONOUN.finditer(text, found.end(), stop)
        if len(text[found.end() : one.start()].split()) < 6
    )
