"""News that seems to come by letter first.

Why it matters: a diagnosis, a risk or a result that nobody talked about hits a person who is alone with it.
Bad: The scan shows a tumour.
Good: When we talked on Monday, I told you what the scan shows.
Advice, once in a letter: phone first, and say in the letter when you talked.
Source: Academy of Medical Royal Colleges, "Please, write to me" (2018).
"""

import re
from collections.abc import Iterator

from tipletters.checks.issue import Issue
from tipletters.checks.view import View

_NEWS = re.compile(
    r"\b(?:diagnosis of|diagnosed with|you have (?:got )?(?:cancer|dementia|diabetes|schizophrenia|bipolar|personality disorder|autism|adhd)"
    r"|tumour|malignan\w{1,3}|(?:test|scan|results?|biopsy|x-ray) (?:show|shows|showed|confirms?|confirmed|found)|at (?:high|serious) risk)\b"
)
_TALKED = re.compile(
    r"\b(?:we (?:talked|spoke|discussed|met|agreed|went through)|as (?:we )?(?:discussed|agreed|promised)|you (?:told|said|asked)|i (?:told|explained|phoned|called)"
    r"|when (?:we|i) (?:met|talked|spoke|saw)|thank you for coming|on the phone|our (?:meeting|talk|appointment|call))\b"
)


def check(view: View) -> Iterator[Issue]:
    """Yield advice at the first piece of news, where nothing says that it was talked about."""
    if any(_TALKED.search(line.seen.folded) for line in view.lines):
        return
    for line in view.lines:
        if found := _NEWS.search(line.seen.folded):
            message = "Was this talked about? Phone first, and say in the letter when you talked."
            yield line.advice("surprise", found, message)
            return
