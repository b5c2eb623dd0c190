"""What a reader cannot read is said, and what stands outside the plain flow of a text is read: nothing is lost silently."""

import io
import zipfile
from collections.abc import Callable

import pypdf
import pytest
from documents import BYE, DEAR, REFERS, p, word
from pypdf.annotations import FreeText, Text
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from test_readers import lines, pdf, zipped

from tipletters.readers import read

ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
    )
)
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


def damaged_field(writer: pypdf.PdfWriter) -> None:
    _widget(writer, AP=NumberObject(5))


def file_inside(writer: pypdf.PdfWriter) -> None:
    writer.add_attachment("a.txt", b"words")


@pytest.mark.parametrize(
    ("change", "said"),
    [(note, "comments"), (damaged_field, "comments"), (hidden_field, "hidden fields"), (file_inside, "Another file")],
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


def grown(data: bytes, name: str) -> bytes:
    """Return a zip with one part more."""
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, b"PK")
    return out.getvalue()


def odt(body: str, styles: str = "", pages: str = "") -> bytes:
    """Return an OpenDocument text."""
    content = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text><text:p>Dear Anna,</text:p>{body}</office:text></office:body>"
    return zipped(
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", f"<office:document-content {ODF}>{content}</office:document-content>".encode()),
        ("styles.xml", f"<office:document-styles {ODF}>{pages}</office:document-styles>".encode()),
    )


_BOX = "<draw:custom-shape><text:p>one</text:p><text:p>two</text:p></draw:custom-shape>"
_INDEX = "<text:alphabetical-index><text:index-body><text:index-title><text:p>one</text:p></text:index-title><text:p>two</text:p></text:index-body></text:alphabetical-index>"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (f"<text:p>You see{_BOX} it.</text:p>", ["You see it.", "one", "two"]),
        (_BOX, ["one", "two"]),
        (f"<draw:a>{_BOX}</draw:a><text:p>End<draw:a>{_BOX}</draw:a></text:p>", ["one", "two", "End", "one", "two"]),
        (f"<draw:frame><draw:text-box><text:p>You see{_BOX}</text:p></draw:text-box></draw:frame>", ["You see", "one", "two"]),
        (_INDEX, ["one", "two"]),
        ("<text:p><text:ruby><text:ruby-base>one</text:ruby-base><text:ruby-text>wan</text:ruby-text></text:ruby></text:p>", ["one"]),
    ],
)  # fmt: skip
def test_shapes_links_and_indexes_of_an_odt_are_read_apart(body: str, said: list[str]) -> None:
    assert lines(read(odt(body)).letter) == ["Dear Anna,", *said]


def test_headers_and_footers_of_an_odt_are_read_also_of_first_and_left_pages_each_once() -> None:
    said = "".join(f"<style:{kind}><text:p>{words}</text:p></style:{kind}>" for kind, words in (
        ("header", "Usual"), ("header-first", "First"), ("header-left", "Usual"), ("footer", "Usual"), ("footer-left", "Left"),
    ))  # fmt: skip
    off = '<style:footer-first style:display="false"><text:p>Off</text:p></style:footer-first>'
    made = read(odt("", pages=f"<style:master-page>{said}{off}</style:master-page>")).letter
    places = [(block.place.value, line) for block, line in zip(made.blocks, lines(made), strict=True)]
    assert places[1:] == [("header", "Usual"), ("header", "First"), ("footer", "Usual"), ("footer", "Left")]


_STYLES = (
    '<style:style style:name="Base"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="P1" style:parent-style-name="Base"/>'
    '<style:style style:name="Ring" style:parent-style-name="Ring"/>'
)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<text:section text:display="none"><text:p>x</text:p></text:section>', "hidden text"),
        ('<text:section text:is-hidden="true"><text:p>x</text:p></text:section>', "hidden text"),
        ('<text:p text:style-name="P1">x</text:p>', "hidden text"),
        ('<text:p><text:span text:style-name="P1">x</text:span></text:p>', "hidden text"),
        ("<text:p><office:annotation><text:p>x</text:p></office:annotation></text:p>", "comments"),
        ("<text:p><draw:frame><draw:object><text:p>x</text:p></draw:object></draw:frame></text:p>", "another file"),
        ("<office:forms><text:p>x</text:p></office:forms>", "a form"),
    ],
)
def test_what_of_an_odt_was_not_read_is_said(body: str, said: str) -> None:
    made = read(odt(body + '<text:p text:style-name="Ring">End</text:p><text:p text:style-name="P1"/>', _STYLES))
    assert lines(made.letter) == ["Dear Anna,", "End"]
    assert [said in one for one in made.problems] == [True]


def _beginning(of: str) -> str:
    return p(f'<w:{of} w:id="7" w:author="Sam Reid"><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:{of}>')


_END = p('<w:del w:id="8" w:author="Sam Reid"><w:r><w:fldChar w:fldCharType="end"/></w:r></w:del>')
_PICTURE = "<w:r><w:drawing><a:graphic><a:p><a:r><a:t>x</a:t></a:r></a:p></a:graphic></w:drawing></w:r>"
_NOTE = '<w:comment w:id="0" w:author="Sam Reid"><w:p><w:r><w:t>She is lying.</w:t></w:r></w:p></w:comment>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (word(DEAR + BYE, comments=_NOTE), "comments"),
        (grown(word(DEAR + BYE), "word/embeddings/a.xlsx"), "Another file"),
        (word(DEAR + p(_PICTURE) + BYE), "a chart"),
        (word(DEAR + _beginning("ins") + _END + BYE), "tracked changes"),
    ],
)
def test_what_of_a_word_document_was_not_read_is_said(data: bytes, said: str) -> None:
    made = read(data)
    assert lines(made.letter) == ["Dear Anna,", "Yours sincerely"]
    assert [said in one for one in made.problems] == [True]


def test_a_field_without_end_in_a_header_swallows_no_footer() -> None:
    made = read(word(DEAR, REFERS, header1=p("Head") + _beginning("ins"), footer1=p("Foot")))
    assert lines(made.letter) == ["Dear Anna,", "Head", "Foot"]


def rtf(body: bytes, page: bytes = rb"\ansi\ansicpg1252") -> bytes:
    return rb"{\rtf1" + page + rb"\deff0{\fonttbl{\f0 Arial;}}\pard Dear Anna,\par " + body + rb"\par End}"


_DRAWN = rb"{\*\do\dobxcolumn\dptxbx{\dptxbxtext\pard one\par}}"


@pytest.mark.parametrize(
    ("body", "said", "problem"),
    [
        (rb"\u-10179?\u-8704? you", ["\U0001f600 you", "End"], ""),
        (rb"\u-10179?x\u9731?", ["x\u2603", "End"], ""),
        (_DRAWN, ["End", "one"], ""),
        (rb"{\shp{\*\shpinst{\shptxt\pard one\par}}{\shprslt" + _DRAWN + rb"}}", ["End", "one"], ""),
        (rb"{\upr{a}{\*\ud{b}}}", ["b", "End"], ""),
        (rb"{\info{\upr{\title a}{\*\ud{\title b}}}}", ["End"], ""),
        (rb"{\object\objemb{\*\objdata 0105}{\result one}}", ["one", "End"], "Another file"),
        (rb"{\revised one}", ["one", "End"], "tracked changes"),
        (rb"{\*\atnid SR}\chatn{\*\annotation\pard She is lying.}", ["End"], "comments"),
    ],
)
def test_boxes_objects_and_emoji_of_rtf_are_read_and_comments_told(body: bytes, said: list[str], problem: str) -> None:
    made = read(rtf(body))
    assert lines(made.letter) == ["Dear Anna,", *said]
    assert [problem in one for one in made.problems] == ([True] if problem else [])


@pytest.mark.parametrize(("page", "code"), [(rb"\mac", b"8e"), (rb"\pca", b"82"), (rb"\ansi\ansicpg99", b"e9")])
def test_rtf_of_old_machines_is_read_in_their_code_page(page: bytes, code: bytes) -> None:
    assert lines(read(rtf(rb"Ren\'" + code, page)).letter)[1] == "René"
