"""What a machine can only suspect of a copy from which something was withheld, said as questions.

The withheld matter may shine through elsewhere: a medicine that tells the diagnosis, a heading, a letterhead, somebody
to whom a copy goes, "as discussed last week". And what was withheld may bear on somebody's safety: then the worker
talks with the client about it, and it stays withheld all the same.
"""

import re
from collections.abc import Iterator

from tipletters.folding import pieces
from tipletters.proof.question import Question
from tipletters.proof.searched import Search
from tipletters.proof.topics import bears_on_safety, topics, topics_of_each, topics_of_label

_POINTS_BACK = re.compile(
    r"\b(?:as (?:we |you |i )?(?:discussed|talked about|said before|told me|mentioned|agreed)"
    r"|what (?:we|you) (?:talked about|spoke about|discussed|told me)"
    r"|(?:the|that|this) (?:other |private )?(?:thing|matter|issue|subject|topic|problem) (?:that )?(?:we|you|i)"
    r"|for the reasons? (?:that )?(?:we|you)"
    r"|(?:said|mentioned|described) (?:above|earlier|before)|the above|know what i mean"
    r"|everything (?:that )?(?:we|you) (?:talked|spoke|said|told))\b"
)
_CUE = re.compile(
    "discuss|talk|spoke|told|mention|agreed|said|reason|above|earlier|matter|issue|topic|problem|thing|subject|what i"
)
_GOES_ON = re.compile(
    r"\W*(?:(?:Because|Instead) of (?:this|that|it|them)|After (?:this|that)|This|That|These|Those|It|She|He|They)\b"
)


def hints(one: Search, *, safety: bool) -> Iterator[Question]:
    """Yield what the worker should think of before this copy goes.

    Args:
        one: the copy, and what was withheld from it.
        safety: ask too about what bears on safety; not for a copy to the client.
    """
    yield from _same_matter(one)
    yield from _pointing_back(one)
    if safety:
        yield from _on_safety(one)


def _same_matter(one: Search) -> Iterator[Question]:
    abouts = [topics(passage.text).union(*map(topics_of_label, passage.labels)) for passage in one.hidden]
    if not any(abouts):
        return
    shown, paper = topics_of_each(one.shown.texts), topics(" ".join(one.paper.printed))
    for passage, about in zip(one.hidden, abouts, strict=True):
        at = [number for number, found in enumerate(shown) if number and not about.isdisjoint(found)]
        where = [_numbers(at)] if at else []
        where += ["the letterhead"] if not about.isdisjoint(paper) else []
        if where:
            yield from one.ask(
                "matter",
                (passage.text, *(one.shown.texts[number] for number in at)),
                "Something in this copy seems to be about the same matter as a passage that is kept from it: a word, a "
                "heading, a medicine, a name or the letterhead. Does it give the passage away?",
                lambda: f"{' and '.join(where)}; what is kept: {one.kept_place(passage)}",  # noqa: B023 - called at once
            )


def _pointing_back(one: Search) -> Iterator[Question]:
    at = _points_back(one)
    at += [number for number in _after_a_gap(one) if number not in at]
    if at:
        yield from one.ask(
            "back",
            (one.shown.texts[number] for number in at),
            "This copy seems to point at something that is not in it, such as “as discussed” or a passage that goes on "
            "from one that is kept. Would its reader ask what that was?",
            lambda: _numbers(at),
        )


def _points_back(one: Search) -> list[int]:
    """Return the paragraphs that point at something said elsewhere, in words that are not the template's."""
    texts = enumerate(one.shown.texts)
    own = ((number, text.lower()) for number, text in texts if not one.origin.is_literal(text))
    return [number for number, text in own if _CUE.search(text) and _has_own(one, text)]


def _has_own(one: Search, text: str) -> bool:
    return any(one.origin.is_own("".join(pieces(found[0]))) for found in _POINTS_BACK.finditer(text))


def _after_a_gap(one: Search) -> Iterator[int]:
    """Yield the paragraphs that follow a withheld one and begin as if they went on from it."""
    if one.whole is None:
        return
    hidden = {id(passage.block) for passage in one.hidden}  # the whole's own blocks
    for before, after in zip(one.whole.blocks, one.whole.blocks[1:], strict=False):
        if id(before) not in hidden:
            continue
        number = next((n for n, block in enumerate(one.shown.letter.blocks, start=1) if block is after), 0)
        text = one.shown.texts[number]
        if number and _GOES_ON.match(text) and one.origin.is_own("".join(pieces(text)[:4])):
            yield number


def _on_safety(one: Search) -> Iterator[Question]:
    for passage in one.hidden:
        if bears_on_safety(passage.text):
            yield from one.ask(
                "safety",
                (passage.text,),
                "What is kept from this copy may bear on safety: an allergy, a medicine, a risk or somebody’s "
                "protection. Please talk with the client about it, and record that you did. It stays out all the same.",
                lambda: f"What is kept: {one.kept_place(passage)}",  # noqa: B023 - called at once
            )


def _numbers(at: list[int]) -> str:
    return ("paragraph " if len(at) == 1 else "paragraphs ") + ", ".join(map(str, at)) + " of this copy"
