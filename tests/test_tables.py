"""Tables: read whatever way they were saved, and written so that nothing in them runs or is lost."""

import csv
import io
import json
import re
import zipfile
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font

from tipletters.errors import ReadError
from tipletters.tables import Table, open_table
from tipletters.tables.guard import guarded, unguarded
from tipletters.tables.table import Row, letters
from tipletters.tables.writing import REASON, THEN, write_rows

NAMES = "First name;Surname\nJosé;Müller\nZoë;O’Brien\nRenée;Ångström\n"
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("=+-@'\t\n|;,\"％＝"), max_size=12)


def table(folder: Path, data: bytes, **options: str) -> Table:
    path = folder / "table"
    path.write_bytes(data)
    return open_table(path, **options)


def cells(found: Table) -> list[tuple[Any, ...]]:
    return [row.cells for row in found.read()]


def written(found: Table, rows: list[Row], folder: Path) -> bytes:
    out = io.BytesIO()
    write_rows(found, [(row, "A date is missing.", "Put it in.") for row in rows], out, folder)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_names_are_read_right_whatever_way_they_were_saved(tmp_path: Path, encoding: str) -> None:
    found = table(tmp_path, NAMES.encode(encoding))
    assert found.columns == ("First name", "Surname")
    assert cells(found) == [("José", "Müller"), ("Zoë", "O’Brien"), ("Renée", "Ångström")]


def test_a_table_from_an_old_dos_program_is_read_right(tmp_path: Path) -> None:
    found = table(tmp_path, NAMES.replace("’", "'").encode("cp850"))
    assert cells(found)[0] == ("José", "Müller")


def test_a_table_of_central_europe_is_read_right_and_one_of_the_west_still_is(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b\nŁukasz Żółć,1\nJiří Dvořák,2\n".encode("cp1250"))
    assert [one[0] for one in cells(found)] == ["Łukasz Żółć", "Jiří Dvořák"]
    western = 'a,b\nPeña Muñoz,¿Qué?\nBjörn,"5 m³, £5, ½, 1º"\n'
    assert cells(table(tmp_path, western.encode("cp1252"))) == [("Peña Muñoz", "¿Qué?"), ("Björn", "5 m³, £5, ½, 1º")]


def test_a_row_saved_in_another_way_than_the_others_says_so(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b\nZoë,1\n".encode() + "José,2\n".encode("cp1252") + b"Ann,3\n")
    rows = list(found.read())
    assert [row.cells[0] for row in rows] == ["Zoë", "José", "Ann"]
    assert [bool(row.problem) for row in rows] == [False, True, False]


@pytest.mark.parametrize("separator", list(",;\t|"))
def test_the_separator_is_found(tmp_path: Path, separator: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([["a", "b"], ["1, 2; 3", "x\ny"], ['say "hi"', "|"]])
    assert cells(table(tmp_path, out.getvalue().encode())) == [("1, 2; 3", "x\ny"), ('say "hi"', "|")]


def test_the_line_by_which_excel_tells_the_separator_is_understood(tmp_path: Path) -> None:
    assert cells(table(tmp_path, b"sep=;\r\na;b,c\r\n1;2\r\n")) == [("1", "2")]


def test_rows_are_numbered_as_excel_shows_them(tmp_path: Path) -> None:
    found = table(tmp_path, b'a,b\n1,"x\ny"\n\n3,4\n')
    assert [row.number for row in found.read()] == [2, 4]


def test_a_row_of_another_width_says_so(tmp_path: Path) -> None:
    assert [bool(row.problem) for row in table(tmp_path, b"a,b\n1\n1,2,3\n1,2,,\n").read()] == [True, True, False]


def test_a_cell_of_a_megabyte_and_one_that_holds_nothing_are_read(tmp_path: Path) -> None:
    found = table(tmp_path, b"a,b\n" + b"x" * 1_000_000 + b",y\n\x00,z\n")
    assert [len(one[0]) for one in cells(found)] == [1_000_000, 1]


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "empty"),
        (b"a,A\n1,2\n", "same name"),
        (b"PK\x03\x04rubbish", "cannot be read"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel"),
        (b"{}\n", "no object"),
        (",".join(map(str, range(600))).encode(), "more than 500"),
    ],
)
def test_what_is_no_table_is_said_so(tmp_path: Path, data: bytes, part: str) -> None:
    with pytest.raises(ReadError, match=part):
        cells(table(tmp_path, data))


def workbook(folder: Path, rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(book: bytes, old: bytes, new: bytes) -> bytes:
    """Return a workbook whose first sheet has another XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as archive, zipfile.ZipFile(out, "w") as copy:
        for name in archive.namelist():
            data = archive.read(name)
            copy.writestr(name, re.sub(old, new, data) if name == "xl/worksheets/sheet1.xml" else data)
    return out.getvalue()


def test_a_workbook_gives_dates_times_and_whole_numbers(tmp_path: Path) -> None:
    data = workbook(tmp_path, [["on", "at", "n", "m"], [datetime(2026, 5, 14), time(15, 30), 3.0, 2.5]])
    assert cells(table(tmp_path, data)) == [(date(2026, 5, 14), time(15, 30), 3, 2.5)]


def test_a_workbook_tells_of_hidden_rows_and_knows_its_sheets(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(tmp_path, [["a"], ["1"], ["2"]])))
    book.active.row_dimensions[2].hidden = True
    book.create_sheet("Other").append(["b"])
    book.save(tmp_path / "table.xlsx")
    found = open_table(tmp_path / "table.xlsx")
    hides, more = found.notes
    assert ("hides" in hides, "There is more in “Other”." in more) == (True, True)
    assert cells(found) == [("1",), ("2",)]
    assert open_table(tmp_path / "table.xlsx", sheet="Other").columns == ("b",)
    with pytest.raises(ReadError, match="no sheet"):
        open_table(tmp_path / "table.xlsx", sheet="Othr")


@pytest.mark.parametrize("blanks", [1_000, 17_000_000])
def test_a_sheet_without_end_before_its_first_row_is_refused_and_fills_no_memory(tmp_path: Path, blanks: int) -> None:
    data = changed(workbook(tmp_path, [["a"], ["1"]]), b"<sheetData>", b" " * blanks + b"<sheetData>")
    if blanks < 17_000_000:
        assert cells(table(tmp_path, data)) == [("1",)]
        return
    with pytest.raises(ReadError, match="more in this workbook than"):
        table(tmp_path, data)


def test_hidden_rows_are_told_however_the_file_says_it(tmp_path: Path) -> None:
    for said in (b'hidden="true"', b"hidden='1'"):
        data = changed(workbook(tmp_path, [["a"], ["1"]]), b'<row r="2"', b'<row r="2" ' + said)
        assert "hides" in table(tmp_path, data).notes[0]
    shown = changed(workbook(tmp_path, [["a"], ["1"]]), b'<row r="2"', b'<row r="2" hidden="0"')
    assert not table(tmp_path, shown).notes


def test_comments_and_what_is_struck_through_are_told_with_their_rows(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(tmp_path, [["a", "b"], *([n, "x"] for n in range(2, 20))])))
    sheet = book.active
    sheet["B2"].comment = Comment("She phoned: no copy to her GP", "Robin")
    sheet["A3"].font = Font(strike=True)
    sheet["Z9"].font = Font(strike=True)  # nothing stands in it
    sheet["B5"] = CellRichText(TextBlock(InlineFont(strike=True), "old"), " new")
    sheet["B6"] = CellRichText(TextBlock(InlineFont(strike=False), "bold"), " new")
    book.create_sheet("Empty")
    book.save(tmp_path / "table.xlsx")
    struck, commented = open_table(tmp_path / "table.xlsx").notes
    assert "struck through in rows 3, 5." in struck
    assert "comments on row 2." in commented
    for n in range(2, 20):
        sheet.cell(n, 1).font = Font(strike=True)
    book.save(tmp_path / "table.xlsx")
    assert "rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 8 more." in open_table(tmp_path / "table.xlsx").notes[0]


def test_what_is_struck_through_is_told_where_the_workbook_keeps_its_texts_apart(tmp_path: Path) -> None:
    data = changed(workbook(tmp_path, [["a"], ["1"], ["2"]]), b't="inlineStr"><is><t>2</t></is>', b't="s"><v>1</v>')
    texts = b"<sst><si><t>one</t></si><si><r><rPr><strike/></rPr><t>gone</t></r></si></sst>"
    with zipfile.ZipFile(tmp_path / "apart.xlsx", "w") as book, zipfile.ZipFile(io.BytesIO(data)) as old:
        for name in old.namelist():
            book.writestr(name, old.read(name))
        book.writestr("xl/sharedStrings.xml", texts)
    (note,) = open_table(tmp_path / "apart.xlsx").notes
    assert "struck through in row 3." in note


@pytest.mark.parametrize(
    ("held", "shape", "shown"),
    [
        (7, '"ML-"0000', "ML-0007"), (9990123454, "000 000 0000", "999 012 3454"), (12345, "00-00", "123-45"),
        (0, '"Yes";"Yes";"No"', "No"), (1, '"No";;"Yes"', "No"), ("7", '"ML-"@', "ML-7"), (7, '[Red]\\M00_)', "M07"),
        (7, "General", 7), (7, "0", 7), (7, "#,##0", 7), (2.5, "0.0", 2.5), (-7, '"ML-"00', -7), (7, '"£"#,##0', 7),
        ("x", '"ML-"00', "x"), (7, '"ML-"General', "ML-7"), (True, '"ML-"00', True),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_excel_shows_it(tmp_path: Path, held: Any, shape: str, shown: Any) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook(tmp_path, [["a", "b", "c"], [held, "", "x"]])))
    book.active["A2"].number_format = shape
    book.save(tmp_path / "table.xlsx")
    assert cells(open_table(tmp_path / "table.xlsx")) == [(shown, None, "x")]


def test_signs_that_excel_writes_by_number_are_read_as_signs(tmp_path: Path) -> None:
    data = workbook(
        tmp_path, [["said_x000D_"], ["_x000D_\nYou_x000D_swim_xD83D__xDE00_"], ["a _x005F_x000D_ b_xD83D_"]]
    )
    found = table(tmp_path, data)
    assert found.columns == ("said",)
    assert cells(found) == [("\nYou\nswim😀",), ("a _x000D_ b\ufffd",)]


def test_a_workbook_that_would_fill_the_memory_or_never_end_is_refused(tmp_path: Path) -> None:
    good = workbook(tmp_path, [["a", "b"], ["1", "2"]])
    cells_far_out = b"".join(b'<row r="%d"><c r="ZZZ%d"><v>1</v></c></row>' % (n, n) for n in range(3, 1_100))
    many = changed(good, b"</sheetData>", cells_far_out + b"</sheetData>")
    last = changed(good, b'r="2"', b'r="99999999"')
    out = io.BytesIO(good)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/more.xml", "w") as part:
        for _ in range(101):
            part.write(b" " * 1_000_000)
    for data in (many, last, out.getvalue()):
        with pytest.raises(ReadError, match="more in this workbook") as problem:
            table(tmp_path, data)
        assert "CSV" in problem.value.then


@pytest.mark.parametrize("cut", ["A1:A9", "A1:B2", "A1"])
def test_what_a_workbook_says_of_its_own_size_is_not_believed(tmp_path: Path, cut: str) -> None:
    whole = workbook(tmp_path, [["name", "deceased"], ["Ann", "no"], ["Bo", "yes"]])
    wrong = changed(whole, rb'<dimension ref="[^"]*" ?/>', f'<dimension ref="{cut}"/>'.encode())
    assert cells(table(tmp_path, wrong)) == [("Ann", "no"), ("Bo", "yes")]


def test_a_formula_whose_result_was_not_saved_stops_its_row(tmp_path: Path) -> None:
    found = table(tmp_path, workbook(tmp_path, [["name", "deceased"], ["Ann", '=IF(1=1,"yes","no")'], ["Bo", "no"]]))
    assert [bool(row.problem) for row in found.read()] == [True, False]
    saved = changed(
        workbook(tmp_path, [["name", "deceased"], ["Ann", '=""']]),
        rb"<c ([^>]*)><f>[^<]*</f><v */?>(</v>)?",
        rb'<c \1 t="str"><f>""</f><v></v>',
    )
    assert [row.problem for row in table(tmp_path, saved).read()] == [""]  # an empty text is a result


@pytest.mark.parametrize(("number", "other"), [(b"3", b"2"), (b"2", b"9")])
def test_a_workbook_whose_rows_do_not_rise_is_refused(tmp_path: Path, number: bytes, other: bytes) -> None:
    whole = workbook(tmp_path, [["name"], ["Ann"], ["Bo"], ["Cy"]])
    with pytest.raises(ReadError, match="out of order"):
        table(tmp_path, changed(whole, b'<row r="' + number + b'"', b'<row r="' + other + b'"'))


def test_a_quotation_mark_that_is_not_closed_takes_no_other_row(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="beyond row"):
        cells(table(tmp_path, b'name,town,said\nAnn,Ayr,"I swim\nBo,Bute,"I walk"\nCy,Cove,I row\n'))
    found = table(tmp_path, b'name,town,said\nAnn,Ayr,"I swim\nBo,Bute,I walk"\nCy,Cove,"I row,\nand rest"\n')
    assert [bool(row.problem) for row in found.read()] == [True, False]


def test_json_lines_may_hold_objects_inside_and_a_broken_line_says_so(tmp_path: Path) -> None:
    lines = [json.dumps({"client": {"first_name": "Ann"}, "n": 1}), "{broken", json.dumps({"n": [2]})]
    rows = list(table(tmp_path, "\n".join(lines).encode()).read())
    assert [row.cells for row in rows] == [("Ann", 1), (None, None), (None, [2])]
    assert [bool(row.problem) for row in rows] == [False, True, False]


def test_columns_without_a_name_are_called_as_excel_does() -> None:
    assert [letters(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


@given(TEXT)
def test_a_guarded_cell_runs_nothing_and_reads_back(text: str) -> None:
    safe = guarded(text)
    assert unguarded(safe) == text
    assert not safe.lstrip().startswith(tuple("=+-@|%＝＋－＠"))


@given(st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=5), st.sampled_from(["csv", "jsonl", "xlsx"]))
def test_rows_that_are_written_read_back_as_they_were(
    tmp_path_factory: pytest.TempPathFactory, found: list[tuple[str, str]], kind: str
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    found = [pair for pair in found if pair[0].strip()] or [("x", "y")]
    source = Table(kind, ("=one", "two"), "", lambda: iter(()), ("utf-8", ";"))
    data = written(source, [Row(n, pair) for n, pair in enumerate(found, start=2)], folder)
    again = table(folder, data)
    assert again.columns == ("=one", "two", REASON, THEN)
    kept = [tuple(cell or "" for cell in one[:2]) for one in cells(again)]
    if kind == "xlsx":  # a workbook's XML knows one line end, and drops cells that hold nothing but space
        assert [[c.strip() for c in one] for one in kept] == [[c.strip() for c in one] for one in found]
    else:
        assert kept == found
    assert written(again, list(again.read()), folder) == data
    assert {path.name for path in folder.iterdir()} == {"table"}


def test_a_csv_that_is_written_holds_no_formula(tmp_path: Path) -> None:
    found = table(tmp_path, b'a;b\n=cmd|\' /C calc\'!A0;"x;=1+1"\n@SUM(A1);"\t=1"\n')
    data = written(found, list(found.read()), tmp_path)
    for line in csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"):
        assert not [cell for cell in line if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_a_workbook_that_is_written_holds_words_alone(tmp_path: Path) -> None:
    source = Table("xlsx", ("a", "b"), "", lambda: iter(()))
    data = written(source, [Row(2, ("=1+1", date(2026, 5, 14))), Row(3, (7123, "0012"))], tmp_path)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}
    assert [cell.value for cell in sheet[2]][:2] == ["=1+1", "2026-05-14"]


def test_a_workbook_that_counts_days_from_1904_is_written_as_one(tmp_path: Path) -> None:
    old = Table("xlsx", ("on",), "", lambda: iter(()), day_0=date(1904, 1, 1))
    assert table(tmp_path, written(old, [Row(2, (44731,))], tmp_path)).day_0 == date(1904, 1, 1)
