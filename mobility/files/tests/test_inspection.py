import io
import struct
import zipfile
import zlib

import pytest
import typst
from django.core.exceptions import ValidationError
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from mobility.files.inspection import clean_name, inspect

from .factories import pdf, picture, upload


def refusal(name, content) -> str:
    with pytest.raises(ValidationError) as refused:
        inspect(upload(name, content), name)
    return refused.value.code


def action(kind: str, **more) -> DictionaryObject:
    made = DictionaryObject({NameObject("/Type"): NameObject("/Action"), NameObject("/S"): NameObject(kind)})
    made.update({NameObject(f"/{key}"): value for key, value in more.items()})
    return made


def opening_with(what):
    return lambda writer: writer.root_object.update({NameObject("/OpenAction"): what})


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("evil.html", "<script>alert(1)</script>")
    return out.getvalue()


def png_of(width: int, height: int) -> bytes:
    """A valid picture of one colour, however large: its pixels take a thousandth of their size."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = zlib.compress(bytes((width // 8 + 1) * height), 9)
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def truncated_pixels() -> bytes:
    """All chunks are there, with right checksums, but the pixels end early."""
    whole = png_of(800, 600)
    start = whole.index(b"IDAT")
    pixels = zlib.compress(bytes(100))
    chunk = b"IDAT" + pixels
    end = whole.index(b"IEND") - 4
    return (
        whole[: start - 4] + struct.pack(">I", len(pixels)) + chunk + struct.pack(">I", zlib.crc32(chunk)) + whole[end:]
    )


def document_script(writer):
    script = action("/JavaScript", JS=TextStringObject("app.alert(1)"))
    scripts = DictionaryObject({NameObject("/Names"): ArrayObject([TextStringObject("x"), script])})
    writer.root_object[NameObject("/Names")] = DictionaryObject({NameObject("/JavaScript"): scripts})


def by_reference(writer):
    kind = writer._add_object(NameObject("/GoToE"))
    opening_with(DictionaryObject({NameObject("/S"): kind}))(writer)


def acting_page(writer):
    writer.pages[0][NameObject("/AA")] = DictionaryObject({NameObject("/O"): action("/Named", N=NameObject("/Print"))})


def packed() -> bytes:
    """The script lies compressed in an object stream, where no search of the bytes finds it."""
    inner = b"10 0 << /S /JavaScript /JS (app.alert(1)) >>"
    stream = zlib.compress(inner)
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /OpenAction 10 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        4: b"<< /Type /ObjStm /N 1 /First 5 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        % (len(stream), stream),
    }
    out, places = b"%PDF-1.5\n", {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    rows = [(0, 0, 255)] + [(1, places[number], 0) for number in objects] + [(1, len(out), 0)] + [(0, 0, 0)] * 4
    table = b"".join(struct.pack(">BHB", *row) for row in [*rows, (2, 4, 0)])
    head = b"<< /Type /XRef /Size 11 /W [1 2 1] /Root 1 0 R /Length %d >>" % len(table)
    return out + b"5 0 obj\n%s\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (head, table, len(out))


ACCEPTED = {
    "of a library.pdf": pdf,
    "of a typesetter.pdf": lambda: typst.compile('= Справка\n#link("https://bsmu.by")[a link]'.encode()),
    "archival.pdf": lambda: typst.compile(b"#set document(title: [A])\n= A", pdf_standards=["a-2b"]),
    "opening at a page.pdf": lambda: pdf(
        lambda writer: opening_with(ArrayObject([writer.pages[0].indirect_reference, NameObject("/Fit")]))(writer)
    ),
    "changed later.pdf": lambda: pdf() + b"\n%%EOF\n",
    "photo.JPG": lambda: picture("JPEG"),
    "progressive.jpeg": lambda: picture("JPEG", progressive=True),
    "with a second picture.jpg": lambda: picture("JPEG") + picture("JPEG", (8, 8)),
    "with notes of a phone.jpg": lambda: picture("JPEG") + b"\0\0some notesSEFT",
    "scan.png": lambda: picture("PNG"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_takes_true_files(name):
    found = inspect(upload(name, ACCEPTED[name]()), name)
    kind = {"pdf": "application/pdf", "png": "image/png"}.get(name.rsplit(".")[-1], "image/jpeg")
    assert (found.name, found.content_type) == (name, kind)


REFUSED = {
    ("nothing.pdf", "empty"): lambda: b"",
    ("long.pdf", "too-large"): lambda: b"%PDF-1.4" + bytes(10 * 1024 * 1024),
    ("IMG_2041.heic", "unreadable"): lambda: b"\0\0\0\x18ftypheic",
    ("page.html", "unreadable"): lambda: b"<html>",
    ("picture.svg", "unreadable"): lambda: b"<svg/>",
    ("no ending", "unreadable"): pdf,
    ("photo.pdf", "mismatch"): lambda: picture("JPEG"),
    ("document.jpg", "mismatch"): pdf,
    ("page.png", "mismatch"): lambda: b"<html><script>alert(1)</script>",
    ("prepended.pdf", "mismatch"): lambda: b"<html><script>alert(1)</script></html>" + pdf(),
    ("zip in front.pdf", "mismatch"): lambda: zipped() + pdf(),
    ("cut.pdf", "damaged"): lambda: pdf()[:-40],
    ("cut.jpg", "damaged"): lambda: picture("JPEG")[:-200],
    ("cut.png", "damaged"): lambda: picture("PNG")[:-200],
    ("pixels cut.png", "damaged"): truncated_pixels,
    ("only a header.pdf", "damaged"): lambda: b"%PDF-1.7\nstartxref\n0\n%%EOF",
    ("only a header.jpg", "damaged"): lambda: b"\xff\xd8\xff\xd9",
    ("no pages.pdf", "damaged"): lambda: pdf(lambda writer: writer.remove_page(0)),
    ("locked.pdf", "encrypted"): lambda: pdf(lambda writer: writer.encrypt("secret", algorithm="AES-256")),
    ("not for print.pdf", "encrypted"): lambda: pdf(lambda writer: writer.encrypt("", "owner", algorithm="RC4-128")),
    ("script.pdf", "active"): lambda: pdf(document_script),
    ("script on opening.pdf", "active"): lambda: pdf(
        opening_with(action("/JavaScript", JS=TextStringObject("app.alert(1)")))
    ),
    ("starts a program.pdf", "active"): lambda: pdf(opening_with(action("/Launch", F=TextStringObject("cmd.exe")))),
    ("name in disguise.pdf", "active"): lambda: pdf(opening_with(action("/Launch"))).replace(b"/Launch", b"/L#61unch"),
    ("kind by reference.pdf", "active"): lambda: pdf(by_reference),
    ("opens another.pdf", "active"): lambda: pdf(opening_with(action("/GoToR", F=TextStringObject("x.pdf")))),
    ("sends a form.pdf", "active"): lambda: pdf(opening_with(action("/SubmitForm", F=TextStringObject("http://x")))),
    ("with a file.pdf", "active"): lambda: pdf(lambda writer: writer.add_attachment("a.exe", b"MZ")),
    ("acting page.pdf", "active"): lambda: pdf(acting_page),
    ("packed script.pdf", "active"): packed,
    ("zip behind.pdf", "hidden"): lambda: pdf() + zipped(),
    ("page behind.pdf", "hidden"): lambda: pdf() + b"<html><script>alert(1)</script>",
    ("zip behind.jpg", "hidden"): lambda: picture("JPEG") + zipped(),
    ("zip behind.png", "hidden"): lambda: picture("PNG") + zipped(),
    ("page behind.jpg", "hidden"): lambda: picture("JPEG") + b"<html><script>alert(1)</script>",
    ("zip as a comment.jpg", "hidden"): lambda: picture("JPEG", comment=zipped()),
    ("script before notes.jpg", "hidden"): lambda: picture("JPEG") + b"<script>SEFT",
    ("bomb.png", "too-many-pixels"): lambda: png_of(50_000, 50_000),
    ("just too many.png", "too-many-pixels"): lambda: png_of(10_000, 5_001),
}  # fmt: skip


@pytest.mark.parametrize(("name", "code"), REFUSED)
def test_refuses_what_is_not_what_it_says(name, code):
    assert refusal(name, REFUSED[name, code]()) == code


def test_the_refusal_names_the_file_and_says_what_to_do():
    with pytest.raises(ValidationError) as refused:
        inspect(upload("IMG_2041.heic", b"x"), "IMG_2041.heic")
    assert refused.value.messages == ["“IMG_2041.heic” could not be opened: attach it as PDF or JPG."]


def test_the_largest_picture_is_taken():
    assert inspect(upload("large.png", png_of(10_000, 5_000)), "large.png").content_type == "image/png"


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("справка.pdf", "справка.pdf"),
        ("И\u0306.pdf", "Й.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\я\\диплом.pdf", "диплом.pdf"),
        ("photo\u202egpj.exe.pdf", "photogpj.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("a\0b\x1b[31m.pdf", "ab[31m.pdf"),
        ("  .hidden.pdf", "hidden.pdf"),
        ("two\u2003 \u2028spaces.pdf", "two spaces.pdf"),
        ("я" * 300 + ".pdf", "я" * 146 + ".pdf"),
        ("…/", "file"),
        ("王伟 的证书.pdf", "王伟 的证书.pdf"),
    ],
)
def test_cleans_names(raw, clean):
    assert clean_name(raw) == clean
