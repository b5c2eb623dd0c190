"""As what a letter speaks of the client: "Patient", "this lady", "Mother"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from tipletters.checks.lexis.cues import cues
from tipletters.checks.lexis.finder import JARGON
from tipletters.checks.text.greeting import CLIENT_TITLES
from tipletters.checks.text.line import Line

_PERSONS = (
    "lady|gentleman|woman|man|boy|girl|youngster|teenager|patient|client|service user|chap|lad|lass|fellow|infant|toddler|baby|child|male|female"
    "|pensioner|widow|widower|mother|father|mum|dad|grandmother|grandfather|schoolboy|schoolgirl|student|smoker|diabetic|asthmatic|epileptic|tenant"
    "|offender|claimant|applicant|resident|individual|family|household|householder|customer|inmate|detainee|defendant|primigravida|boy|pupil|prisoner|soul|alcoholic|\\w+ addict|user"
    "|teacher|farmer|driver|builder|plumber|joiner|carpenter|electrician|engineer|cook|chef|cleaner|shopkeeper|secretary|clerk|accountant|lecturer|soldier|mechanic|painter|decorator"
    "|hairdresser|publican|labourer|fisherman|miner|musician|artist|librarian|policeman|policewoman|postman|waiter|waitress|seamstress|tailor|baker|butcher|gardener|roofer|welder"
)
_LIVES = "retired|former|widowed|married|divorced|right-handed|left-handed|pleasant|delightful|charming|unfortunate|elderly|frail"
_THIS = re.compile(
    rf"\bthis (?:(?!while |your |the |is |was |and you |for |with |to |of |when |that |if |from |after |my |our |has )[a-z'’-]+ |\d+[a-z-]* ){{0,4}}?(?:{_PERSONS})\b(?! (?:clinic|group|unit|ward|service|centre|team|book|record|plan|protection|benefit|health|support)\b)"
    r"|\bthis (?!is |was |means |will |can |may |has )(?:[a-z-]+ ){1,4}?[a-z-]+(?=,? who(?:m|se)?\b)"
    rf"|\b(?:this|an?) (?:(?!is |was )[a-z-]+ ){{0,3}}?\d+[- ]?(?:year|yr)s?[- ]old(?: [a-z-]+)?(?: (?:{_PERSONS}))?|(?:^|(?<=: )|(?<=\bin )|(?<=describe )|(?<=describes )|(?<=described ))an? (?:[a-z-]+,? ){{0,3}}?(?:lady|gentleman|woman|man|boy|girl|child)\b(?= with|,| who)"
    rf"|\ban? (?:[a-z-]+ ){{0,2}}?(?:lady|gentleman|woman|man|boy|girl|child) of (?:this|that|such|\d+|(?:his|her|your) (?:age|size|years|build|weight))\b|\bthis (?:very |most )?(?:{_LIVES}),? (?:[a-z-]+ ){{0,2}}?[a-z-]{{3,}}(?=[ ,.;]|$)(?<!event)(?<!incident)(?<!news)(?<!situation)"
)
_ROLES = "Patient|Client|Service user|Pt|Claimant|Tenant|Applicant|Offender|Resident|Employee|Appellant|Licence holder|Policyholder|Inmate|Prisoner|Detainee|Defendant|Householder|Customer"
# Which begin other things too: "Adult services", "Pupil support".
_LESS_SURE = "Learner|Adult|Pupil|Student|Young person|Member|Occupier|Supervisee|Parolee|Service-user|Complainant|Debtor|Subject|Account holder|Victim|YP|S/U|SU|IP"
_REPORTED = (
    "(?:is|was|has|had|will|did|does|can|cannot|presents|presented|requires|required|remains|remained|reports|reported|attended|attends|needs|continues|denies|denied|engages|engaged|states|stated|appears|appeared"
    "|lacks|declined|declines|refuses|refused|demonstrates|displays|struggles|claims|claimed|failed|fails|disclosed|admits|admitted|struggled|seen|advised|agreed|wishes|wants)"
)
_BEFORE_BARE = "say says think thinks thought feel feels felt believe report reports reported stated states confirmed informed as that if when but since because while note and whether where so though although unless until once before after said advised"
_AFTER = "|".join(rf"(?<=\b{word} )" for word in _BEFORE_BARE.split())
# The client as a bare word: "Patient was seen", "Client is vague".
BARE = re.compile(
    rf"(?:^|(?<=[.;:] ))(?:{_ROLES})(?= (?!(?:names?|info|information|advice|liaison|group|records?|transport|led|num|number|no|ref|id|reference|services?|safety)\b)(?:[a-z]|DNA|CO\b|BP\b))"
    r"|(?:^|(?<=[.;:] ))(?:Patient|Client|Service user|Claimant|Tenant|Applicant|Appellant|Pt)[’']s(?= [a-z])"
    rf"|(?:^|(?<=[.;:] ))(?:{_LESS_SURE})(?= {_REPORTED}\b)"
    rf"|(?:{_AFTER}|(?<=[,;:] ))"
    rf"(?:{_ROLES.lower()}|IP|YP|SU)(?= (?:is|was|has|had|will|would|can|did|does|seen|told|found|given|came|went|felt|said|met|[a-z]+ed|[a-z]{{3,}}[a-z]s)\b)"
    r"|\b(?:(?<=to )|(?<=with )|(?<=by ))patient(?=[.,;:]|$| (?:and|&) (?:family|relatives|wife|husband|partner|(?:grand)?(?:son|daughter|mother|father)|mum|dad|carers?|nok|NOK)\b)"
)
BARE_WORDS = cues(
    "patient patient's client client's user's claimant's tenant's applicant's appellant's service pt claimant tenant applicant offender resident employee appellant licence policyholder inmate prisoner detainee defendant householder customer learner adult pupil student young member occupier supervisee parolee service-user complainant debtor subject account victim yp s/u su ip"
)
PERSON_WORDS = cues("lady gentleman woman man boy girl child children adult adult's veteran veteran's")
_ADULTS = frozenset(("adult", "adult's", "veteran", "veteran's"))
THIS = cues("this")


class Client(NamedTuple):
    """Whom a letter is to, or about.

    Args:
        names: by which the letter may call them.
        gender: "f", "m", or nothing where it is unclear.
        is_topic: the letter speaks about them as a whole, and not to them.
        is_parent: they are grown up and have a child, so that "the child" is somebody else.
        parent_words: of "mother", "dad" and so on those that mean the client where nobody's stands before them.
        by_first_name: the letter calls them so; with a title the name is another's.
    """

    names: frozenset[str] = frozenset()
    gender: str = ""
    is_topic: bool = False
    is_parent: bool = False
    parent_words: frozenset[str] = frozenset()
    by_first_name: bool = False

    @property
    def initials(self) -> list[str]:
        """Those of the names that are initials: "K", "Mr B"."""
        return [name for name in self.names if name[-2:-1] in ("", " ") or (name.isupper() and len(name) < 4)]


PARENT_WORDS = frozenset("mother mum mam father dad parents".split())
FAMILY_WORDS = frozenset("gran granny nan grandma grandad nana children".split())
PARENTS = cues(" ".join(f"{word} {word}'s" for word in sorted(PARENT_WORDS | FAMILY_WORDS | {"carer"})))
# "Mother", with nobody's before it: social work's name for the parent to whom it writes.
_BARE_PARENT = re.compile(
    r"(?<![\w’'(-])(?<!\byour )(?<!\b[Hh]is )(?<!\b[Hh]er )(?<!\b[Tt]heir )(?<!\b[Tt]he )(?<!\ba )(?<!\bmy )(?<!\bour )(?<![’']s )(?<!s[’'] )(?<!\bof )"
    r"(?<!\bbirth )(?<!\bfoster )(?<!\bsingle )(?<!\bnew )((?:[Bb]irth )?[Mm]other|[Mm]um|[Mm]am|[Ff]ather|[Dd]ad|[Gg]ran(?:ny)?|[Nn]ana?|[Gg]randma|[Gg]randad|[Cc]arer(?= (?:[a-z]+s|[a-z]+ed|felt|said|told|will) )"
    r"|(?<!other )(?<!all )(?<!some )(?<!many )(?<!most )(?<!both )(?<!for )(?<!and )(?<!as )[Pp]arents(?=[’']? (?:own|have|are|were|had|did|do|tend|said|say|felt|feel|allege|claim|report|state|deny|believe|maintain|want|wish|refuse|remain|appear|insist|minimise|agree|must|should|need|lack|\w+ed)\b)|(?<=that )[Pp]arents(?= [a-z]+\b))"
    r"(?:[’']s)?\b(?!-| (?:and baby|[A-Z]|of|to be))"
)


def as_parent(line: Line, client: Client) -> Iterator[re.Match[str]]:
    """Yield where a letter to a parent speaks of them as "Mother" or "dad's"."""
    if PARENTS.isdisjoint(line.seen.cues) or not client.parent_words or not _YOU.isdisjoint(line.seen.words):
        return
    is_sure = client.is_parent or client.is_topic or bool(line.found("doubt", "stigma", *JARGON))
    text = line.sentence.text
    for found in _BARE_PARENT.finditer(text):
        word = found[1].lower().removeprefix("birth ")
        if word not in client.parent_words or _SOME_PARENT.search(text, max(0, found.start() - 24), found.start()):
            continue
        if is_sure or word in ("mother", "father", "carer"):
            yield found


_SOME_PARENT = re.compile(r"\b(?:own|an?|no|such) (?:[a-z-]+ )?$")  # "her own mother", "a loving mother"
_YOU = frozenset("you your yours yourself".split())


def bare_client(line: Line) -> tuple[re.Match[str], ...]:
    """Return where a sentence has the client as a bare word: "Patient was seen"."""
    return tuple(BARE.finditer(line.sentence.text))


def named_as_this(line: Line) -> tuple[re.Match[str], ...]:
    """Return where a sentence says "this lady" and the like."""
    words = line.seen.words
    named = "this" in words or ("old" in words and line.has_digit()) or not PERSON_WORDS.isdisjoint(line.seen.cues)
    return tuple(_THIS.finditer(line.seen.folded)) if named else ()


def as_this(line: Line, client: Client) -> Iterator[re.Match[str]]:
    """Yield where "this lady" means the client: in a letter to them, "this baby" is somebody else."""
    for found in line.of(named_as_this):
        is_theirs = found[0].startswith("this ") or (_OF_AGE.search(found[0]) and not client.is_parent)
        if client.is_topic or (is_theirs and not _YOUNG.search(found[0])):
            yield found
    if client.is_topic and "above" in line.seen.words:
        yield from _THE_ABOVE.finditer(line.seen.folded)
    if not _ADULTS.isdisjoint(line.seen.cues):
        yield from _THE_ADULT.finditer(line.seen.folded)
    if client.is_topic and "children" in client.parent_words & line.seen.cues:
        yield from _THE_CHILDREN.finditer(line.seen.folded)
    if client.is_topic and not client.is_parent and not PERSON_WORDS.isdisjoint(line.seen.cues):
        for found in _THE_CHILD.finditer(line.seen.folded):
            if client.gender in ("", CLIENT_TITLES[found[1]]):
                yield found


# "The Adult" of the law on incapacity, but no adult ward and no adult services.
_THE_ADULT = re.compile(
    r"\bthe (?:adult|veteran)(?= (?:himself|herself|is|was|has|had|may|might|shall|should|will|would|can|could|being|remains?|lives?|does|did|wants|says|told|tells|reports|feels|needs|[a-z]+ed)\b|[,;.]|'s )"
)
_THE_ABOVE = re.compile(
    r"(?:(?<=\bof )|(?<=regarding )|(?<=about )|(?<=\bre )|(?<=seen )|(?<=saw )|(?<=see )|(?<=seeing )|(?<=met )|(?<=for )|(?<=reviewed )|(?<=visited )|(?<=assessed ))the above(?=[.,;]| (?:in|on|at|who|whom|today|again|with)\b)"
    r"|^the above(?= (?:was|is|has|had|came|left|went|will|would|can|cannot|did|does|lives|remains|resides|needs|presents|reports|tells|told|says|said|[a-z]{3,}ed)\b(?! (?:by|in|at|on) (?:the )?(?:letter|meeting|plan|table)))"
)
_THE_CHILDREN = re.compile(r"\bthe children\b(?!'s)")
_THE_CHILD = re.compile(
    r"(?:\b(?:fairness|justice) to the (?=man|woman|lad|lady)|\bthe (?=boy|girl))(boy|girl|man|woman|lad|lady)\b(?! (?:who|next|with|in|at|from)\b)"
)
_OF_AGE = re.compile(r" of [a-z\d ]+$")
_YOUNG = re.compile(r"\b(?:baby|infant|toddler|family|household|customer|householder)$")
