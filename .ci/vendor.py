"""Bring others' front-end files into static/vendor/NAME-VERSION/, with licences and a manifest of hashes.

    python .ci/vendor.py            fetch with npm, write the files and the manifest
    python .ci/vendor.py --check    compare the committed files with the manifest; needs no network

Everything is committed: nobody needs npm to run, test or deploy the site.
"""

import argparse
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parent))

import worldmap

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "static" / "vendor"
MANIFEST = VENDOR / "manifest.json"

PACKAGES = {
    "bootstrap": "5.3.9",
    "bootstrap-icons": "1.13.2",
    "chart.js": "4.6.1",
    "@fontsource-variable/golos-text": "5.3.0",
    "world-atlas": "2.0.2",
}
COPIED = {
    "bootstrap": {"dist/css/bootstrap.min.css": "bootstrap.min.css", "LICENSE": "LICENSE"},
    "bootstrap-icons": {"LICENSE": "LICENSE"},
    "chart.js": {"dist/chart.umd.min.js": "chart.umd.min.js", "LICENSE.md": "LICENSE"},
    "@fontsource-variable/golos-text": {
        f"files/golos-text-{subset}-wght-normal.woff2": f"{subset}.woff2"
        for subset in ("latin", "latin-ext", "cyrillic", "cyrillic-ext")
    }
    | {"LICENSE": "LICENSE"},
    "world-atlas": {"LICENSE": "LICENSE"},
}
# The icons that pages use; mobility/web/tests/test_vendor.py finds a name that is used and not here.
ICONS = [
    "archive",
    "arrow-clockwise",
    "arrow-down",
    "arrow-down-up",
    "arrow-left",
    "arrow-right",
    "arrow-up",
    "bar-chart",
    "bell",
    "bookmark",
    "box-arrow-in-right",
    "box-arrow-right",
    "box-arrow-up-right",
    "building",
    "calendar-event",
    "calendar-x",
    "calendar2-week",
    "check",
    "check-circle",
    "check-circle-fill",
    "check-lg",
    "check2-circle",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "circle",
    "clipboard-check",
    "clock",
    "clock-history",
    "copy",
    "dash-circle",
    "download",
    "envelope",
    "exclamation-octagon-fill",
    "exclamation-triangle-fill",
    "eye",
    "file-earmark-pdf",
    "file-earmark-spreadsheet",
    "file-earmark-text",
    "flag-fill",
    "funnel",
    "geo-alt",
    "globe2",
    "hourglass",
    "hourglass-split",
    "house",
    "info-circle",
    "info-circle-fill",
    "journal-text",
    "key",
    "list",
    "list-ul",
    "lock",
    "lock-fill",
    "map",
    "moon",
    "paperclip",
    "pencil",
    "pencil-fill",
    "pencil-square",
    "people",
    "person",
    "person-circle",
    "person-plus",
    "plus-lg",
    "printer",
    "question-circle",
    "search",
    "send",
    "shield-check",
    "shield-lock",
    "signpost-split",
    "sliders",
    "star",
    "star-fill",
    "sun",
    "trash",
    "unlock",
    "unlock-fill",
    "upload",
    "x",
    "x-circle-fill",
    "x-lg",
    "zoom-in",
    "zoom-out",
]
# Those that stand in pills: lists draw one in each row, where a link into the sprite would weigh more than the word.
PILL_ICONS = [
    "archive",
    "arrow-right",
    "calendar-event",
    "calendar-x",
    "check-circle-fill",
    "circle",
    "dash-circle",
    "exclamation-octagon-fill",
    "exclamation-triangle-fill",
    "eye",
    "hourglass",
    "hourglass-split",
    "info-circle-fill",
    "list",
    "lock",
    "pencil",
    "pencil-square",
    "plus-lg",
    "unlock",
    "x-circle-fill",
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only compare the committed files with the manifest")
    if parser.parse_args().check:
        sys.exit("\n".join(differences()) or 0)
    with tempfile.TemporaryDirectory() as folder:
        modules = fetch(Path(folder))
        shutil.rmtree(VENDOR, ignore_errors=True)
        for package in PACKAGES:
            bring(package, modules / package)
    MANIFEST.write_text(json.dumps(listed(), indent=1, sort_keys=True) + "\n")


def fetch(folder: Path) -> Path:
    (folder / "package.json").write_text(json.dumps({"private": True, "dependencies": PACKAGES}))
    npm = shutil.which("npm") or sys.exit("npm is not installed; only updating the vendored files needs it")
    subprocess.run([npm, "install", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)  # noqa: S603 -- no one else's words
    return folder / "node_modules"


def bring(package: str, source: Path) -> None:
    target = VENDOR / f"{package.rpartition('/')[2]}-{PACKAGES[package]}"
    target.mkdir(parents=True)
    for taken, name in COPIED[package].items():
        content = (source / taken).read_bytes()
        if name.endswith((".css", ".js")):
            content = without_source_map(content)
        (target / name).write_bytes(content)
    if package == "bootstrap-icons":
        (target / "sprite.svg").write_text(sprite(source / "icons"))
        (target / "pills.css").write_text(masks(source / "icons"))
    if package == "world-atlas":
        (target / "world.svg").write_text(worldmap.drawn(source / "countries-50m.json"))


def without_source_map(content: bytes) -> bytes:
    """The maps are not vendored, and the manifest storage refuses a link to a file that is not there."""
    return re.sub(rb"\n?(//|/\*)[#@] ?sourceMappingURL=\S*( \*/)?\s*$", b"\n", content)


def sprite(icons: Path) -> str:
    symbol = '<symbol id="{}" viewBox="0 0 16 16">{}</symbol>'
    symbols = [symbol.format(name, drawing(icons / f"{name}.svg")) for name in sorted(set(ICONS))]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def masks(icons: Path) -> str:
    """A class an icon, whose shape is the mask of the pill's colour."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">{}</svg>'
    shapes = {name: quote(svg.format(drawing(icons / f"{name}.svg")), safe=" =:/") for name in sorted(PILL_ICONS)}
    return "".join(
        f'.icon-{name} {{\n  --icon: url("data:image/svg+xml,{shape}");\n}}\n' for name, shape in shapes.items()
    )


def drawing(icon: Path) -> str:
    inner = re.search(r"<svg[^>]*>(.*)</svg>", icon.read_text(), re.DOTALL).group(1)
    return "".join(inner.split(chr(10))).strip()


def listed() -> dict:
    """Every vendored file with its SHA-256, under its package and version."""
    packages = {}
    for package, version in PACKAGES.items():
        folder = VENDOR / f"{package.rpartition('/')[2]}-{version}"
        files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
        packages[package] = {"version": version, "folder": folder.name, "files": files}
    return packages


def differences() -> list[str]:
    manifest = json.loads(MANIFEST.read_text())
    expected = {
        f"{package['folder']}/{name}": digest
        for package in manifest.values()
        for name, digest in package["files"].items()
    }
    found = {
        str(path.relative_to(VENDOR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path != MANIFEST
    }
    return sorted(
        f"static/vendor/{name} is not as the manifest says"
        for name in expected.keys() | found.keys()
        if expected.get(name) != found.get(name)
    )


if __name__ == "__main__":
    main()
