"""Run as a program of its own: `previewer.py FILE PAGE` writes that page as a picture (WebP) to standard output.

What was uploaded may be made to break its reader, so it is read here, with little memory and time, by a process that
holds nothing else. It imports nothing of the site.
"""

import io
import resource
import sys

import pypdfium2
from PIL import Image, ImageOps

MEMORY, SECONDS = 1024**3, 10
WIDTH, MOST_PIXELS = 1100, 6_000_000
QUALITY = 72


def page_of_pdf(content: bytes, page: int) -> Image.Image:
    document = pypdfium2.PdfDocument(content)
    sheet = document[page - 1]
    width, height = sheet.get_size()
    scale = min(WIDTH / max(width, 1), (MOST_PIXELS / max(width * height, 1)) ** 0.5)
    return sheet.render(scale=scale, may_draw_forms=False).to_pil()


def picture(content: bytes) -> Image.Image:
    opened = Image.open(io.BytesIO(content), formats=["JPEG", "PNG"])
    opened.draft("RGB", (WIDTH, WIDTH))
    turned = ImageOps.exif_transpose(opened)
    turned.thumbnail((WIDTH, WIDTH * 2))
    return turned


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    with open(sys.argv[1], "rb") as file:  # noqa: PTH123 -- a program of two lines
        content = file.read()
    drawn = page_of_pdf(content, int(sys.argv[2])) if content.startswith(b"%PDF") else picture(content)
    drawn.convert("RGB").save(sys.stdout.buffer, "WEBP", quality=QUALITY)


if __name__ == "__main__":
    main()
