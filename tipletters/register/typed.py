"""The number by which somebody typed a client: a slip of the hand must not be taken for another client."""

from nhs_number import is_valid

from tipletters.errors import RegisterError
from tipletters.register.chain import folded
from tipletters.register.store import Register

NOBODY = "Nothing was on record under this number before. Is it the right one? Check it against the record."


def is_known(register: Register, client: str) -> bool:
    """Say whether anything is on record of a client.

    Args:
        register: the open register.
        client: their number or key, as it was typed. A service's own key may have ten digits too: one that is on
            record, from a case, is taken.

    Raises:
        RegisterError: the register cannot be read, or nothing is on record and the number cannot be right.
    """
    if register.history(client):
        return True
    number = folded(client)
    if len(number) == 10 and number.isdecimal() and not is_valid(number):
        raise RegisterError(
            "This NHS or CHI number cannot be right: its last digit does not fit the others.",
            where="the client's number",
            then="Check it against the record.",
        )
    return False
