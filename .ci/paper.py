"""Makes templates/documents/paper.docx anew. An office may as well edit that file in Word, keeping the marks in braces.

The marks of a row ({%tr …%}) and of a cell ({%tc …%}) take away the row and the cell that they stand in.
"""

from pathlib import Path

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

TARGET = Path(__file__).resolve().parent.parent / "templates" / "documents" / "paper.docx"
FONT = "Times New Roman"


def main() -> None:
    document = Document()
    dress(document)
    head(document)
    blocks(document)
    foot(document)
    document.core_properties.author = ""
    document.core_properties.title = "{{ name }} {{ title }}"
    document.core_properties.comments = ""
    document.core_properties.language = "{{ language }}"
    TARGET.parent.mkdir(exist_ok=True)
    document.save(TARGET)


def dress(document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.top_margin, section.bottom_margin = Mm(20), Mm(20)
    for name in ("Normal", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(12)
        style.font.bold = name != "Normal"
        style.font.color.rgb = None
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs"):
            fonts.set(qn(script), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        style.paragraph_format.space_before = Pt(0 if name == "Normal" else 10)
        style.paragraph_format.space_after = Pt(6)
    document.styles["Heading 1"].font.all_caps = True


def paragraph(place, text: str, *, bold: bool = False, align=None, style: str | None = None, size: int | None = None):
    made = place.add_paragraph(style=style)
    run = made.add_run(text)
    if bold:
        run.bold = True
    if size:
        run.font.size = Pt(size)
    if align is not None:
        made.alignment = align
    return made


def fill(cell, text: str, *, bold: bool = False, align=None, size: int | None = None):
    """Into the paragraph that every cell has."""
    made = cell.paragraphs[0]
    run = made.add_run(text)
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    made.paragraph_format.space_after = Pt(2)
    made.alignment = align
    return made


def head(document) -> None:
    paragraph(document, "{%p for line in letterhead.lines %}")
    paragraph(document, "{%p if loop.first %}")
    paragraph(document, "{{ line }}", bold=True, align=WD_ALIGN_PARAGRAPH.CENTER)
    paragraph(document, "{%p else %}")
    paragraph(document, "{{ line }}", align=WD_ALIGN_PARAGRAPH.CENTER)
    paragraph(document, "{%p endif %}")
    paragraph(document, "{%p endfor %}")
    underline(paragraph(document, "", size=4))
    paragraph(document, "{%p for line in addressee %}")
    paragraph(document, "{{ line }}").paragraph_format.left_indent = Mm(90)
    paragraph(document, "{%p endfor %}")
    paragraph(document, "{{ name }}", style="Heading 1")
    three = plain_table(document, 1, [55, 60, 50])
    fill(three.cell(0, 0), "{{ date }}")
    fill(three.cell(0, 1), "{{ number }}")
    fill(three.cell(0, 2), "{{ letterhead.place }}", align=WD_ALIGN_PARAGRAPH.RIGHT)
    title = paragraph(document, "{{ title }}", bold=True)
    title.paragraph_format.space_before, title.paragraph_format.right_indent = Pt(10), Mm(50)
    title.paragraph_format.space_after = Pt(12)


def blocks(document) -> None:
    paragraph(document, "{%p for block in blocks %}")
    piece(document, "heading", lambda: paragraph(document, "{{ block.text }}", style="Heading 2"))
    piece(document, "text", lambda: text(document))
    piece(document, "facts", lambda: facts(document))
    piece(document, "table", lambda: table(document))
    piece(document, "signatures", lambda: signatures(document))
    piece(document, "page-break", document.add_page_break)
    paragraph(document, "{%p endfor %}")


def piece(document, kind: str, draw) -> None:
    paragraph(document, "{%p if block.block == '" + kind + "' %}")
    draw()
    paragraph(document, "{%p endif %}")


def text(document) -> None:
    made = paragraph(document, "{% if block.mark %}{{ block.mark }} {% endif %}{{ block.text }}")
    made.alignment = WD_ALIGN_PARAGRAPH.LEFT


def facts(document) -> None:
    made = plain_table(document, 3, [55, 110])
    fill(made.cell(0, 0), "{%tr for label, value in block.rows %}")
    fill(made.cell(1, 0), "{{ label }}")
    fill(made.cell(1, 1), "{{ value }}")
    fill(made.cell(2, 0), "{%tr endfor %}")
    paragraph(document, "", size=4)


def table(document) -> None:
    made = document.add_table(rows=4, cols=3)
    made.style = "Table Grid"
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    whole_width(made)
    fill(made.cell(0, 0), "{%tc for head in block.heads %}")
    fill(made.cell(0, 1), "{{ head }}", bold=True, size=10)
    fill(made.cell(0, 2), "{%tc endfor %}")
    repeated(made.rows[0])
    fill(made.cell(1, 0), "{%tr for row in block.rows %}")
    fill(made.cell(2, 0), "{%tc for cell in row %}")
    sided(made.cell(2, 1))
    fill(made.cell(2, 2), "{%tc endfor %}")
    unbroken(made.rows[2])
    fill(made.cell(3, 0), "{%tr endfor %}")
    paragraph(document, "", size=4)


def sided(cell) -> None:
    """Numbers stand right."""
    fill(cell, "{%p if loop.index0 in block.numbers %}")
    right = paragraph(cell, "{{ cell }}", align=WD_ALIGN_PARAGRAPH.RIGHT, size=10)
    paragraph(cell, "{%p else %}")
    left = paragraph(cell, "{{ cell }}", size=10)
    paragraph(cell, "{%p endif %}")
    for made in (right, left):
        made.paragraph_format.space_after = Pt(2)


def signatures(document) -> None:
    paragraph(document, "{%p if block.title %}")
    paragraph(document, "{{ block.title }}", bold=True)
    paragraph(document, "{%p endif %}")
    made = plain_table(document, 3, [70, 40, 55])
    fill(made.cell(0, 0), "{%tr for post, name in block.rows %}")
    fill(made.cell(1, 0), "{{ post }}").paragraph_format.space_before = Pt(14)
    fill(made.cell(1, 1), "____________", align=WD_ALIGN_PARAGRAPH.CENTER)
    fill(made.cell(1, 2), "{{ name }}")
    for cell in made.rows[1].cells:
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
        cell.paragraphs[0].paragraph_format.keep_with_next = True  # nobody signs alone on a sheet
    fill(made.cell(2, 0), "{%tr endfor %}")
    paragraph(document, "", size=4)


def plain_table(document, rows: int, widths: list[int]):
    made = document.add_table(rows=rows, cols=len(widths))
    made.autofit = False
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)
    return made


def whole_width(table) -> None:
    properties = table._tbl.tblPr
    width = properties.find(qn("w:tblW"))
    if width is None:
        width = OxmlElement("w:tblW")
        properties.append(width)
    width.set(qn("w:type"), "pct")
    width.set(qn("w:w"), "5000")
    for cell in table._cells:
        cell._tc.get_or_add_tcPr().get_or_add_tcW().set(qn("w:type"), "auto")
        cell._tc.tcPr.tcW.set(qn("w:w"), "0")


def repeated(row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def unbroken(row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def underline(made) -> None:
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    made._p.get_or_add_pPr().append(borders)


def foot(document) -> None:
    footer = document.sections[0].footer
    fill_footer = footer.paragraphs[0]
    fill_footer.add_run("{{ footer }}  ").font.size = Pt(8)
    for name in ("PAGE", "NUMPAGES"):
        field(fill_footer, name)
        if name == "PAGE":
            fill_footer.add_run(" / ").font.size = Pt(8)


def field(made, name: str) -> None:
    run = made.add_run()
    run.font.size = Pt(8)
    for kind in ("begin", None, "end"):
        if kind is None:
            part = OxmlElement("w:instrText")
            part.text = name
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


if __name__ == "__main__":
    main()
