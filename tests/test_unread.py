"""What a reader cannot read is said, and what stands outside the plain flow of a text is read: nothing is lost silently."""

import io
from collections.abc import Callable

import pypdf
import pytest
from pypdf.annotations import FreeText, Text
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from test_readers import lines, pdf

from tipletters.readers import read

LETTER = ("Dear Anna,", "You are well and the team will see you soon in the clinic.", "", "Yours sincerely")
_LOST = "your bilateral oedema"
_DRAW = b"BT /F1 11 Tf %s Tm (your bilateral oedema) Tj ET"


def changed(data: bytes, change: Callable[[pypdf.PdfWriter], None]) -> bytes:
    """Return a PDF with something more in it."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _form(writer: pypdf.PdfWriter) -> DecodedStreamObject:
    form = DecodedStreamObject()
    form.set_data(_DRAW % b"1 0 0 1 72 400")
    form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(map(NumberObject, (0, 0, 595, 842)))
    form[NameObject("/Resources")] = writer.pages[0]["/Resources"].clone(writer)
    return form


def _drawn(writer: pypdf.PdfWriter, more: bytes) -> None:
    page = writer.pages[0]
    contents = DecodedStreamObject()
    contents.set_data(page["/Contents"].get_object().get_data() + b"\n" + more)
    page[NameObject("/Contents")] = writer._add_object(contents)


def with_form(writer: pypdf.PdfWriter) -> None:
    form = writer._add_object(_form(writer))
    writer.pages[0]["/Resources"][NameObject("/XObject")] = DictionaryObject({NameObject("/X1"): form})  # type: ignore[index]
    _drawn(writer, b"/X1 Do")


def sideways(writer: pypdf.PdfWriter) -> None:
    _drawn(writer, _DRAW % b"0 1 -1 0 30 72")


def _widget(writer: pypdf.PdfWriter, **more: object) -> None:
    field = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/FT"): NameObject("/Tx"),
            NameObject("/Rect"): ArrayObject(map(NumberObject, (72, 500, 300, 520))),
            **{NameObject(f"/{name}"): value for name, value in more.items()},
        }
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(field)])


def drawn_field(writer: pypdf.PdfWriter) -> None:
    shown = DictionaryObject({NameObject("/N"): writer._add_object(_form(writer))})
    _widget(writer, AP=shown, V=TextStringObject("an older value"))


def plain_field(writer: pypdf.PdfWriter) -> None:
    parent = writer._add_object(DictionaryObject({NameObject("/V"): TextStringObject(_LOST)}))
    _widget(writer, Parent=parent)


def typed_over(writer: pypdf.PdfWriter) -> None:
    writer.add_annotation(0, FreeText(text=_LOST, rect=(72, 300, 200, 320)))


@pytest.mark.parametrize(
    "change", [with_form, sideways, drawn_field, plain_field, typed_over], ids=lambda one: one.__name__
)
def test_words_of_a_pdf_outside_its_plain_lines_are_read(change: Callable[[pypdf.PdfWriter], None]) -> None:
    made = read(changed(pdf(LETTER), change))
    assert [one for one in lines(made.letter) if one != _LOST] == [one for one in LETTER if one]
    assert lines(made.letter).count(_LOST) == 1
    assert not made.problems


def test_a_page_that_lies_on_its_side_is_read() -> None:
    def turn(writer: pypdf.PdfWriter) -> None:
        page = writer.pages[0]
        contents = DecodedStreamObject()
        contents.set_data(b"q 0 1 -1 0 842 0 cm " + page["/Contents"].get_object().get_data() + b" Q")
        page[NameObject("/Contents")] = writer._add_object(contents)
        page.rotate(90)

    assert " ".join(lines(read(changed(pdf(LETTER), turn)).letter)) == " ".join(filter(None, LETTER))


def hidden_field(writer: pypdf.PdfWriter) -> None:
    _widget(writer, V=TextStringObject(_LOST), F=NumberObject(2))


def note(writer: pypdf.PdfWriter) -> None:
    writer.add_annotation(0, Text(text="She is lying.", rect=(1, 1, 9, 9)))


def file_inside(writer: pypdf.PdfWriter) -> None:
    writer.add_attachment("a.txt", b"words")


@pytest.mark.parametrize(
    ("change", "said"), [(note, "comments"), (hidden_field, "hidden fields"), (file_inside, "Another file")]
)
def test_what_of_a_pdf_was_not_read_is_said(change: Callable[[pypdf.PdfWriter], None], said: str) -> None:
    made = read(changed(pdf(LETTER), change))
    assert lines(made.letter) == lines(read(pdf(LETTER)).letter)
    assert [said in one for one in made.problems] == [True]


def test_pages_without_words_among_others_are_named() -> None:
    (said,) = read(pdf(LETTER, (), ("We meet again in May.",), ())).problems
    assert said.startswith("There are no words on pages 2 and 4.")


def test_a_line_at_the_head_of_two_pages_that_differs_in_a_number_is_read_on_both() -> None:
    def page(number: str, dose: int) -> tuple[str, ...]:
        same = (f"NHS number: {number}", f"Take {dose} tablets of sertraline", "The clinic")
        return (*same, f"Your visit number {dose}", "", f"Page {dose} of 4", f"- {dose} -")

    read_ = lines(read(pdf(page("999 476 5919", 1), page("999 012 3455", 2))).letter)
    assert " ".join(read_).count("NHS number") == " ".join(read_).count("tablets") == 2
    assert [read_.count(one) for one in ("The clinic", "Page 1 of 4", "Page 2 of 4", "- 2 -")] == [1, 1, 0, 0]
