"""How far a letter has come, and every move there is. A move that is not in MOVES is an error."""

from enum import StrEnum

from tipletters.errors import ReviewError


class State(StrEnum):
    """How far a letter has come."""

    DRAFTED = "drafted"
    WITH_CLIENT = "with the client"
    CAME_BACK = "came back"
    DECLINED = "the client did not want to check it"
    FINAL = "final"
    REISSUED = "reissued"


class Act(StrEnum):
    """What is done with a letter."""

    START = "give it to the client to check"
    ANSWER = "write down the client's answers"
    DECLINE = "write down that the client does not want to check it"
    FINISH = "make it final"
    REISSUE = "reissue it"


MOVES = {
    (State.DRAFTED, Act.START): State.WITH_CLIENT,
    (State.DRAFTED, Act.FINISH): State.FINAL,  # only letters of a kind that is not checked
    (State.WITH_CLIENT, Act.START): State.WITH_CLIENT,
    (State.WITH_CLIENT, Act.ANSWER): State.CAME_BACK,
    (State.WITH_CLIENT, Act.DECLINE): State.DECLINED,
    (State.WITH_CLIENT, Act.FINISH): State.FINAL,  # only after the reply-by date, with a reason
    (State.CAME_BACK, Act.START): State.WITH_CLIENT,
    (State.CAME_BACK, Act.ANSWER): State.CAME_BACK,
    (State.CAME_BACK, Act.DECLINE): State.DECLINED,
    (State.CAME_BACK, Act.FINISH): State.FINAL,
    (State.DECLINED, Act.START): State.WITH_CLIENT,
    (State.DECLINED, Act.ANSWER): State.CAME_BACK,
    (State.DECLINED, Act.FINISH): State.FINAL,
    (State.FINAL, Act.ANSWER): State.FINAL,  # a no or a "private" counts at any time
    (State.FINAL, Act.FINISH): State.FINAL,  # somebody more may have a copy now
    (State.FINAL, Act.REISSUE): State.REISSUED,
    (State.REISSUED, Act.START): State.WITH_CLIENT,
    (State.REISSUED, Act.FINISH): State.FINAL,  # only letters of a kind that is not checked
}

_FIRST = {
    (State.DRAFTED, Act.ANSWER): "Make a copy to check first: “tipletters review start”.",
    (State.REISSUED, Act.ANSWER): "Make a copy to check first: “tipletters review start”.",
    (State.FINAL, Act.START): "To change a final letter, use “tipletters reissue” first.",
}


def after(state: State, act: Act) -> State:
    """Return the state to which an act leads.

    Raises:
        ReviewError: there is no such move.
    """
    try:
        return MOVES[state, act]
    except KeyError:
        raise ReviewError(
            f"This letter is “{state}”. You cannot {act} now.",
            then=_FIRST.get((state, act), "Run “tipletters status” to see what each letter waits for."),
        ) from None
