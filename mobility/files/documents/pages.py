"""Templates and data into files. What people wrote is data: it is never read as markup of either format."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from pathlib import Path
from typing import Any

from django.template.engine import Engine
from markupsafe import Markup, escape

TYPESETTER = Path(__file__).with_name("typesetter.py")
SECONDS = 30
"""Until a paper is given up: 160 rows take a tenth of one."""


def template_path(name: str) -> Path:
    """In the first folder of templates that has it: an installation may put its own before ours."""
    found = (Path(folder) / name for folder in Engine.get_default().dirs)
    return next((path for path in found if path.is_file()), Path(name))


def render_pdf(template: Path | str, data: Mapping[str, Any], *, at: datetime) -> bytes:
    """PDF/UA-1 and PDF/A-2a, by a Typst template that reads `sys.inputs.data`; it may import from its own folder.

    In a process of its own: the typesetter keeps 130 MB for its next page, which no server's worker should carry.
    """
    path = template_path(str(template))
    job = {"template": str(path), "data": json.dumps(data, ensure_ascii=False), "timestamp": int(at.timestamp())}
    done = subprocess.run(  # noqa: S603 -- our own program, by our own Python
        [sys.executable, "-I", str(TYPESETTER)],
        input=json.dumps(job).encode(),
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{path.name}: {done.stderr.decode(errors='replace')}")
    return done.stdout


def render_docx(
    template: Path | str,
    context: Mapping[str, Any],
    *,
    at: datetime,
    landscape: Sequence[bool] = (False,),
    tables: Sequence[tuple[Sequence[float], float]] = (),
) -> bytes:
    """By a Word file with Jinja's marks in it, which an office may edit. A mark that names nothing is refused.

    `landscape` says how the sheets lie, at first and after each page break; `tables` of each table with heads how wide
    its columns are, in millimetres, and how large its letters.
    """
    from docxtpl import DocxTemplate  # noqa: PLC0415 -- 20 MB and a sixth of a second, for those who print
    from jinja2 import StrictUndefined  # noqa: PLC0415 -- likewise
    from jinja2.sandbox import SandboxedEnvironment  # noqa: PLC0415 -- likewise

    document = DocxTemplate(str(template_path(str(template))))
    environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    document.render({name: literal(value) for name, value in context.items()}, environment, autoescape=True)
    turn(document.docx, landscape)
    fit(document.docx, tables)
    document.docx.core_properties.created = document.docx.core_properties.modified = at.replace(tzinfo=None)
    out = io.BytesIO()
    document.save(out)
    return timeless(out)


def literal(tree: Any) -> Any:
    """Escaped, braces too: the package itself turns some spellings of them into marks again."""
    if isinstance(tree, str):
        return Markup(str(escape(tree)).replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704 -- just escaped
    if isinstance(tree, Mapping):
        return {name: literal(value) for name, value in tree.items()}
    return [literal(value) for value in tree] if isinstance(tree, list | tuple) else tree


def turn(document: Any, landscape: Sequence[bool]) -> None:
    """Where sheets lie otherwise after a page break, the break becomes the end of a section."""
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415 -- as above

    if len(set(landscape)) > 1:
        for mark in document.element.body.xpath("./w:p//w:br[@w:type='page']"):
            paragraph = mark.xpath("ancestor::w:p")[0]
            mark.getparent().remove(mark)
            paragraph.get_or_add_pPr().append(deepcopy(document.element.body.sectPr))
    for section, is_wide in zip(document.sections, landscape, strict=False):
        if is_wide:
            section.page_width, section.page_height = section.page_height, section.page_width
            section.orientation = WD_ORIENT.LANDSCAPE


def fit(document: Any, tables: Sequence[tuple[Sequence[float], float]]) -> None:
    """Word widens a column for its words by itself; other programs break the words in columns of one width."""
    from docx.oxml.ns import qn  # noqa: PLC0415 -- as above
    from docx.shared import Mm  # noqa: PLC0415 -- likewise

    with_heads = [table for table in document.tables if table._tbl.xpath("./w:tr/w:trPr/w:tblHeader")]  # noqa: SLF001 -- the package has no question for it
    for table, (widths, size) in zip(with_heads, tables, strict=False):
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        for letters in table._tbl.iter(qn("w:sz")):  # noqa: SLF001 -- likewise
            letters.set(qn("w:val"), str(round(2 * size)))


def timeless(made: io.BytesIO) -> bytes:
    """The same parts without the moment of packing."""
    out = io.BytesIO()
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return out.getvalue()
