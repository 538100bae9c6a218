import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings

from mobility.web.kinds import ICONS

ROOT = settings.ROOT
STATIC = ROOT / "static"
SPRITE = (STATIC / "vendor/bootstrap-icons-1.13.2/sprite.svg").read_text()
PILLS = (STATIC / "vendor/bootstrap-icons-1.13.2/pills.css").read_text()


def checked():
    return subprocess.run(
        [sys.executable, ROOT / ".ci/vendor.py", "--check"], capture_output=True, text=True, check=False
    )


def test_vendored_files_are_as_the_manifest_says():
    result = checked()
    assert (result.returncode, result.stderr) == (0, "")


def test_a_changed_file_is_named(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / ".ci")
    import vendor

    monkeypatch.setattr(Path, "read_bytes", lambda path: b"something else")
    assert "static/vendor/bootstrap-5.3.9/LICENSE is not as the manifest says" in vendor.differences()


def test_every_package_brings_its_licence():
    assert [
        folder.name for folder in (STATIC / "vendor").iterdir() if folder.is_dir() and not (folder / "LICENSE").exists()
    ] == []


def test_no_file_points_to_a_map_of_its_source():
    texts = [path for path in STATIC.rglob("*") if path.suffix in (".css", ".js")]
    assert [path.name for path in texts if "sourceMappingURL" in path.read_text()] == []


# Names that stand in templates and in Python; those that come from variables are named in one of them.
ELSEWHERE = re.compile(r"""{%\s*icon\s+"([a-z0-9-]+)"|\bicon="([a-z0-9-]+)"|"icon": "([a-z0-9-]+)\"""")
IN_PILLS = re.compile(
    r"""{%\s*pill\s+\S+\s+\S+\s+"([a-z0-9-]+)"|\bpill\("[a-z]+", .+, "([a-z0-9-]+)"\)"""
    r"""|\("(?:ok|info|warn|bad|neutral|plain|done)", "([a-z0-9-]+)"\)"""
)


def used_icons(pattern):
    found = {}
    for folder in ("templates", "mobility", "partners", "selection"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in (".html", ".py") and "tests" not in path.parts:
                for names in pattern.findall(path.read_text()):
                    found.setdefault("".join(names), path.name)
    return found


def test_every_icon_that_is_used_is_in_the_sprite():
    used = used_icons(ELSEWHERE)
    assert {name: where for name, where in used.items() if f'id="{name}"' not in SPRITE} == {}
    assert len(used) > 10


def test_every_icon_of_a_pill_has_its_mask():
    used = dict.fromkeys(ICONS.values(), "kinds.py") | used_icons(IN_PILLS)
    masks = dict(re.findall(r'\.icon-([a-z0-9-]+) \{\n  --icon: url\("data:image/svg\+xml,(.+)"\);\n\}\n', PILLS))
    assert {name: where for name, where in used.items() if name not in masks} == {}
    assert len(used) > 15
    drawn = dict(re.findall(r'<symbol id="([a-z0-9-]+)" viewBox="0 0 16 16">(.+)</symbol>', SPRITE))
    shapes = {name: unquote(shape).partition(">")[2].removesuffix("</svg>") for name, shape in masks.items()}
    assert shapes == {name: drawn[name] for name in masks}


@pytest.mark.parametrize("code", ["BY", "RU", "KZ", "UZ", "TM", "CN", "JP"])
def test_the_map_has_the_partners_countries(code):
    assert f"<path id='{code}' d='M" in (STATIC / "vendor/world-atlas-2.0.2/world.svg").read_text()


def test_both_lists_of_the_dark_are_the_same():
    tokens = (STATIC / "css/tokens.css").read_text()
    chosen, device = (
        re.findall(r"(--[a-z-]+: .*);", tokens.partition(head)[2].partition("}")[0])
        for head in ('[data-bs-theme="dark"] {', ":root:not([data-bs-theme]) {")
    )
    assert chosen == device
    assert len(chosen) > 20


def test_no_template_has_inline_style_or_script():
    inline = re.compile(r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*\ssrc=)(?![^>]*application/json)")
    pages = [path for path in (ROOT / "templates").rglob("*.html") if "post" not in path.parts]
    assert [path.name for path in pages if inline.search(path.read_text())] == []
