"""Under which heading the checks stand when people read what they say; every check stands under one."""

SECTIONS = {
    "What could hurt": (
        *("threat", "stigma", "third-person", "doubt", "order", "false-promise", "surprise", "detail", "gp-speak"),
    ),
    "Words that could trip the reader": ("medicine", "jargon", "abbreviation"),
    "What looks private": ("identifier", "sensitive", "third-party", "file-name", "metadata"),
    "How it is written": (
        *("long-sentence", "long-paragraph", "dense-list", "passive", "double-negative", "nominalisation"),
        *("brackets-and-codes", "number-format", "capitals", "italics-underline"),
    ),
    "What it does not seem to say": ("missing",),
}
