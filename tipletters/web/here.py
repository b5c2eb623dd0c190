"""What an error asks for at a terminal, said as what the page itself has for it."""

import re

from tipletters.wording import advice_of

_REGISTER = r"tipletters register \w+(?: --set)?"
# Each command or option, in order, with what to say instead. One that stands nowhere here loses its sentence.
_HERE: tuple[tuple[str, str], ...] = (
    ("“tipletters review start”", "“Make the copy to check” (in its review)"),
    ("“tipletters review enter --declined”", "choose “They do not want to check it” (in its review)"),
    ("“tipletters review enter”", "“Fill it in together” (in its review)"),
    ("“tipletters reissue”", "“Write it anew” (in its review)"),
    (r"tipletters review read (\S+?)(?=\.?(?:\s|$))", r"choose “Open the file” (in its review), then \1"),
    ("Run “tipletters status”", "Go to the page of all letters"),
    ("Run “tipletters (?:templates|corrections due)”", "Load the page again"),
    ("say why: add --reason", "say why (in its review)"),
    ("say so: one_name = true", "say so below their names"),
    ("Add --reason", "Write it beside your decision"),
    ("Add --now-says", "Write what the letter is to say"),
    (", and add --reason", ", and say why"),
    ("with --reason", "with a reason (in its review)"),
    ("with --how-known", "and say how you know"),
    (" with --reply-by|, or add --case with the letter's case|, or use --html instead", ""),
    ("add --force(?: to write over it)?", "choose “Write over the old ones” where it is offered"),
    ("Add --register with it, or choose", "Choose"),
    (r"([Cc]hoose an?(?:other)?\b[^.]*) with -o", r"\1, and start tipletters there"),
    ("add --looked to go on", "choose “I looked”"),
    (r"Add --date with the day of the letters, such as --date [\d-]+, or", "Fill in the date of the letters, or add"),
    (r" \(--recipients\)|, or the variable \w+", ""),
    ("Run the same command again", "Write the letters again"),
    ("without --pdf", "without the PDF"),
    ("(eave out) --pdf", r"\1 the PDF"),
    ("Choose another with --sheet", "Put the sheet that you mean first"),
    (f"(looks after tipletters): {_REGISTER}", r"\1"),
    (f": {_REGISTER}", ", together with the person who looks after tipletters"),
    (f"`{_REGISTER}` showed", "was shown where the register was made"),
)
_COMMAND = re.compile(r"(?<![\w-])--?[a-z]|[“`]tipletters |tipletters (?:review|register|consent|batch|draft|final)\b")


def here(text: str) -> str:
    """Return what to do in the page's own words; what only somebody at a terminal can do is left out.

    Args:
        text: what an error or a copy's summary says to do.
    """
    for command, instead in _HERE:
        text = re.sub(command, instead, text)
    return " ".join(one for one in advice_of(text) if not _COMMAND.search(one))
