"""Of two people who could be meant, who is the likelier: what falls to the client, and what a professional measures."""

import re

_IS_OWN_KIN = re.compile(
    r"(?:his|her) [a-z-]+ (?:has|had|is|was|have|are) (?:(?:just|now|recently|also|been|only|very|still|seriously|newly) )*"
    r"(?:diagnosed|unwell|ill|dying|dead|died|left|away|in (?:hospital|prison|care|a home)|poorly|frail|disabled|had a|admitted|moved|working|passed|gone|deaf|blind|dementia|cancer|lost)\b"
    r"|(?:his|her) [a-z-]+ (?:died|left|moved|passed away|works|fell)\b"
)
# What falls to the client when their kin are ill or gone.
_BEARS = re.compile(
    r" (?:(?:now|still|also|therefore|really|often|always) )*(?:is|has been|was|has had to|had to|will be|feels|finds|cannot|can not|does|looks after|cares for|misses|worries|cries|blames)"
    r" ?(?:(?:now|left|still|also|not|able to|to|the|only|main|doing|sole|very) )*(?:caring|carer|look|looking|alone|lonely|struggl[a-z]+|managing|cope|coping|finding|low|tearful|grieving|guilty|worried|isolated|most|everything"
    r"|tired|exhausted|nights|it hard|on (?:his|her) own|work|manage|him|her|them|himself|herself|the children|anxious|left|supporting|visiting|upset|all)\b"
)
# "The manager says that he does not believe it": whoever speaks means themselves.
_OF_SELF = re.compile(
    r" (?:(?:does|did|will|would) not|cannot|never) (?:believe|trust|know|want|mind|recall|remember|accept)\b|(?: also)? (?:will|would|is going to|can|could) (?:help|ring|call|see|visit|support|write|send|keep|let|pay|bring|drive|pick|take)\b"
    r"| (?:herself|himself)\b| (?:knows|doubts|suspects|believes|is happy to|has (?:told|asked|warned|tried|offered|never met))\b"
)
_BODY = re.compile(
    r" (?:(?:latest|last|recent|current|fasting|resting|serum|body|own|left|right|high|low|raised) )*(?:bmi|weight|bp|blood|hba1c|u&e|u\+e|ecg|egfr|lfts?|bloods?|sats|saturations?|pulse|spirometry|fev1|peak flow|ef\b|inr"
    r"|urine|scan|mri|ct\b|x-?ray|biopsy|mood|cholesterol|glucose|potassium|sodium|creatinine|haemoglobin|hb\b|psa|tsh|ferritin|symptoms|presentation|risk|compliance|concordance|adherence|insight|diagnosis|medication|prognosis|attendance|engagement|mmse|moca|phq-?9?|gad-?7?|audit|score|iq\b)"
)
_NEAR = frozenset("with behind around beside on to".split())
_THINKS = frozenset("says said feels felt thinks thought believes knows".split())
_WITHIN_CLAUSE = re.compile(r"\b(?:where|when|whether|how|because|if|while|since) (?:his|her) (?:[a-z]+ )?$")
_IS_TO_BE = re.compile(
    r"[a-z]+(?:(?: (?:is|are))? to be| (?:was|were|has been|have been|is being) (?:told|informed|contacted|notified|asked|rung|phoned|copied|aware))\b"
)  # "Brother to be contacted. He is low."


def bears_after_kin(text: str, at: int, end: int) -> bool:
    """Say whether the client goes on, whose kin are ill or gone: "her mother has dementia and she is doing the caring".

    Args:
        text: of the sentence, with small letters.
        at: where the kin stand.
        end: of the pronoun.
    """
    return bool(_IS_OWN_KIN.match(text, at - 4) and _BEARS.match(text, end))


def is_of_body(text: str, end: int) -> bool:
    """Say whether what is measured or judged of a client follows: "his BMI".

    Args:
        text: of the sentence, with small letters.
        end: of the pronoun.
    """
    return bool(_BODY.match(text, end))


def acts_on(text: str, at: int, start: int) -> bool:
    """Say whether one verb stands between two words, so that they cannot mean the same person: "she holds her".

    Args:
        text: of the sentence, with small letters.
        at: where the first stands.
        start: of the second.
    """
    words = text[at:start].split()[1:] if start - at < 60 else ()
    return 0 < len(words) < 3 and words[-1] not in _NEAR and words[0] not in _THINKS


_AND_ACTS = re.compile(
    r"\band (?:then |also |has |had )?(?!(?:with|for|to|about|from|of|at|on|see|saw|let|help)\b)[a-z]+ $"
)
_ANOTHER_ACTS = re.compile(r"\b(?:i|we|who|that|whom)\b")


def acts_too(text: str, at: int, start: int) -> bool:
    """Say whether who begins a sentence does a second thing to somebody: "he sat with Norman and told him".

    Args:
        text: of the sentence, with small letters.
        at: where they stand.
        start: of the pronoun that means whom they act on.
    """
    return (
        at < 4 and bool(_AND_ACTS.search(text, max(0, start - 24), start)) and not _ANOTHER_ACTS.search(text, at, start)
    )


def is_aside(text: str, at: int) -> bool:
    """Say whether somebody is only told something, or stands in a clause of its own: "brother to be contacted".

    Args:
        text: of the sentence, with small letters.
        at: where they stand.
    """
    return bool(_IS_TO_BE.match(text, at) or _WITHIN_CLAUSE.search(text, max(0, at - 24), at))


def is_of_self(text: str, end: int) -> bool:
    """Say whether what follows a pronoun is said by a speaker of themselves: "says that he will help".

    Args:
        text: of the sentence, with small letters.
        end: of the pronoun.
    """
    return bool(_OF_SELF.match(text, end))
