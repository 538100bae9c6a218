import csv
import io
import time
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from openpyxl import Workbook, load_workbook

from mobility.web.spreadsheets import Heading, Line, Problem, Sheet, answer, csv_bytes, preview, read, xlsx_bytes


def file(content):
    return io.BytesIO(content)


def workbook(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def archive(**parts):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return kept.getvalue()


def repacked(content, **changed):
    """The same workbook with some parts exchanged."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            new.writestr(part.filename, changed.get(part.filename.rpartition("/")[2], old.read(part)))
    return kept.getvalue()


def one_text_in_many_cells(*, letters, cells):
    """The text lies in the file once; every cell only points at it."""
    main = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    kept = io.BytesIO(workbook(["a"]))
    with zipfile.ZipFile(kept) as book:
        related = book.read("xl/_rels/workbook.xml.rels").decode()
    link = f'<Relationship Id="texts" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    known = related.replace("</Relationships>", link)
    rows = "<row><c t='s'><v>0</v></c></row>" * cells
    sheet = f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>"
    book = io.BytesIO(repacked(kept.getvalue(), **{"workbook.xml.rels": known, "sheet1.xml": sheet}))
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", f"<sst {main}><si><t>{'a' * letters}</t></si></sst>")
    return book.getvalue()


def refusal(content):
    with pytest.raises(ValidationError) as refused:
        read(file(content))
    return refused.value.code


# --- reading ----------------------------------------------------------------------------------------------------------


def test_a_workbook_is_read_as_it_would_be_typed():
    content = workbook(
        ["name", "year", "mean", "from", "at", "key"],
        ["  Ковалёва\u00a0 Анна ", 5.0, 9.62, date(2027, 3, 31), datetime(2027, 3, 31, 18, 0), True],  # noqa: DTZ001 -- Excel knows no zones
        [None, None, None, None, None, None],
        ["и\u0306", 4, None, None, None, False],
    )
    assert read(file(content)) == Sheet(
        ["name", "year", "mean", "from", "at", "key"],
        [
            Line(2, ["Ковалёва Анна", "5", "9.62", "2027-03-31", "2027-03-31 18:00:00", "1"]),
            Line(4, ["й", "4", "", "", "", "0"]),
        ],
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1251", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_in_every_encoding_and_with_every_delimiter(encoding, delimiter):
    text = f'код{delimiter}"имя, фамилия; вместе"\r\n1{delimiter}Ёлкин\r\n'
    assert read(file(text.encode(encoding))) == Sheet(["код", "имя, фамилия; вместе"], [Line(2, ["1", "Ёлкин"])])


def test_rows_beyond_the_limit_are_refused():
    assert refusal(b"code\n" + b"1\n" * 10_001) == "too-many-rows"
    assert len(read(file(b"code\n" + b"1\n" * 10_000)).lines) == 10_000


def test_what_is_no_spreadsheet_is_refused():
    assert refusal(b"") == "empty"
    assert refusal(b"\n\n") == "empty"
    assert refusal(b"PK\x03\x04 and nothing else") == "unreadable"
    assert refusal(b"%PDF-1.7\0\0") == "unreadable"
    assert refusal(archive(hello_xml="<hello/>")) == "unreadable"
    assert refusal(b'code\n"never ends' + b"x" * 200_000) == "unreadable"
    assert refusal(b"x" * (5 * 1024 * 1024 + 1)) == "too-large"


LAUGHS = (
    b'<!DOCTYPE z [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY a%d "&a;&a;&a;&a;">' % n for n in range(20))
    + b"]><z>&a9;</z>"
)


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("bomb", lambda: archive(xl__sheet_xml=b" " * (51 * 1024 * 1024))),
        ("bomb", lambda: one_text_in_many_cells(letters=20_000_000, cells=300)),
        ("bomb", lambda: archive(**{f"part{n}": b"" for n in range(501)})),
        ("bomb", lambda: repacked(workbook(["a"], ["b"]), **{"sheet1.xml": LAUGHS})),
        ("bomb", lambda: repacked(workbook(["a"], ["b"]), **{"sheet1.xml": LAUGHS.decode().encode("utf-16")})),
        ("too-many-cells", lambda: archive(xl__sheet_xml=b"<c/>" * 2_100_000)),
    ],
)
def test_bombs_are_refused_within_two_seconds(code, content):
    packed = content()
    began = time.perf_counter()
    assert refusal(packed) == code
    assert time.perf_counter() - began < 2


def test_a_sheet_that_says_it_is_huge_is_read_as_it_is():
    content = workbook(["a"], ["b"])
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"')
    assert read(file(repacked(content, **{"sheet1.xml": sheet}))) == Sheet(["a"], [Line(2, ["b"])])


# --- writing ----------------------------------------------------------------------------------------------------------

DANGEROUS = ["=1+1", "+375 29 1234567", "-2+3", "@SUM(A1)", "\t=1", "Ёлкин"]


def test_formulas_leave_a_workbook_as_text():
    cells = list(load_workbook(io.BytesIO(xlsx_bytes(header=["a"], rows=[[word] for word in DANGEROUS]))).active)[1:]
    assert [(row[0].value, row[0].data_type, row[0].quotePrefix) for row in cells] == [
        (word, "s", word != "Ёлкин") for word in DANGEROUS
    ]


def test_formulas_leave_a_csv_as_text_and_come_back_as_they_were():
    content = csv_bytes(header=["a", "b"], rows=[[word, 1] for word in DANGEROUS[:4]])
    assert [row[0] for row in csv.reader(io.StringIO(content.decode("utf-8-sig")))][1:] == [
        f"'{word}" for word in DANGEROUS[:4]
    ]
    assert [line.values[0] for line in read(file(content)).lines] == DANGEROUS[:4]


def test_numbers_and_dates_stay_what_they_are():
    with translation.override("ru"):
        at = datetime(2027, 3, 31, 15, 0, tzinfo=UTC)
        rows = [[Decimal("-9.10"), -3, None, date(2027, 4, 1), at, "bad\x01"]]
        assert csv_bytes(header=list("abcdef"), rows=rows).decode("utf-8-sig").splitlines()[1] == (
            "-9.10;-3;;2027-04-01;2027-03-31 18:00:00;bad"
        )
        row = list(load_workbook(io.BytesIO(xlsx_bytes(header=list("abcdef"), rows=rows))).active.values)[1]
    assert row == (-9.1, -3, None, datetime(2027, 4, 1), datetime(2027, 3, 31, 18, 0), "bad")  # noqa: DTZ001 -- Excel knows no zones


def test_a_download_is_named_in_any_script():
    response = answer(b"", name="Партнёры 2027.csv")
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%D0%9F%D0%B0%D1%80%D1%82%D0%BD%D1%91%D1%80%D1%8B%202027.csv"
    )
    assert response["Content-Type"] == "text/csv; charset=utf-8"


# --- preview ----------------------------------------------------------------------------------------------------------


class CityForm(forms.Form):
    code = forms.SlugField()
    places = forms.IntegerField(min_value=0, required=False)


HEADINGS = [Heading("code", ["Code", "Код"], required=True), Heading("places", ["Places", "Места"])]
THERE = {"minsk": {"places": 4, "code": "minsk"}, "omsk": {"places": 2, "code": "omsk"}}


def previewed(*rows):
    sheet = Sheet(list(rows[0]), [Line(number, list(row)) for number, row in enumerate(rows[1:], start=2)])
    return preview(
        sheet, headings=HEADINGS, form=CityForm, key=lambda values: values["code"], present=lambda keys: THERE
    )


def test_rows_are_new_changed_or_unchanged():
    seen = previewed(["КОД", " места "], ["minsk", "4"], ["omsk", "3"], ["kirov"])
    assert seen.counts == {"new": 1, "changed": 1, "unchanged": 1}
    assert [(row.number, row.key, row.changes) for row in seen.changes] == [
        (3, "omsk", [(" места ", 2, 3)]),
        (4, "kirov", []),
    ]
    assert seen.is_good


def test_problems_name_their_row_and_column_and_nothing_goes_in():
    seen = previewed(["code", "places"], ["two words", "4"], ["omsk", "many"], ["kirov", "1"], ["kirov", "2"])
    assert [(problem.row, problem.column) for problem in seen.problems] == [(2, "code"), (3, "places"), (5, "")]
    assert seen.problems[2] == Problem(5, "", "The same stands in row 4 already.")
    assert (seen.is_good, seen.rows) == (False, [])


def test_an_error_of_a_formula_is_no_value_of_any_column():
    seen = previewed(["code", "places"], ["#N/A", "#ССЫЛКА!"], ["omsk", "4"])
    assert [(problem.row, problem.column) for problem in seen.problems] == [(2, "code"), (2, "places")]


def test_columns_that_are_strange_double_or_missing_are_named():
    seen = previewed(["places", "Places", "colour"], ["1", "2", "red"])
    assert [(problem.row, problem.column) for problem in seen.problems] == [(1, "Places"), (1, "colour"), (1, "Code")]


def test_only_the_first_problems_are_told():
    seen = previewed(["code"], *([["two words"]] * 250))
    assert (len(seen.problems), seen.more_problems) == (200, 50)
