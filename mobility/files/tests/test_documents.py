"""What is printed is what was written, letter by letter, in both formats."""

import io
import re
import time
from datetime import UTC, date, datetime

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from mobility.files.documents import (
    Facts,
    Heading,
    Letterhead,
    Name,
    PageBreak,
    Paper,
    Signatures,
    Table,
    Text,
    as_docx,
    as_pdf,
    render_docx,
    render_pdf,
)
from mobility.files.documents.drawing import LETTER, SIDES, SIZE, widths
from mobility.files.documents.scripts import PRINTED, is_printed, printed, visible

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
NASTY = (
    'O\'Connor #set text(red) $x^2$ *b* _i_ @ref <l> `raw` \\ // [a] "q" {{ 7*7 }} {% if %} {_{ 1 }_} {#c#} '
    '=HYPERLINK("x") &amp; <w:p/> -- ... ~'
)


def paper(*blocks, **options) -> Paper:
    given = {"name": "Служебная записка", "title": "О стажировке", "language": "ru", "letterhead": Letterhead(())}
    return Paper(**{**given, **options, "blocks": blocks})


def pdf_of(paper: Paper, **options) -> PdfReader:
    made = as_pdf(paper.as_content(), **{"number": "", "dated": None, "at": AT, **options})
    return PdfReader(io.BytesIO(made))


def text_of(reader: PdfReader) -> str:
    """Without the invisible signs at which a long word may break, and with one space where lines do."""
    whole = "\n".join(sheet.extract_text() for sheet in reader.pages).replace("\u200b", "")
    return re.sub(r"\s+", " ", whole).strip()


def docx_of(paper: Paper, **options):
    made = as_docx(paper.as_content(), **{"number": "", "dated": None, "at": AT, **options})
    return Document(io.BytesIO(made))


def lines_of(document) -> list[str]:
    return [line.text for line in document.paragraphs if line.text]


def cells_of(table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


WHOLE = paper(
    Heading("Основание"),
    Text("Приглашение от 1 марта."),
    Text("Слушали: доклад.", mark="1."),
    Facts((("Цель", "Доклад"), ("Срок", "14 дней"))),
    Table(("№", "Имя", "Баллы"), (("1", Name("Ўладзіслаў Іваноў"), "9,02"), ("2", "O'Connor", "8,95")), numbers=(0, 2)),
    Signatures((("Заведующий кафедрой", "И. И. Иванов"),), title="Согласовано"),
    PageBreak(),
    Heading("Приложение"),
    letterhead=Letterhead(("Университет примеров", "Отдел международных связей"), "г. Минск"),
    addressee=("Ректору", "П. П. Петрову"),
    footer="sha256 0af1",
)


def test_a_whole_paper_as_pdf():
    reader = pdf_of(WHOLE, number="12-05/7", dated=date(2027, 1, 5))
    assert [re.sub(r"\s+", " ", sheet.extract_text()).strip() for sheet in reader.pages] == [
        (
            "Университет примеров Отдел международных связей Ректору П. П. Петрову СЛУЖЕБНАЯ ЗАПИСКА "
            "5 января 2027 г. № 12-05/7 г. Минск О стажировке Основание Приглашение от 1 марта. 1. Слушали: доклад. "
            "Цель Доклад Срок 14 дней № Имя Баллы 1 Ўладзіслаў Іваноў 9,02 2 O'Connor 8,95 "
            "Согласовано Заведующий кафедрой И. И. Иванов sha256 0af1 1 / 2"
        ),
        "Приложение sha256 0af1 2 / 2",
    ]


def test_a_whole_paper_as_docx():
    document = docx_of(WHOLE, number="12-05/7", dated=date(2027, 1, 5))
    assert lines_of(document) == [
        "Университет примеров",
        "Отдел международных связей",
        "Ректору",
        "П. П. Петрову",
        "Служебная записка",
        "О стажировке",
        "Основание",
        "Приглашение от 1 марта.",
        "1. Слушали: доклад.",
        "Согласовано",
        "Приложение",
    ]
    assert [cells_of(table) for table in document.tables] == [
        [["5\xa0января\xa02027\xa0г.", "№\xa012-05/7", "г. Минск"]],
        [["Цель", "Доклад"], ["Срок", "14 дней"]],
        [["№", "Имя", "Баллы"], ["1", "Ўладзіслаў Іваноў", "9,02"], ["2", "O'Connor", "8,95"]],
        [["Заведующий кафедрой", "____________", "И. И. Иванов"]],
    ]
    assert document.sections[0].footer.paragraphs[0].text == "sha256 0af1   / "
    assert document.core_properties.title == "Служебная записка О стажировке"


@pytest.mark.parametrize(
    ("language", "number"), [("en", "No.\xa0____________"), ("ru", "№\xa0____________"), ("be", "№\xa0____________")]
)
def test_before_registration_there_is_room_to_write(language, number):
    assert cells_of(docx_of(paper(language=language)).tables[0]) == [["____________", number, ""]]


def test_a_pdf_is_accessible_and_lasting():
    reader = pdf_of(WHOLE)
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("ru", True)
    assert reader.metadata.title == "Служебная записка О стажировке"
    assert reader.metadata.creation_date == AT
    described = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in described
    assert "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in described


@pytest.mark.parametrize("draw", [as_pdf, as_docx])
def test_the_same_paper_is_the_same_bytes(draw):
    first = draw(WHOLE.as_content(), number="7", dated=date(2027, 1, 5), at=AT)
    time.sleep(2.1)  # a ZIP counts time in steps of two seconds
    assert draw(WHOLE.as_content(), number="7", dated=date(2027, 1, 5), at=AT) == first


@pytest.mark.parametrize("name", ["Ўладзіслаў Іваноў-Ёлкін", "O'Connor", "Nguyễn Thị Ngọc", NASTY, "Ә" * 120])
def test_a_name_is_printed_literally(name):
    written = paper(Text(name), Table(("Имя",), ((Name(name),),)), Facts(((name, name),)), title=name)
    found = text_of(pdf_of(written))
    assert found.replace(" ", "").count(name.replace(" ", "")) == 5
    document = docx_of(written)
    assert lines_of(document)[1:] == [name, name]
    assert [cells_of(table) for table in document.tables[1:]] == [[["Имя"], [name]], [[name, name]]]


def test_writing_from_right_to_left():
    """A reader of PDF gives the words in the order of the page."""
    written = paper(Text(Name("محمد علي")), Text("שלום"))
    assert text_of(pdf_of(written)).endswith("علي محمد שלום 1 / 1")
    assert lines_of(docx_of(written))[-2:] == ["محمد علي", "שלום"]


def test_a_script_that_the_font_lacks_is_printed_in_latin_letters_and_says_so():
    written = paper(Text(Name("王伟", "Wang Wei")), language="en")
    assert text_of(pdf_of(written)).endswith(
        "Wang Wei Names in scripts that this file's font lacks are given in Latin letters. 1 / 1"
    )
    assert lines_of(docx_of(written))[-1] == "王伟 (Wang Wei)"


def test_a_letter_that_nothing_stands_for_says_so():
    written = paper(Text("王 и Ко"), language="en")
    assert text_of(pdf_of(written)).endswith(
        "□ и Ко □ stands for a letter that this file's font lacks; the Word file has it. 1 / 1"
    )
    assert lines_of(docx_of(written))[-1] == "王 и Ко"


def test_what_is_invisible_or_turns_the_direction_is_not_printed():
    assert visible("e\u0301\u202eabc\u2066\x00\x07\r\nd\ufeff") == "éabc\nd"
    assert lines_of(docx_of(paper(Text("a\x07b\x0cc\td\ne"))))[-1] == "abcd\ne"


def test_the_font_has_all_that_is_held_to_be_printed():
    letters = [chr(code) for code in range(0x20, 0x3000) if is_printed(chr(code)) and visible(chr(code))]
    rows = tuple(("".join(letters[start : start + 40]),) for start in range(0, len(letters), 40))
    assert len(pdf_of(paper(Table(("Letters",), rows))).pages) >= 1


@settings(max_examples=15, deadline=None)
@given(st.lists(st.text(), max_size=30))
def test_no_text_stops_the_press(texts):
    written = paper(
        *[Text(text) for text in texts], Table(("a",), tuple((text,) for text in texts)), title="".join(texts)
    )
    assert pdf_of(written).pages
    assert docx_of(written)


def test_a_sheet_lies_on_its_side():
    wide = paper(orientation="landscape")
    box = pdf_of(wide).pages[0].mediabox
    section = docx_of(wide).sections[0]
    assert (round(box.width), round(box.height)) == (842, 595)
    assert (section.orientation, section.page_width > section.page_height) == (WD_ORIENT.LANDSCAPE, True)


def test_an_annex_lies_on_its_side_and_the_paper_stands():
    made = paper(Text("Решили"), PageBreak("landscape"), Text("Приложение 1"), PageBreak(), Text("Приложение 2"))
    sheets = pdf_of(made).pages
    assert [round(sheet.mediabox.width) for sheet in sheets] == [595, 842, 595]
    assert ["Приложение" in sheet.extract_text() for sheet in sheets] == [False, True, True]
    document = docx_of(made)
    assert [section.page_width > section.page_height for section in document.sections] == [False, True, False]
    assert 'w:type="page"' not in document.element.xml


@pytest.mark.parametrize("breadth", [165.0, 252.0])
def test_no_column_is_narrower_than_its_longest_word(breadth):
    """Ten of them with long heads: the letters become smaller before a word leaves its cell."""
    heads = ["Место", "Номер", "Участник конкурса", "Средний балл", "Успеваемость", "Научная деятельность"]
    heads += ["Общественная деятельность", "Личные достижения в спорте и искусстве", "Всего", "Принимающий вуз"]
    row = ["1", "PT27-0070", "Романовская Людмила Александровна", "9,01", *["40,10"] * 5, "Туркменский медуниверситет"]
    shares, size = widths({"heads": heads, "rows": [row]}, breadth)
    room = [share / sum(shares) * breadth - SIDES for share in shares]
    longest = [max(map(len, [*head.split(), *cell.split()])) for head, cell in zip(heads, row, strict=True)]
    assert [mm >= LETTER * size / SIZE * word for mm, word in zip(room, longest, strict=True)] == [True] * 10
    assert (size < SIZE) == (breadth == 165.0)


def test_a_period_without_a_break_inside_fits_its_column():
    days = "7\xa0февраля\xa02026\xa0г."
    [dates, _place], size = widths({"heads": ["Сроки", "Где"], "rows": [[f"20\xa0января – {days}", "Минск " * 40]]}, 60)
    assert dates - SIDES >= LETTER * size / SIZE * len(days)


def test_a_long_table_repeats_its_head():
    rows = tuple((str(number), f"Студент № {number}") for number in range(160))
    reader = pdf_of(paper(Table(("№", "Фамилия"), rows)))
    assert [sheet.extract_text().count("Фамилия") for sheet in reader.pages] == [1, 1, 1, 1]
    table = docx_of(paper(Table(("№", "Фамилия"), rows))).tables[1]
    assert ["w:tblHeader" in row._tr.xml for row in table.rows[:2]] == [True, False]


def test_a_narrow_column_keeps_its_numbers_whole():
    """Beside seven columns of long cells: each number stands in one piece, in order."""
    rows = tuple((str(number), *["длинное слово " * 4] * 7) for number in range(100, 130))
    wide = paper(Table(("№", *"абвгдеж"), rows, numbers=(0,)), orientation="landscape")
    found = re.findall(r"\b1[0-2]\d\b", " ".join(sheet.extract_text() for sheet in pdf_of(wide).pages))
    assert found == [str(number) for number in range(100, 130)]


def test_word_s_columns_are_as_wide_as_their_words():
    """For programs that do not widen them by themselves: together the sheet, and a long word in one piece."""
    rows = tuple((str(number), "Константиновский Константин") for number in range(3))
    table = docx_of(paper(Table(("№", "Фамилия, имя"), rows))).tables[1]
    narrow, broad = (column.width.mm for column in table.columns)
    assert (round(narrow + broad), narrow * 3 < broad) == (165, True)
    wide = paper(Table(tuple("абвгдежзик"), (("неразделимое",) * 10,)))
    sizes = docx_of(wide).tables[1]._tbl.xpath(".//w:sz/@w:val")
    assert {int(size) < 2 * SIZE for size in sizes} == {True}


def test_160_rows_are_quick():
    rows = tuple((str(number), f"Ўладзіслаў Іваноў {number}", "9,02", "Лечебный факультет") for number in range(160))
    content = paper(Table(("№", "Имя", "Баллы", "Факультет"), rows)).as_content()
    for draw in (as_pdf, as_docx):
        draw(content, number="", dated=None, at=AT)
        began = time.perf_counter()
        draw(content, number="", dated=None, at=AT)
        assert time.perf_counter() - began < 1  # 0.1 s, alone on a computer


def test_a_table_with_a_cell_missing_is_refused():
    with pytest.raises(ValueError, match="as many cells"):
        Table(("a", "b"), (("1",),))


def test_a_template_of_one_s_own(tmp_path):
    (tmp_path / "own.typ").write_text(
        '#set document(title: "T")\n#let data = json(bytes(sys.inputs.data))\n= #data.word\n'
    )
    made = render_pdf(tmp_path / "own.typ", {"word": "#pagebreak() *слово*"}, at=AT)
    assert text_of(PdfReader(io.BytesIO(made))) == "#pagebreak() *слово*"
    document = Document()
    document.add_paragraph("{{ word }}")
    document.save(tmp_path / "own.docx")
    assert lines_of(Document(io.BytesIO(render_docx(tmp_path / "own.docx", {"word": "{{ слово }}"}, at=AT)))) == [
        "{{ слово }}"
    ]


def test_a_broken_template_says_where(tmp_path):
    (tmp_path / "own.typ").write_text("#nothing\n")
    with pytest.raises(RuntimeError, match=r"own.typ: unknown variable: nothing"):
        render_pdf(tmp_path / "own.typ", {}, at=AT)


def test_printed_says_what_is_missing():
    assert (printed("王a"), is_printed(PRINTED)) == ("□a", True)
