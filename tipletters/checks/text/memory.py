"""Keeps Python's garbage collector from walking what a check is still building."""

import functools
import gc
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def without_collector(work: Callable[P, T]) -> Callable[P, T]:
    """Return `work` so that the collector of cycles rests while it runs.

    A check makes many small values and no cycles; walking them again and again took a third of its time. What is no
    longer used is freed all the same.
    """

    @functools.wraps(work)
    def rested(*args: P.args, **kwargs: P.kwargs) -> T:
        if not gc.isenabled():
            return work(*args, **kwargs)
        gc.disable()
        try:
            return work(*args, **kwargs)
        finally:
            gc.enable()

    return rested
