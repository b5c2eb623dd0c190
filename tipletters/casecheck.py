"""What in a case cannot be right; each error names the key and the way out, never the value. See docs/case.md."""

import datetime
import re

from nhs_number import is_valid

from tipletters.case import Case
from tipletters.consent import CLIENT, EVERYONE
from tipletters.errors import CaseError
from tipletters.people import Client
from tipletters.wording import means_nothing


def _check_reference(case: Case) -> None:
    where, then = f"{case.where}, reference", "Use a short reference of your own, such as ST-2026-014."
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 ._/-]{0,62}[A-Za-z0-9]|[A-Za-z0-9]", case.reference):
        raise CaseError(
            "The reference may hold letters, digits, spaces and the signs - . _ / (64 at most).", where=where, then=then
        )
    if re.search(r"\d{9,}", re.sub(r"[\s._/-]", "", case.reference)):
        raise CaseError("The reference looks like an NHS or CHI number.", where=where, then=then)
    if _names_client(case.reference, case.client):
        raise CaseError("The reference holds the client's name. It is printed and seen.", where=where, then=then)


def _names_client(text: str, client: Client) -> bool:
    names = f"{client.first_name} {client.last_name} {client.preferred_name}".casefold()
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return any(
        len(name) > 1 and (name in words or (len(name) > 3 and name in text.casefold())) for name in names.split()
    )


def _check_names(case: Case) -> None:
    client, where = case.client, f"{case.where}, [client]"
    empty = [key for key in ("first_name", "last_name") if not getattr(client, key).strip()]
    if empty and not (client.one_name and client.name.strip()):
        raise CaseError(
            f"“client → {empty[0]}” is empty.",
            where=where,
            then="Fill it in. If they have one name alone, say so: one_name = true.",
        )
    if client.one_name and not empty:
        raise CaseError(
            "It says that the client has one name alone, and holds two.",
            where=f"{where} → one_name",
            then="Take one of the names out, or take out that they have one name alone.",
        )


def _is_chi_number(digits: str) -> bool:
    """Say whether digits begin with a day, month and year, as CHI numbers do and NHS numbers never."""
    try:
        datetime.date(2000 + int(digits[4:6]), int(digits[2:4]), int(digits[:2]))
    except ValueError:
        return False
    return True


def check_client(client: Client, on: datetime.date, where: str) -> None:
    """Refuse what cannot be right about the person a letter is to.

    The numbers: 010 100 0000 to 311 299 9999 are CHI numbers, which begin with the date of birth; in England, Wales and
    the Isle of Man none of these is given as an NHS number (https://en.wikipedia.org/wiki/NHS_number, "number ranges";
    NHS Scotland's data dictionary, "Community Health Index Number"). Both end in the same check digit.

    Args:
        client: the person.
        on: the date of the letter.
        where: where it stands, for errors.

    Raises:
        CaseError: names the key and the way out, never the value.
    """
    born, died = client.date_of_birth, client.date_of_death
    if born and (born > on or born.year < 1890):
        raise CaseError("This date of birth cannot be right.", where=f"{where} → date_of_birth", then="Check the year.")
    if died and born and died < born:
        raise CaseError("The date of death is before the date of birth.", where=where, then="Check both dates.")
    if client.key and (_names_client(client.key, client) or not re.search(r"\d", client.key)):
        raise CaseError(
            "The client's key looks like a name.",
            where=f"{where} → key",
            then="Use your service's own reference for them, with a digit in it, such as ST-0412.",
        )
    for key, name in (("nhs_number", "NHS"), ("chi_number", "CHI")):
        digits = re.sub(r"[\s-]", "", getattr(client, key))
        if digits and not is_valid(digits):
            raise CaseError(
                f"This {name} number cannot be right: its last digit does not fit the others.",
                where=f"{where} → {key}",
                then="Check it against the record.",
            )
        if digits and name == "NHS" and _is_chi_number(digits):
            raise CaseError(
                "Is this a CHI number? It begins with a date, as a CHI number does, and no NHS number does.",
                where=f"{where} → {key}",
                then="Put it in as their CHI number, or check it against the record.",
            )


# What may be left empty, and where a "no" would be taken for a name or for words to print.
_MAY_BE_EMPTY = {
    "client": ("title", "preferred_name"),
    "decides": ("who",),
    "delivery": ("post_opened_by", "envelope_name", "envelope_marking"),
}


def _check_empty(case: Case) -> None:
    own = case.client.name.casefold().split()
    for section, names in _MAY_BE_EMPTY.items():
        for name in names:
            value = getattr(getattr(case, section), name)
            if means_nothing(value) and value.casefold() not in own:
                raise CaseError(
                    "A word for “nothing” stands here, and would be taken for the answer.",
                    where=f"{case.where}, [{section}] → {name}",
                    then="Leave it empty, or put the answer in.",
                )


def _check_author(case: Case) -> None:
    if not case.author.name:
        raise CaseError(
            "It does not say who writes.", where=f"{case.where}, [author]", then='Add name = "…" and role = "…".'
        )


def _check_dates(case: Case) -> None:
    # The client may be asked how to reach them after the letter was dated; the gate sees to a day still to come.
    for key, value in (
        ("client → address_since", case.client.address_since),
        ("decides → seen", case.decides.seen),
        ("decides → judged_on", case.decides.judged_on),
    ):
        if value and value > case.date:
            raise CaseError(f"“{key}” is later than the letter.", where=case.where, then="Check the date.")


def _check_recipients(case: Case) -> None:
    seen: set[str] = set()
    for number, one in enumerate(case.recipients, start=1):
        where = f"{case.where}, [[recipients]] number {number}"
        if not re.fullmatch(r"[a-z][a-z0-9-]{0,29}", one.key) or one.key.startswith(CLIENT) or one.key == EVERYONE:
            raise CaseError(
                "A recipient's key is a short word in small letters.", where=where, then='Write, for instance, "gp".'
            )
        if one.key in seen:
            raise CaseError(f"Two recipients have the key “{one.key}”.", where=where, then="Give each its own.")
        if _names_client(one.key.replace("-", " "), case.client):
            raise CaseError(
                "A recipient's key holds the client's name, and would stand in a file's name.",
                where=where,
                then='Use the role instead, such as "parent".',
            )
        if not one.name:
            raise CaseError("A recipient has no name.", where=where, then="Add a name or a team.")
        seen.add(one.key)


def _check_answers(case: Case) -> None:
    for number, one in enumerate(case.answers, start=1):
        if not (one.question.strip() and one.answer.strip() and one.by.strip()):
            raise CaseError(
                "An answer to a question is not complete.",
                where=f"{case.where}, [[answers]] number {number}",
                then="Write question, answer, by and date.",
            )


_CHECKS = (
    _check_reference,
    _check_names,
    lambda case: check_client(case.client, case.date, f"{case.where}, [client]"),
    _check_empty,
    _check_author,
    _check_dates,
    _check_recipients,
    _check_answers,
)


def check_case(case: Case) -> None:
    """Refuse a case in which something cannot be right.

    Raises:
        CaseError: names the key and the way out, never the value.
    """
    for check in _CHECKS:
        check(case)
