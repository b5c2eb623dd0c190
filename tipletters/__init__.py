"""tipletters: write to your clients in words that they understand, with copies only for those whom they agreed to."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tipletters.checks.run import check, check_text
    from tipletters.checks.text.difficulty import sentence_difficulty

__version__ = "0.1.0"

# Public names, each with where it lives; imported when it is first asked for.
_PUBLIC = {
    "check": "tipletters.checks.run",
    "check_text": "tipletters.checks.run",
    "sentence_difficulty": "tipletters.checks.text.difficulty",
}
__all__ = ["__version__", "check", "check_text", "sentence_difficulty"]


def __getattr__(name: str) -> Any:
    import importlib

    if name not in _PUBLIC:
        raise AttributeError(f"tipletters has no “{name}”")
    return getattr(importlib.import_module(_PUBLIC[name]), name)
