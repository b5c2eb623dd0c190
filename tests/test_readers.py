"""What readers make of files as the world has them, and of files that mean harm."""

import io
import json
import socket
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
from documents import BAD, DEAR, DOCUMENTS, NS, SHE, item, p, table, word
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image
from test_commands import told

from tipletters import readers
from tipletters.checks.existing import check_files
from tipletters.checks.run import Run, check
from tipletters.checks.text.flat import flatten
from tipletters.errors import ReadError, TiplettersError
from tipletters.letter import Block, Letter, Paragraph, Place, Style, Table, texts
from tipletters.readers import READERS, kind_of, read
from tipletters.readers.model import Source
from tipletters.readers.plain import decoded
from tipletters.readers.properties import properties
from tipletters.readers.sources import sources
from tipletters.writers import libreoffice

HTML = """<!DOCTYPE html><html><head><title>no</title><style>p {}</style></head><body><h1>Your plan</h1><p>Dear Anna,</p>
<p>You have <b>bilateral</b> oedema.<br>“Hello” £5.</p><ul><li>walk<li>rest</ul><ol><li>first</li><li>second</li></ol>
<table><tr><th>Medicine</th><th>Dose</th></tr><tr><td>sertraline</td><td>50 mg</td></tr></table>
<p style="display: none">secret</p><script>alert(1)</script></body></html>"""
MARKDOWN = "# Your plan\n\nDear Anna,\n\nYou have **bilateral**\noedema.\n\n- walk\n- rest\n\n1. first\n2. second\n\n| Medicine | Dose |\n|---|---|\n| sertraline | 50 mg |\n"
RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fswiss Arial;}{\f1\fnil\fcharset204 X;}}{\*\generator x}{\header\pard Harbour Centre\par}"
    rb"\pard\outlinelevel0 Your plan\par\pard Dear Anna,\par You have {\b bilateral} oedema.\line \ldblquote Hello\rdblquote  \'a35.{\v secret}{\deleted gone}\par"
    rb"{\listtext\'95\tab}walk\par{\listtext\'95\tab}rest\par{\listtext 1.\tab}first\par{\listtext 2.\tab}second\par"
    rb"\trowd\pard\intbl Medicine\cell Dose\cell\row\trowd\pard\intbl sertraline\cell 50 mg\cell\row\pard \f1\'ef\u1103?\f0 after{\footnote small}\par}"
)
MAIL = (
    b"From: a@example.org\r\nTo: b@example.org\r\nSubject: Your plan\r\nMIME-Version: 1.0\r\nDate: Tue, 05 May 2026 10:00:00 +0100\r\n"
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=cp1252\r\n\r\nDear Anna,\r\n\r\nYou have bilateral oedema. \x93Hello\x94 \xa35.\r\n"
    b"--x\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename=a.png\r\n\r\nabc\r\n--x--\r\n"
)


def drawn(x: int, y: int, *lines: str) -> bytes:
    """Return how a PDF draws lines below each other."""
    return (
        b"BT /F1 12 Tf 14 TL %d %d Td " % (x, y)
        + b" ".join(b"(%s) Tj T*" % line.encode("latin-1") for line in lines)
        + b" ET\n"
    )


def pdf(*pages: tuple[str, ...] | bytes, tail: bytes = b"") -> bytes:
    """Return a PDF with lines of text, or with pages drawn as they are given, written by hand."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    kids = []
    for lines in pages:
        stream = lines if isinstance(lines, bytes) else drawn(50, 800, *lines)
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
            % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    out = b"%PDF-1.4\n"
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF" % (
        len(places) + 1,
        table,
        len(places) + 1,
        tail,
        len(out),
    )


def protected_pdf() -> bytes:
    out = io.BytesIO()
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(("Dear Anna,",))))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def zipped(*members: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def lines(letter: Letter) -> list[str]:
    return [text for block in letter.blocks for text in texts(block)]


def paragraph(blocks: tuple[Block, ...], text: str) -> Paragraph:
    return next(one for one in blocks if isinstance(one, Paragraph) and one.text.startswith(text))


def test_every_reader_on_disk_is_in_the_list() -> None:
    folder = Path(readers.__file__).parent
    made = {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.py")}
    found = {
        f"tipletters.readers.{stem}:{name}"
        for stem, text in made.items()
        for name in [f"read_{stem}"]
        if f"def {name}(source" in text
    }
    assert {"tipletters.readers.odt:read_odt", *found} <= set(READERS.values())
    assert len(found) == len(READERS)


SAME = {"html": HTML.encode(), "markdown": MARKDOWN.encode(), "rtf": RTF}


@pytest.mark.parametrize("kind", SAME)
def test_a_letter_reads_the_same_whatever_kind_of_file_it_is(kind: str) -> None:
    made = read(SAME[kind], "a.md" if kind == "markdown" else "a.bin")
    assert made.kind == kind
    assert lines(made.letter)[0] == "Your plan" or made.letter.blocks[0].place is not Place.BODY
    blocks = tuple(block for block in made.letter.blocks if block.place is Place.BODY)
    assert paragraph(blocks, "Your plan").style is Style.HEADING
    assert [run.bold for run in paragraph(blocks, "You have").runs] == [False, True, False]
    assert paragraph(blocks, "walk").style is Style.BULLET
    assert paragraph(blocks, "second").mark == "2."
    (table,) = [one for one in blocks if isinstance(one, Table)]
    assert list(texts(table)) == ["Medicine", "Dose", "sertraline", "50 mg"]
    assert "secret" not in str(lines(made.letter))


def test_rtf_keeps_code_pages_headers_notes_and_says_what_is_hidden() -> None:
    made = read(RTF)
    assert paragraph(made.letter.blocks, "You have").text.endswith("“Hello” £5.")
    assert paragraph(made.letter.blocks, "п").text == "пяafter" or lines(made.letter).count("пџafter") == 0
    assert {one.place for one in made.letter.blocks} == {Place.BODY, Place.HEADER, Place.NOTE}
    assert "hidden" in made.problems[0]
    assert "gone" not in str(lines(made.letter))


def test_an_email_gives_its_subject_and_words_and_names_what_it_carries() -> None:
    made = read(MAIL)
    assert lines(made.letter) == ["Your plan", "Dear Anna,", "You have bilateral oedema. “Hello” £5."]
    assert "carries a file" in made.problems[0]
    assert made.modified is not None


def parted(kind: str, *parts: str, head: str = "Subject: Hello") -> bytes:
    """Return an e-mail of several parts, each with its own head."""
    head = f"{head}\nMIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=b\n\n"
    return (head + "".join(f"--b\n{part}\n" for part in parts) + "--b--\n").encode()


@pytest.mark.parametrize("plain", ["", "Please view this in HTML.", "Dear Anna, you have oedema."])
def test_of_an_email_that_says_it_twice_what_a_mail_program_shows_is_read(plain: str) -> None:
    page = "Content-Type: text/html\n\n<p>Dear Anna, you have <b>oedema</b>."
    made = read(parted("alternative", f"Content-Type: text/plain\n\n{plain}", page))
    assert lines(made.letter) == ["Hello", "Dear Anna, you have oedema."]
    assert not made.problems
    empty = read(
        parted("alternative", "Content-Type: text/plain\n\nDear Anna", "Content-Type: text/html\n\n<img src=x>")
    )
    assert lines(empty.letter) == ["Hello", "Dear Anna"]


def test_all_that_an_email_shows_is_read_and_each_file_is_named() -> None:
    text = "Content-Type: text/plain\n\n"
    page = "Content-Type: text/html\n\n<p>and oedema"
    logo = "Content-Type: image/png\nContent-ID: <x>\n\nx"
    inner = "Content-Type: message/rfc822\n\nSubject: other\n\nother"
    made = read(parted("mixed", f"{text}Dear Anna", page, logo, inner, f"{text}Yours"))
    assert lines(made.letter) == ["Hello", "Dear Anna", "and oedema", "Yours"]
    assert made.problems[0].startswith("This e-mail carries a file.")
    alone = b"Subject: Hello\nContent-Type: application/pdf\nMIME-Version: 1.0\n\nx"
    assert read(alone).problems[0].startswith("This e-mail carries a file.")


ENVELOPE = b"From - Tue May  5 10:00:00 2026\n"


@pytest.mark.parametrize("before", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", ENVELOPE])
@pytest.mark.parametrize("end", [b"\r\n", b"\n", b"\r"])
def test_an_email_is_one_whatever_its_line_ends_and_whatever_stands_before_it(before: bytes, end: bytes) -> None:
    made = read((before + MAIL).replace(b"\r\n", b"\n").replace(b"\n", end))
    assert made.kind == "eml"
    assert [" ".join(line.split()) for line in lines(made.letter)] == lines(read(MAIL).letter)


def test_a_mailbox_of_several_emails_is_refused_and_a_letter_that_gives_a_time_is_not() -> None:
    with pytest.raises(ReadError, match="more than one e-mail"):
        read(ENVELOPE + MAIL + b"\n" + ENVELOPE + MAIL)
    assert len(lines(read(b"Subject: a\nX-a: b\n\nDear Anna\n\nFrom 10:30 on 5 May:\nMedicine: 50 mg").letter)) == 3
    assert kind_of(b"From 10:30 on 5 May 2026\nMedicine: 50 mg\nDose: one\n\nDear Anna") == "text"


def test_a_letter_with_headings_like_an_email_is_a_letter() -> None:
    assert kind_of(b"To: Anna\nFrom: Sam\nDate: 5 May\n\nHello") == "text"
    assert kind_of(b"Re: Anna\r\nReceived: 5 May\r\n\r\nHello") == "text"
    assert kind_of(b"Re: Anna\nX-ray: 5 May\nDear Anna, you have oedema.\n\nHello") == "text"
    assert kind_of(b"Received: a\n b\nSubject: c\nMessage-ID: d\n" + b"X-a: " + b"e" * 5000) == "eml"


def test_a_pdf_joins_its_lines_and_knows_what_stands_on_every_page() -> None:
    one = (
        "The Harbour Centre", "Dear Anna,", "You have bilateral oedema in both of your legs, and we talked",
        "about it for a while. It goes on in a second line that is long.", "", "New paragraph.", "- walk", "1. first", "Page 1 of 2",
    )  # fmt: skip
    other = ("The Harbour Centre", "We meet again in May.", "With best wishes", "Sam Reid", "Page 2 of 2")
    blocks = read(pdf(one, other)).letter.blocks
    first = [one for one in blocks if one.place is Place.BODY][:4]
    assert [getattr(one, "text", "") for one in first] == [
        "Dear Anna,",
        "You have bilateral oedema in both of your legs, and we talked about it for a while. It goes on in a second line that is long.",
        "New paragraph.",
        "walk",
    ]
    assert [one.place for one in blocks if one.place is not Place.BODY] == [Place.HEADER, Place.FOOTER]


def test_a_word_that_a_soft_hyphen_parts_at_the_end_of_a_line_of_a_pdf_is_whole() -> None:
    page = (
        "You have bilateral oede\u00ad",
        "ma in both of your legs, and a follow-",
        "up visit is on the fifth of May.",
    )
    whole = "You have bilateral oedema in both of your legs, and a follow-up visit is on the fifth of May."
    assert lines(read(pdf(page)).letter) == [whole]


COLUMN = (
    "You have swelling in both of your legs",
    "and we talked about what may help",
    "with it when you are at home, and the",
)
OTHER = (
    "cause of it is not known to us yet.",
    "We will meet again in the month of May",
    "and look at your legs once more then.",
)


@pytest.mark.parametrize("third", [(), ("Please ring us if it gets any worse, and", "ask for whoever of us is in that day;", "we are there from nine to five each day.")])  # fmt: skip
def test_columns_of_a_pdf_are_read_one_after_the_other(third: tuple[str, ...]) -> None:
    head = "Dear Anna, here is all that we talked about when you came to see us at the Harbour Centre."
    columns = drawn(50, 700, *COLUMN) + drawn(230, 700, *OTHER) + drawn(410, 700, *third)
    page = drawn(50, 800, head) + columns + drawn(50, 500, "With best wishes") + drawn(50, 40, "Page 1 of 1")
    found = lines(read(pdf(page)).letter)
    assert (found[0], *found[-2:]) == (head, "With best wishes", "Page 1 of 1")
    assert " ".join(found[1:-2]) == " ".join((*COLUMN, *OTHER, *third))
    assert found[1].startswith(f"{' '.join(COLUMN)} {OTHER[0]}")


def test_labels_of_a_pdf_and_what_was_filled_in_beside_them_are_read_row_by_row() -> None:
    page = drawn(50, 700, "Name:", "Date of birth:", "Doctor:") + drawn(200, 700, "Anna", "1 May 1980", "Sam Reid")
    assert " ".join(lines(read(pdf(page)).letter)) == "Name: Anna Date of birth: 1 May 1980 Doctor: Sam Reid"


@pytest.mark.parametrize(("shown", "share", "said"), [(("Received 5 May",), 1, True), (("Received 5 May",), 0.2, False), (COLUMN * 3, 1, False), ((), 1, True)])  # fmt: skip
def test_a_page_with_a_stamp_on_a_scan_is_named(shown: tuple[str, ...], share: float, said: bool) -> None:
    scan, out = io.BytesIO(), io.BytesIO()
    Image.new("L", (100, 141), 200).save(scan, "PDF", resolution=12)
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(COLUMN, shown)))
    picture = pypdf.Transformation().scale(share)
    writer.pages[1].merge_transformed_page(pypdf.PdfReader(scan).pages[0], picture, over=False)
    writer.write(out)
    problems = read(out.getvalue()).problems
    assert any("words on page 2" in one for one in problems) == said, problems


def test_a_scan_is_said_to_be_one() -> None:
    with pytest.raises(ReadError, match="scan"):
        read(pdf(()))


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"), ("cp1252", "cp1252"), ("utf-32", "utf-32")],
)  # fmt: skip
def test_text_of_any_encoding_is_read(encoding: str, name: str) -> None:
    text = "Dear Anna,\r\n\r\nThis is “it” – £5 for a café.\r\n"
    assert decoded(text.encode(encoding)) == (text, name)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [("utf-16", "utf-8"), ("utf-16", "utf-16"), ("", "utf-16"), ("iso-8859-1", "cp1252"), ("us-ascii", "cp1252"), ("windows-1252", "utf-8-sig"), ("iso-8859-2", "iso-8859-2"), ("punycode", "utf-8")],
)  # fmt: skip
def test_a_page_is_read_in_the_letters_that_a_browser_takes_it_to_be_in(declared: str, encoding: str) -> None:
    words = "Dear Zofia, ł" if encoding == "iso-8859-2" else "Dear Zoë, “it” – £5"
    meta = f"<meta charset={declared}>" if declared else ""
    data = f"<!DOCTYPE html><html><head><title>Zoë’s</title>{meta}</head><body><p>{words}</p>".encode(
        encoding, "replace"
    )
    assert kind_of(data) == "html"
    assert lines(read(data).letter) == [words]


def test_what_a_page_says_of_itself_is_told_however_it_is_written() -> None:
    head = "<title>Zoë &amp; co</title><META content='a > b' NAME=Author><meta name=viewport content=x><meta name=key>"
    page = f"<html><head>{head}</head><body><svg><title>no</title></svg>x"
    assert properties(page.encode(), "html") == (("title", "Zoë & co"), ("author", "a > b"), ("key", ""))


def test_text_of_other_languages_is_guessed() -> None:
    text = "Здравствуйте, Анна. Мы говорили о том, как вы спите и что вам помогает."
    assert decoded(text.encode("cp1251"))[0] == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Zoë “it’s” – £5 café", "mac_roman"), ("• walk\r\n• rest", "mac_roman"), ("38.5°C – ok", "mac_roman"), ("Zoë £5 café", "cp850"), ("£5", "cp1252"), ("it’s", "cp1252"), ("• walk\r\n• rest", "cp1252"), ("MADE £5 it’s 5µg ± 3 2×3 ©", "cp1252"), ("a\xa0b 5\xa0mg", "cp1252"), ("½ tablet", "cp1252"), ("Łukasz, żółty śnieg", "cp1250")],
)  # fmt: skip
def test_a_short_text_of_an_old_program_is_read_in_the_letters_it_was_typed_in(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == (text, encoding)


def test_a_line_that_was_pasted_from_elsewhere_spoils_no_other() -> None:
    text = "Dear Zoë,\r\n\r\nThis is “it” – £5.\r\n"
    assert decoded(text.encode() + b"Caf\xe9\r\n" + "It’s".encode()) == (text + "Café\r\nIt’s", "utf-8")
    assert decoded(text.encode() + b"It\xe2\x80")[0].startswith(text)


@given(st.text())
def test_a_plain_text_stands_as_it_is(text: str) -> None:
    data = text.encode("utf-8", "replace")
    if (
        b"\x00" not in data
        and not data.startswith((b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf"))
        and kind_of(data) == "text"
    ):
        assert read(data).text == data.decode()


# What Word shows of the documents of `documents.py`, where it is not plain.
SHOWN = {
    "nested tables": ["Dear Anna,", BAD, "x", "y", BAD, "deep", "b", "After.", "Yours sincerely"],
    "changes there already": ["Dear Anna,", BAD, "Yours sincerely"],
    "moved text": ["Dear Anna,", "Come oedema.", "Yours sincerely"],
    "text box": ["Dear Anna,", "Look: ", BAD, "After.", "Yours sincerely"],
    "footnote": ["Dear Anna,", "Your test is back.", "Yours sincerely", BAD],
    "hidden text": ["Dear Anna,", "You have bilateral oedema.", "Yours sincerely"],
    "nested fields": ["Dear Anna,", "See your oedema and oedema.", "Yours sincerely"],
    "simple field": ["Dear Anna,", "To Anna with oedema, you have oedema.", "Yours sincerely"],
    "symbols": ["Dear Anna,", "Take 5 μg for oedema ✓", "Yours sincerely"],
    "soft hyphens": ["Dear Anna,", "You have bilateral oedema.", "You have oedema and a follow-up.", "Yours sincerely"],
    "forty runs": ["Dear Anna,", BAD, SHE, "Yours sincerely"],
    "header and footer": ["Dear Anna,", "Your test is back.", "Yours sincerely", "The CMHT at the Harbour Centre", "Oedema clinic, page 1"],
    "picked from a list": ["Dear Anna,", "You have bilateral oedema of your leg.", "Yours sincerely"],
    "emoji": ["Dear Anna,", "You have Take care of oedema ☺ and rest.", "Yours sincerely"],
    "field without end": ["Dear Anna,", "See it.", BAD, "Yours sincerely"],
    "right to left": ["Dear Anna,", "שלום oedema مرحبا", BAD, "Yours sincerely"],
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_a_word_document_is_read_as_word_shows_it(name: str) -> None:
    assert lines(read(DOCUMENTS[name]()).letter) == SHOWN[name]


def test_a_ligature_in_a_document_hides_no_word() -> None:
    letter = read(word(DEAR + p("You had atrial ﬁbrillation."))).letter
    report = check(letter, run=Run())
    assert "atrial ﬁbrillation" in [report.text[one.start : one.end] for one in report.issues]


def test_numbers_of_lists_and_headings_are_those_that_word_shows() -> None:
    marks = [getattr(one, "mark", "") for one in read(DOCUMENTS["lists"]()).letter.blocks]
    assert marks == ["", "", "", "a)", "b)", "a)", "1.", "1.1"]
    heads = [
        (one.mark, one.style)
        for one in read(DOCUMENTS["numbered headings"]()).letter.blocks
        if isinstance(one, Paragraph) and one.mark
    ]
    assert heads == [("1.", Style.HEADING), ("1.1", Style.SUBHEADING), ("2.", Style.HEADING), ("2.1", Style.SUBHEADING)]


def test_hidden_text_and_pending_changes_are_said() -> None:
    assert "hidden text" in read(DOCUMENTS["hidden text"]()).problems[0]
    assert "tracked changes" in read(DOCUMENTS["changes there already"]()).problems[0]
    assert not read(DOCUMENTS["plain"]()).problems


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_checks_text_is_the_blocks_text_place_by_place(name: str) -> None:
    letter = read(DOCUMENTS[name]()).letter
    flat = flatten(letter)
    for start, text in zip(flat.starts, lines(letter), strict=True):
        assert not text.strip() or flat.text[start : start + len(text)] == text
    assert check(letter, run=Run()).text == flat.text


def with_part(name: str, data: bytes) -> bytes:
    """The plain document with one part replaced."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(DOCUMENTS["plain"]())) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for one in old.namelist():
            new.writestr(one, data if one == name else old.read(one))
    return out.getvalue()


def flat(body: str, before: str = "") -> bytes:
    """Return a flat OpenDocument file."""
    of = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = f'xmlns:office="{of}:office:1.0" xmlns:text="{of}:text:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    text = f"<office:document {spaces}>{before}<office:body>{body}</office:body></office:document>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_flat_opendocument_text_is_read_with_what_it_says_of_itself(encoding: str) -> None:
    about = "<office:meta><dc:title>Anna</dc:title><dc:date>2026-05-12T09:30:00</dc:date></office:meta>"
    text = "<office:text><text:h>Your plan</text:h><text:p>You have oedema.</text:p></office:text>"
    data = flat(text, about).decode().replace("UTF-8", encoding.upper()).encode(encoding)
    made = read(data, "a.xml")
    assert (made.kind, lines(made.letter)) == ("fodt", ["Your plan", "You have oedema."])
    assert made.modified is not None
    assert properties(data, "fodt") == (("title", "Anna"),)


def test_properties_without_end_are_refused() -> None:
    many = zipped(("docProps/custom.xml", b"<a>" + b"<b>x</b>" * 20_000 + b"</a>"))
    with pytest.raises(ReadError, match="harm"):
        properties(many, "docx")
    assert len(properties(zipped(("docProps/custom.xml", b"<a>" + b"<b>x</b>" * 2_000 + b"</a>")), "docx")) == 2_000


def locked(data: bytes) -> bytes:
    """A zip whose members say that they are encrypted."""
    made = bytearray(data)
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = made.find(sign)
        while place >= 0:
            made[place + at] |= 1
            place = made.find(sign, place + 4)
    return bytes(made)


_BOMB = (
    b'<!DOCTYPE a [<!ENTITY x0 "xxxxxxxxxx">'
    + b"".join(b'<!ENTITY x%d "%s">' % (n, b"&x%d;" % (n - 1) * 10) for n in range(1, 10))
    + b"]>"
)
_OUT = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
_DOC = f"<w:document {NS}><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>".encode()
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
MAIN = "word/document.xml"
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "truncated zip": (lambda: DOCUMENTS["plain"]()[:900], "damaged"),
    "zip bomb": (lambda: with_part(MAIN, b"<w:document>" + b" " * 80_000_000), "harm"),
    "entity bomb": (lambda: with_part(MAIN, _BOMB + _DOC % b"&x9;"), "harm"),
    "external entity": (lambda: with_part(MAIN, _OUT + _DOC % b"&x;"), "harm"),
    "absurd nesting": (lambda: with_part(MAIN, b"<a>" * 100_000), "harm"),
    "nested tables without end": (lambda: word("<w:tbl><w:tr><w:tc>" * 100 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 100), "harm"),
    "main part is a picture": (lambda: with_part(MAIN, b"\x89PNG\r\n"), "damaged"),
    "main part is another thing": (lambda: with_part(MAIN, b"<html/>"), "damaged"),
    "no main part": (lambda: with_part("_rels/.rels", b"<Relationships/>").replace(b"word/document.xml", b"word/documemt.xml"), "damaged"),
    "encrypted zip": (lambda: locked(DOCUMENTS["plain"]()), "password"),
    "protected Word document": (lambda: _OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "protected old Word document": (lambda: _OLE + b"\xec\xa5\xc1\x00" + bytes(7) + b"\x01" + "WordDocument".encode("utf-16-le"), "password"),
    "Outlook message": (lambda: _OLE + "__substg1.0_".encode("utf-16-le"), "Outlook"),
    "old spreadsheet": (lambda: _OLE + "Workbook".encode("utf-16-le"), "no Word document"),
    "spreadsheet": (lambda: zipped(("[Content_Types].xml", b"<a/>"), ("xl/workbook.xml", b"<a/>")), "no Word document"),
    "no text document": (lambda: zipped(("mimetype", b"application/epub+zip")), "no text document"),
    "Pages document": (lambda: zipped(("Index/Document.iwa", b"x"), ("preview.jpg", b"x")), "Pages"),
    "XML of Word 2003": (lambda: b'<?xml version="1.0"?><w:wordDocument><w:t>Dear Anna</w:t></w:wordDocument>', "XML"),
    "flat spreadsheet": (lambda: flat("<office:spreadsheet/>"), "no text document"),
    "winmail.dat": (lambda: b"\x78\x9f\x3e\x22" + bytes(range(1, 200)), "winmail.dat"),
    "PostScript": (lambda: b"%!PS-Adobe-3.0", "printer"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(90), "picture"),
    "binary rubbish": (lambda: bytes(range(256)) * 40, "not text"),
    "rtf of groups alone": (lambda: b"{\\rtf1" + b"{" * 100_000, "harm"),
    "pdf of rubbish": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, "damaged"),
    "nothing in it": (lambda: word("<w:p/>"), "no words"),
    "protected PDF": (lambda: protected_pdf(), "password"),
    "an audio file": (lambda: b"ID3" + bytes(90), "recording"),
    "strict document": (lambda: with_part(MAIN, _DOC.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main")), "Strict"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make, says = HOSTILE[name]
    data = make()
    monkeypatch.setattr(socket, "socket", None)
    tracemalloc.start()
    try:
        with pytest.raises(ReadError) as problem:
            read(data)
        assert tracemalloc.get_traced_memory()[1] < 200_000_000
    finally:
        tracemalloc.stop()
    assert says in str(problem.value)
    assert problem.value.then
    assert problem.value.__cause__ is None


@pytest.mark.parametrize("name", ["bad.docx", "BAD.DOCM", "bad.odt", "bad.pdf"])
def test_a_text_is_no_document_whatever_its_name_says(name: str) -> None:
    with pytest.raises(ReadError, match=r"(?i)though its name ends in \.(docx|docm|odt|pdf)"):
        read(b"hi\n", name)


def test_the_content_says_what_a_file_is_and_not_its_name_or_its_list_of_types() -> None:
    assert read(HTML.encode(), "letter.docx").kind == "html"
    types = parts_of(DOCUMENTS["plain"]())["[Content_Types].xml"].replace(
        b"wordprocessingml.document.main", b"presentationml.slide"
    )
    assert lines(read(with_part("[Content_Types].xml", types), "letter.pdf").letter)[0] == "Dear Anna,"


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_words_in_formulas_and_charts_are_said_not_to_be_read() -> None:
    maths = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x</m:t></m:r></m:oMath>'
    assert "formula" in read(word(DEAR + p("Dose: ", maths))).problems[0]


def test_a_page_of_tags_alone_costs_no_more_than_its_size() -> None:
    assert lines(read(b"<html><body>" + b"<div>" * 4_000 + b"Hello").letter) == ["Hello"]
    assert lines(read(b"<html><table>" + b"<td>" * 20_000 + b"Hello").letter)[-1] == "Hello"


@pytest.mark.parametrize("nested", [b"<table><tr><td>x", b"<b>x"])
def test_tags_in_each_other_without_end_are_refused(nested: bytes) -> None:
    with pytest.raises(ReadError, match="harm"):
        read(b"<html><body>" + nested * 6_000)
    assert read(b"<html><body>" + nested * 50).letter.blocks


@pytest.mark.parametrize(
    ("before", "piece", "size"),
    [(b"", b"<!-- x -->\n", 24), (b"<html><head>", b'<meta name="a" ', 800), (b"<html><head>", b"<meta ", 16_000)],
)
def test_the_time_to_know_a_page_grows_with_it_and_not_faster(before: bytes, piece: bytes, size: int) -> None:
    def seconds(pieces: int) -> float:
        data = before + piece * pieces + b"<p>Dear Anna</p>"
        start = time.perf_counter()
        assert kind_of(data, "x.html") == "html"
        properties(data, "html")
        return time.perf_counter() - start

    assert seconds(size) < 16 * min(seconds(size // 8) for _ in range(3)) + 0.5


def test_the_head_of_an_email_has_lines_of_sensible_length() -> None:
    kinds = "; ".join(f'charset*{number}="x"' for number in range(2_000))
    with pytest.raises(ReadError, match="harm"):
        read(f"Message-ID: x\nSubject: a\nContent-Type: text/plain; {kinds}\n\nDear Anna".encode(), "x.eml")


@example("rtf", 554, b"\x00")
@given(st.sampled_from([*sorted(DOCUMENTS)[:8], "rtf"]), st.integers(0, 5000), st.binary(max_size=6))
def test_a_damaged_file_is_an_error_in_plain_words_or_is_read(name: str, at: int, junk: bytes) -> None:
    data = DOCUMENTS[name]() if name in DOCUMENTS else RTF
    data = data[: at % len(data)] + junk + data[at % len(data) + len(junk) :]
    try:
        read(data)
    except TiplettersError as problem:
        assert problem.what


@given(
    st.binary(max_size=300),
    st.sampled_from(
        [
            b"",
            b"{\\rtf1",
            b"<html>",
            b"PK\x03\x04",
            b"Subject: a\nMIME-Version: 1\n",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        ]
    ),
)
def test_rubbish_never_ends_in_a_traceback(rubbish: bytes, start: bytes) -> None:
    try:
        read(start + rubbish, "a.md")
    except TiplettersError as problem:
        assert problem.what


def test_folders_are_walked_zips_opened_and_nothing_is_skipped_in_silence(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "letter.docx").write_bytes(DOCUMENTS["plain"]())
    (tmp_path / "a.txt").write_text("Dear Anna, you have oedema.")
    (tmp_path / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "~$tter.docx").write_bytes(b"x")
    inner = zipped(("one.html", HTML.encode()), ("../../two.docx", b"PK\x03\x04broken"))
    (tmp_path / "d.zip").write_bytes(zipped(("more.zip", inner), ("__MACOSX/._x", b"x")))
    found = {str(one.path.relative_to(tmp_path)): one for one in check_files((tmp_path,), Run())}
    read_in = {name for name, one in found.items() if one.report}
    assert read_in == {"a.txt", "b/letter.docx", "d.zip/more.zip/one.html"}
    assert "picture" in found["c.png"].error
    assert "damaged" in found["d.zip/more.zip/../../two.docx"].error
    assert {name for name, one in found.items() if one.skipped} == {"~$tter.docx", "d.zip/__MACOSX/._x"}


def test_one_damaged_part_stops_no_other_file(tmp_path: Path) -> None:
    out = io.BytesIO(DOCUMENTS["plain"]())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("docProps/custom.xml", "<Properties>hello hello</Properties>")
    (tmp_path / "a.docx").write_bytes(out.getvalue().replace(b"hello hello", b"hello hallo", 1))
    (tmp_path / "b.txt").write_text("Dear Anna, you have oedema.")
    damaged, good = check_files((tmp_path,), Run())
    assert "damaged" in damaged.error
    assert good.report


def test_macros_are_said_and_nothing_is_written_by_checking(tmp_path: Path) -> None:
    macros = with_part("word/styles.xml", b"")
    out = io.BytesIO(macros)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"macro")
    (tmp_path / "a.docm").write_bytes(out.getvalue())
    for name, (make, _) in HOSTILE.items():
        if "bomb" not in name:
            (tmp_path / name.replace(" ", "-")).write_bytes(make())
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    found = list(check_files((tmp_path,), Run()))
    assert [one.read.problems for one in found if one.read] == [
        ("There are macros in this document. Nothing of them was run.",)
    ]
    assert {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_zips_in_zips_come_to_an_end(tmp_path: Path) -> None:
    data = b"Dear Anna"
    for _ in range(6):
        data = zipped(("a.zip", data))
    (tmp_path / "a.zip").write_bytes(data)
    (found,) = sources((tmp_path / "a.zip",))
    assert "harm" in found.error


def test_the_report_as_json_says_kind_problems_and_what_could_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(DOCUMENTS["hidden text"]())
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04")
    result = told("check", tmp_path / "a.docx", tmp_path / "b.docx", tmp_path / "none.txt", "--format", "json")
    assert result.exit_code == 2
    first, second, third = json.loads(result.stdout)["files"]
    assert first["kind"] == "docx"
    assert "hidden" in first["problems"][0]
    issue = next(one for one in first["issues"] if one["text"] == "bilateral")
    assert first["text"][issue["start"] : issue["end"]] == "bilateral"
    assert set(second) == set(third) == {"path", "error"}


@pytest.mark.needs_libreoffice
def test_documents_that_libreoffice_wrote_read_the_same(tmp_path: Path) -> None:
    document = word(
        DEAR + p(BAD) + item("walk each day") + table(("Medicine", "Dose"), ("sertraline", "50 mg")) + p("The end.")
    )
    odt = libreoffice.convert({"a": document}, tmp_path, after="odt")["a"]
    made = {kind: libreoffice.convert({"a": document}, tmp_path, after=kind)["a"] for kind in ("rtf", "doc", "pdf")}
    wanted = lines(read(odt).letter)
    assert wanted == ["Dear Anna,", BAD, "walk each day", "Medicine", "Dose", "sertraline", "50 mg", "The end."]
    for kind, data in made.items():
        found = lines(read(data, source=Source(data, f"a.{kind}", tmp_path)).letter)
        assert " ".join(found) == " ".join(wanted), kind
    assert not list(tmp_path.iterdir())


def test_an_old_word_document_without_libreoffice_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    data = _OLE + "WordDocument".encode("utf-16-le")
    with pytest.raises(ReadError, match="needs LibreOffice"):
        read(data, source=Source(data, "a.doc", tmp_path))
