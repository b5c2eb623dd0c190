"""The documents themselves, judged by programs that are not ours."""

import errno
import io
import re
import subprocess
import zipfile
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from conftest import NOW
from hypothesis import given
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator
from PIL import Image

from tipletters.casereader import read_case
from tipletters.config import Config, House, Organisation
from tipletters.draft import Draft, draft
from tipletters.errors import CaseError, MissingProgramError, OutputError
from tipletters.letter import plain, texts
from tipletters.readers.docx import read_docx
from tipletters.resources import folder
from tipletters.template import names
from tipletters.writers import WRITERS, libreoffice
from tipletters.writers.docx import write_docx
from tipletters.writers.look import Look
from tipletters.writers.zipped import mould, packed

GOLDENS = Path(__file__).parent / "goldens"
EXAMPLES = folder("templates") / "examples"
ALL = sorted(path.stem for path in EXAMPLES.glob("*.toml") if path.stem != "tipletters")


def example(name: str) -> tuple[Draft, House]:
    case, house = read_case(EXAMPLES / f"{name}.toml")
    return draft(case, house, now=NOW.replace(case.date.year, case.date.month, case.date.day)), house


def shown(name: str) -> str:
    """Every copy of an example as text, as a clinician can review it."""
    made, house = example(name)
    parts = [f"({line})" for line in (*made.questions, *made.unmet, made.stopped) if line]
    for copy in made.copies:
        parts.append(f"===== {copy.whom} {copy.way}".rstrip())
        parts += [f"(left out: {label}: {why})" for label, why in copy.withheld]
        if copy.letter is None:
            parts.append(f"(no copy: {copy.why_none})")
        else:
            parts.append(WRITERS["text"].write(copy.letter, copy.look, house, {}).decode())
    return "\n".join(parts) + "\n"


def test_every_template_has_an_example() -> None:
    assert set(ALL) == set(names([folder("templates")]))


@pytest.mark.parametrize("name", ALL)
def test_an_example_reads_as_its_golden(name: str, rewrite: bool) -> None:
    golden = GOLDENS / f"{name}.txt"
    text = shown(name)
    if rewrite:
        GOLDENS.mkdir(exist_ok=True)
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def printed() -> dict[str, bytes]:
    """Every copy of every example as a Word document."""
    found = {}
    for name in ALL:
        made, house = example(name)
        for copy in made.copies:
            if copy.letter is not None:
                found[f"{name}-{copy.key}"] = write_docx(copy.letter, copy.look, house, {})
    return found


def test_no_word_document_has_an_error(printed: dict[str, bytes], tmp_path: Path) -> None:
    for name, data in printed.items():
        path = tmp_path / f"{name}.docx"
        path.write_bytes(data)
        result = OpenXmlValidator().validate(path)
        assert result.is_valid, (name, list(result.errors)[:3])


def test_every_example_reads_back_without_its_labels() -> None:
    for name in ALL:
        made, house = example(name)
        for copy in made.copies:
            if copy.letter is not None:
                assert read_docx(write_docx(copy.letter, copy.look, house, {})) == plain(copy.letter)


@pytest.mark.needs_libreoffice
def test_libreoffice_shows_the_same_words_and_the_pages_that_the_golden_states(
    printed: dict[str, bytes], tmp_path: Path, rewrite: bool
) -> None:
    pages = []
    for name, data in libreoffice.to_pdf(printed, tmp_path).items():
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(data)
        text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
        text = text.replace("\u00a0", " ")
        count = text.count("\f")
        pages.append(f"{name}: {count}")
        assert f"Page {count} of {count}" in text
        words = re.sub(r"Reference \S+ · Page \d+ of \d+", "", text)
        flat = re.sub(r"\W+", "", words)
        for block in read_docx(printed[name]).blocks:
            for line in texts(block):
                if not line.strip() or block.__class__.__name__ == "Table":
                    continue
                assert re.sub(r"\W+", "", line) in flat, (name, "a paragraph is not on the page")
    golden = GOLDENS / "pages.txt"
    if rewrite:
        golden.write_text("\n".join(pages) + "\n", encoding="utf-8")
    assert "\n".join(pages) + "\n" == golden.read_text(encoding="utf-8")
    assert not [path for path in tmp_path.iterdir() if path.suffix != ".pdf"]


def test_where_we_may_not_write_a_pdf_says_so_and_does_not_blame_libreoffice(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def refused(*_: Any, **__: Any) -> str:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(libreoffice, "program", lambda: "soffice")
    monkeypatch.setattr(libreoffice.tempfile, "mkdtemp", refused)
    with pytest.raises(OutputError, match="We may not write here"):
        libreoffice.to_pdf({"a": b""}, tmp_path)


def test_without_libreoffice_a_pdf_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(libreoffice, "program", lambda: None)
    with pytest.raises(MissingProgramError, match="LibreOffice"):
        libreoffice.to_pdf({"a": b""}, tmp_path)


def test_no_property_or_part_tells_more_than_reference_and_date(printed: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(printed["meeting-summary-gp"])) as archive:
        parts = archive.namelist()
        core = archive.read("docProps/core.xml").decode()
        everything = b"".join(archive.read(name) for name in parts)
    assert "Letter ML-2026-014, 14 May 2026" in core
    assert "Anna" not in core
    assert not [name for name in parts if "custom" in name or "thumbnail" in name or "comments" in name]
    assert b"shouting" not in everything
    assert b"home life" not in everything
    assert b"python-docx" not in everything


def test_large_print_holds_all_over() -> None:
    made, house = example("meeting-summary")
    letter = made.copies[0].letter
    assert letter is not None
    document = docx.Document(io.BytesIO(write_docx(letter, Look(size=18), house, {})))
    section = document.sections[0]
    sizes = [
        run.font.size.pt
        for part in (section.first_page_header, section.first_page_footer, section.footer)
        for paragraph in (
            *part.paragraphs,
            *(p for t in part.tables for row in t.rows for c in row.cells for p in c.paragraphs),
        )
        for run in paragraph.runs
        if run.font.size and run.text.strip()
    ]
    assert sizes
    assert min(sizes) >= 18
    assert document.styles["Normal"].font.size.pt == 18


class Outline(HTMLParser):
    """The tags of a page, in order, and whether each is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.sources: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.sources += [value or "" for name, value in attrs if name in ("src", "href")]
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("name", ALL)
def test_a_page_is_whole_semantic_and_needs_nothing_beside_it(name: str) -> None:
    made, house = example(name)
    for copy in made.copies:
        if copy.letter is None:
            continue
        page = Outline()
        page.feed(WRITERS["html"].write(copy.letter, copy.look, house, {}).decode())
        assert not page.open
        assert page.seen.count("h1") == 1
        assert {"html", "title", "main", "header", "footer"} <= set(page.seen)
        levels = [int(tag[1]) for tag in page.seen if re.fullmatch(r"h\d", tag)]
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert all(source.startswith("data:image/png") for source in page.sources)


def test_a_logo_that_is_no_image_is_said(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_text("not an image")
    house = House(Config(Organisation("Us", logo="logo.png")), tmp_path)
    letter = example("meeting-summary")[0].copies[0].letter
    assert letter is not None
    with pytest.raises(CaseError, match="not an image"):
        write_docx(letter, Look(), house, {})


def test_no_heading_is_left_alone_at_the_foot_of_a_page_whatever_the_letterhead_says(tmp_path: Path) -> None:
    old = docx.Document()
    for name in ("Heading 1", "Heading 2"):
        old.styles[name].paragraph_format.keep_with_next = False
    old.save(str(tmp_path / "head.docx"))
    house = House(Config(Organisation("Us", letterhead="head.docx")), tmp_path)
    made, own = example("meeting-summary")
    letter = made.copies[0].letter
    assert letter
    for whose in (house, own):
        document = docx.Document(io.BytesIO(write_docx(letter, Look(), whose, {})))
        headings = [one for one in document.paragraphs if one.style and one.style.name.startswith("Heading")]
        assert len(headings) > 5
        assert all(one.paragraph_format.keep_with_next for one in headings)
    # LibreOffice counts the room on the first page before the header grows, so the logo may not make it grow.
    logo = document.sections[0].first_page_header.tables[0].cell(0, 0).paragraphs[0].paragraph_format
    assert (logo.space_after, logo.line_spacing) == (0, 1.0)


def test_a_letterhead_gives_its_header_and_styles_and_nothing_of_its_past(tmp_path: Path) -> None:
    picture = tmp_path / "photo.jpg"
    exif = Image.Exif()
    exif[0x010E] = "Secret place"
    Image.new("RGB", (20, 20), "red").save(picture, exif=exif)
    old = docx.Document()
    old.add_paragraph("Dear Mrs Secret")
    old.core_properties.author = "Secret author"
    old.sections[0].header.paragraphs[0].text = "The Harbour Centre"
    old.sections[0].header.paragraphs[0].add_run().add_picture(str(picture))
    old.save(str(tmp_path / "head.docx"))
    house = House(Config(Organisation("Us", letterhead="head.docx")), tmp_path)
    letter = example("meeting-summary")[0].copies[0].letter
    assert letter is not None
    data = write_docx(letter, Look(), house, {})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Secret" not in everything
    assert b"The Harbour Centre" in everything
    assert read_docx(data) == plain(letter)


@given(
    st.lists(st.binary(max_size=300), min_size=1, max_size=4),
    st.binary(max_size=200).filter(lambda one: b"@" not in one),
)
def test_words_that_are_put_into_a_compressed_part_read_back_in_their_places(around: list[bytes], words: bytes) -> None:
    data = b"@@".join(one.replace(b"@", b"") for one in around)
    archive = packed((mould("word/foot.xml", data, b"@@").filled(words),))
    with zipfile.ZipFile(io.BytesIO(archive)) as read:
        assert read.testzip() is None
        assert read.read("word/foot.xml") == data.replace(b"@@", words)
