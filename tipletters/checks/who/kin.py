"""Words for people, and by which pronouns they could be meant (wordlists/people.txt)."""

from tipletters.checks.lexis.words import columns
from tipletters.checks.who.whom import FEMALE, MALE

BOTH = FEMALE + MALE
_LISTED = [(pronouns, purpose, words.split(" ")) for pronouns, purpose, words in columns("people.txt", 3)]
PEOPLE = {word: pronouns for pronouns, _, words in _LISTED for word in words}
WORKERS = frozenset(word for _, purpose, words in _LISTED if purpose == "work" for word in words)
