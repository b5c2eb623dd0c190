"""Says whether a short form is spelled out where it stands."""

import re

_TOLD = re.compile(r"s? ?\((?:(?:an?|the|your|our) )?([A-Za-z][a-z]{2,}[ -][A-Za-z][^)\d]{2,80})\)")
_COLON = re.compile(r": (?:the |an? )?((?:[A-Za-z][a-z-]+ ){1,5}[a-z-]+)")
_OR = re.compile(r",? or (?:the |an? )?((?:[A-Za-z][a-z]+ ){1,4}[a-z]+)")


def is_spelled_out(text: str, start: int, end: int, short: str) -> bool:
    """Say whether the words stand beside it: "community mental health team (CMHT)", "CMHT (community …)".

    Args:
        text: the sentence.
        start: where the short form begins in it.
        end: where it ends.
        short: the short form.
    """
    told = _TOLD.match(text, end) or _OR.match(text, end) or (start and _COLON.match(text, end))
    if (
        told and ((told[1][0].islower() and told.re is _TOLD) or _initials(told[1]).startswith(short[:2].upper()))
    ) or re.match(
        r",? (?:which (?:stands for|means|is (?:an?|the|when|your|our|called|short))|stands for|means|is short for|\(short for)\b",
        text[end : end + 30],
    ):
        return True
    in_brackets = re.search(r"([\w’'-]+) ?\((?:the |an? |also )?$", text[max(0, start - 40) : start])
    if in_brackets and text[end : end + 2].rstrip(" ,;:.").endswith(")"):
        words = [
            word for word in text[max(0, start - 120) : start].split() if word not in ("and", "of", "the", "for", "in")
        ]
        if not in_brackets[1][0].isupper() or _initials(" ".join(words)).endswith(short.upper()):
            return True
    if re.search(r"\bvitamin $", text[max(0, start - 12) : start], re.IGNORECASE) or text[
        max(0, start - 30) : start
    ].rstrip(" “\"'‘").endswith(("called", "known as", "called the", "called an", "called a", ", or", "short for")):
        return True
    words = re.findall(r"[\w’']+", text[max(0, start - 120) : start])
    initials = _initials(" ".join(words))
    return len(short) > 2 and initials.endswith(re.sub(r"[^A-Z]", "", short)) and text[start - 1 : start] in "(,–-"


def _initials(text: str) -> str:
    return "".join(word[0] for word in re.findall(r"[\w’']+", text)).upper()
