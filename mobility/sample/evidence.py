"""Documents of the sample: one page each, small, and true PDFs."""

import hashlib
from datetime import datetime
from pathlib import Path

from mobility.files.models import ContentType, StoredFile
from mobility.files.storage import STORAGE, random_name
from mobility.people.models import User
from mobility.sample.transliteration import from_russian


def certificate(lines: list[str]) -> bytes:
    """A page with a head and the lines in the printer's own Latin letters."""
    shown = ["CERTIFICATE", *lines]
    text = " ".join(f"({_plain(line)}) Tj 0 -28 Td" for line in shown)
    stream = f"BT /F1 18 Tf 72 760 Td {text} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Font << /F1 5 0 R >> >>",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 7\n0000000000 65535 f \n" + table
    out += b"trailer << /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _plain(text: str) -> str:
    kept = from_russian(text).encode("ascii", "replace").decode()
    return kept.replace("\\", " ").replace("(", " ").replace(")", " ")


def store(content: bytes, *, name: str, by: User, at: datetime) -> StoredFile:
    """On the disk at once, and the row to be written with others: a sample need not outlive a power cut."""
    row = StoredFile(name=name, content_type=ContentType.PDF, size=len(content), uploaded_by=by, uploaded_at=at)
    row.sha256 = hashlib.sha256(content).hexdigest()
    row.content.name = random_name(row, name)
    path = Path(STORAGE.path(row.content.name))
    try:
        path.write_bytes(content)
    except FileNotFoundError:  # the first of its folder
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return row
