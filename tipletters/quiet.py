"""The root of all values that may hold a secret."""


class Quiet:
    """A value whose `repr` names its class alone."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"
