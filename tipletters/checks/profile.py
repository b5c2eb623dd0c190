"""Profiles: how strict the checks are, each number with its source."""

from dataclasses import dataclass, field
from pathlib import Path

from tipletters.errors import CaseError, did_you_mean
from tipletters.resources import folder
from tipletters.tomlfile import fit, read_toml


@dataclass(frozen=True)
class Profile:
    """One profile.

    Args:
        aim_reading_age: years, at most.
        sentence_words: words from which a sentence is long.
        sentence_words_worse: words from which it is a warning.
        paragraph_sentences: sentences that a paragraph may have.
        list_items: items that a list may have.
        rare_word_points: how much a rare word that no list has must look like one of the trade (see `jargon`).
        mild_words: whether words that most adults know ("additional", "fatigue") are jargon too.
        skip: checks that are left out.
        sources: where each number comes from.
    """

    aim_reading_age: int = 11
    sentence_words: int = 20
    sentence_words_worse: int = 30
    paragraph_sentences: int = 3
    list_items: int = 9
    rare_word_points: float = 0.2
    mild_words: bool = False
    skip: tuple[str, ...] = ()
    sources: dict[str, str] = field(default_factory=dict, hash=False)


def profile_of(name: str) -> Profile:
    """Return a profile by name, or from an organisation's own file.

    Args:
        name: a shipped profile, or the path of a `.toml` file.

    Raises:
        CaseError: there is none, or it cannot be used.
    """
    shipped = {path.stem: path for path in (folder("wordlists") / "profiles").glob("*.toml")}
    path = Path(name) if name.endswith(".toml") else shipped.get(name)
    if path is None:
        raise CaseError(
            f"There is no profile “{name}”.",
            where="--profile",
            then=did_you_mean(name, shipped) or f"There are: {', '.join(sorted(shipped))}, or the path of your own.",
        )
    return fit(Profile, read_toml(path), str(path))
