"""The root of all values that may hold a secret."""


def quiet(value: object) -> str:
    """Return a `repr` that names a value's class alone; for values that cannot have Quiet as their root."""
    return f"<{type(value).__name__}>"


class Quiet:
    """A value whose `repr` names its class alone."""

    __slots__ = ()

    __repr__ = quiet
