"""Attacks on the proof: every place in a file where a secret could ride along, and every field that could carry one."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from cases import case
from conftest import NOW
from docx.shared import Mm
from hypothesis import example as this_one
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject
from test_documents import example
from test_proof import KEPT, proved, with_secret

from tipletters.config import Config, House, Organisation
from tipletters.copies import Copy
from tipletters.draft import Draft, draft
from tipletters.errors import ProofError
from tipletters.output import printed, save
from tipletters.proof import origin_of, prove
from tipletters.proof.archive import entries
from tipletters.resources import folder
from tipletters.writers import WRITERS, libreoffice

SAID = "partner has been shouting at"


def copy_of(made: Draft, key: str) -> Copy:
    return next(one for one in made.copies if one.key == key)


@pytest.fixture(scope="session")
def letterhead(tmp_path_factory: pytest.TempPathFactory) -> House:
    """An organisation whose letterhead is an old letter with a header, a table and a picture."""
    home = tmp_path_factory.mktemp("house")
    document = docx.Document()
    document.add_paragraph("Dear Somebody, this was another letter.")
    header = document.sections[0].header
    header.paragraphs[0].text = "Mill Lane Service · 4 Mill Lane"
    header.add_paragraph().add_run().add_picture(str(folder("templates") / "examples" / "logo.png"), height=Mm(10))
    document.sections[0].footer.paragraphs[0].text = "A charity, number 12345"
    document.save(str(home / "head.docx"))
    return House(Config(Organisation("Mill Lane", letterhead="head.docx")), home)


def test_a_letter_on_an_organisations_own_letterhead_is_proved(letterhead: House, tmp_path: Path) -> None:
    made = with_secret(tmp_path, "You like the sea.")
    for kind in WRITERS:
        save(made, letterhead, tmp_path / kind, kind=kind)


@pytest.fixture(scope="session")
def pages(letterhead: House, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, Draft, House]]:
    """Two letters as PDF: one with a logo, one on a letterhead. LibreOffice runs once."""
    place = tmp_path_factory.mktemp("pdf")
    plain, house = example("meeting-summary")
    headed = with_secret(place, "You like the sea.")
    found = {"plain": (plain, house), "headed": (headed, letterhead)}
    documents = {name: printed("docx", [copy_of(made, "gp")], of, {})["gp"] for name, (made, of) in found.items()}
    made = libreoffice.to_pdf(documents, place)
    return {name: (made[name], *found[name]) for name in found}


def prove_page(data: bytes, made: Draft, house: House) -> None:
    copy, origin = copy_of(made, "gp"), origin_of(made.case, made.template)
    assert copy.letter is not None
    prove(data, "pdf", copy.letter, copy.look, house, hidden=copy.hidden, origin=origin)


@pytest.mark.needs_libreoffice
@pytest.mark.parametrize("name", ["plain", "headed"])
def test_a_pdf_is_proved(pages: dict[str, tuple[bytes, Draft, House]], name: str) -> None:
    prove_page(*pages[name])


def again(data: bytes, change: Callable[[PdfWriter], Any]) -> bytes:
    """Write a PDF anew with pypdf, with something changed in it."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.add_metadata({"/Producer": "LibreOffice 7.4"})
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _root(writer: PdfWriter, **more: Any) -> None:
    writer.root_object.update({NameObject(f"/{key}"): value for key, value in more.items()})


def _annotate(writer: PdfWriter) -> None:
    note = DictionaryObject(
        {NameObject("/Type"): NameObject("/Annot"), NameObject("/Contents"): TextStringObject(SAID)}
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])


def _draw(writer: PdfWriter) -> None:
    """Print words that cannot be seen (rendering mode 3)."""
    stream = DecodedStreamObject()
    font = next(iter(writer.pages[0]["/Resources"]["/Font"]))  # type: ignore[index]
    stream.set_data(b"BT 3 Tr %s 8 Tf 50 50 Td <0102030405060708> Tj ET" % font.encode())
    old = writer.pages[0]["/Contents"]
    writer.pages[0][NameObject("/Contents")] = ArrayObject([writer._add_object(old), writer._add_object(stream)])


INTO_PDF = {
    "a subject": lambda writer: writer.add_metadata({"/Subject": SAID}),
    "a title": lambda writer: writer.add_metadata({"/Title": SAID}),
    "an attachment": lambda writer: writer.add_attachment("a.txt", SAID.encode()),
    "a script": lambda writer: _root(
        writer, Names=DictionaryObject({NameObject("/JavaScript"): TextStringObject(SAID)})
    ),
    "an annotation": _annotate,
    "a heading in the contents": lambda writer: writer.add_outline_item(title=SAID, page_number=0),
    "a string at the root": lambda writer: _root(writer, Note=TextStringObject(SAID)),
    "a name at the root": lambda writer: _root(writer, Note=NameObject("/your-partner-has-been-shouting-a-lot")),
    "a link": lambda writer: writer.add_uri(0, "https://example.org/", (0, 0, 9, 9)),
    "an object that nothing leads to": lambda writer: writer._add_object(TextStringObject(SAID)),
    "a page": lambda writer: writer.add_blank_page(100, 100),
    "words that cannot be seen": _draw,
}


@pytest.mark.needs_libreoffice
@pytest.mark.parametrize("change", INTO_PDF.values(), ids=INTO_PDF.keys())
def test_what_is_put_into_a_pdf_is_refused(
    pages: dict[str, tuple[bytes, Draft, House]], change: Callable[[PdfWriter], Any]
) -> None:
    data, _, house = pages["plain"]
    made = with_kept(pages["plain"][1])
    prove_page(again(data, lambda _: None), made, house)
    with pytest.raises(ProofError) as caught:
        prove_page(again(data, change), made, house)
    assert "shouting" not in str(caught.value)


def with_kept(made: Draft) -> Draft:
    """The example, whose GP does not get the passage about the shouting partner."""
    assert any("shouting" in one.text for one in copy_of(made, "gp").hidden if hasattr(one, "text"))
    return made


@pytest.mark.needs_libreoffice
@pytest.mark.parametrize(
    "change",
    [
        lambda data: data + b"\n%shouting",
        lambda data: b"%shouting\n" + data,
        lambda data: data.replace(b"endobj\n", b"endobj\n%shouting\n", 3),
        lambda data: data.replace(b"\nxref", b"\n%shouting\nxref", 1),
        lambda data: data.replace(b"trailer", b"%shouting\ntrailer", 1),
        lambda data: data + data[data.rindex(b"startxref") :],
    ],
)
def test_bytes_beside_the_objects_of_a_pdf_are_refused(
    pages: dict[str, tuple[bytes, Draft, House]], change: Callable[[bytes], bytes]
) -> None:
    data, made, house = pages["plain"]
    with pytest.raises(ProofError):
        prove_page(change(data), made, house)


@given(st.integers(0, 10**6), st.integers(1, 255))
@this_one(91451, 68)
def test_any_changed_byte_of_a_word_document_is_refused_unless_it_says_the_same(at: int, change: int) -> None:
    made, house = example("meeting-summary")
    copy = copy_of(made, "gp")
    assert copy.letter is not None
    data = bytearray(WRITERS["docx"].write(copy.letter, copy.look, house, {}))
    before = {entry.name: entry.content() for entry in entries(bytes(data))}
    data[at % len(data)] ^= change
    try:
        prove(bytes(data), "docx", copy.letter, copy.look, house)
    except ProofError:
        return
    assert {entry.name: entry.content() for entry in entries(bytes(data))} == before


FIELDS: dict[str, dict[str, Any]] = {
    "the author's role": {"author": {"name": "Sam Reid", "role": f"Nurse; {SAID}"}},
    "the recipient's address": {"recipients": [{"key": "gp", "name": "Dr Hart", "address": [f"1 Lane; {SAID} night"]}]},
    "the reference": {"reference": "partner-has-been-shouting-at"},
}


@pytest.mark.parametrize("changes", FIELDS.values(), ids=FIELDS.keys())
def test_a_secret_in_a_field_of_the_case_beside_the_letters_text_stops_the_copy(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    said = f"You like the sea.\n\n[private: home life] {KEPT}."
    made = draft(case(tmp_path, fields={"said": said}, **changes), House(), now=NOW)
    if "author" in changes:  # it is printed only where a template prints it
        assert not proved(made, "gp")
        return
    with pytest.raises(ProofError):
        proved(made, "gp")


@pytest.mark.parametrize("key", ["name", "logo_alt"])
@pytest.mark.parametrize("kind", ["docx", "html"])
def test_a_secret_on_the_organisations_paper_stops_the_copy(tmp_path: Path, key: str, kind: str) -> None:
    values: dict[str, Any] = {"name": "Mill Lane", "logo": "logo.png"} | {key: f"Your {SAID} all hours"}
    (tmp_path / "logo.png").write_bytes((folder("templates") / "examples" / "logo.png").read_bytes())
    house = House(Config(Organisation(**values)), tmp_path)
    with pytest.raises(ProofError) as caught:
        save(with_secret(tmp_path, "You like the sea."), house, tmp_path / "out", kind=kind)
    assert not (tmp_path / "out").exists()
    assert "shouting" not in str(caught.value)


def test_a_secret_in_a_letterhead_stops_the_copy(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = f"Your {SAID} all hours"
    document.save(str(tmp_path / "head.docx"))
    house = House(Config(Organisation(letterhead="head.docx")), tmp_path)
    with pytest.raises(ProofError):
        save(with_secret(tmp_path, "You like the sea."), house, tmp_path / "out")
