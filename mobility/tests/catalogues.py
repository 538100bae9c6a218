"""What is to be translated, read from source, and the catalogues that hold it. Needs no gettext on the machine.

`python -m mobility.tests.catalogues` brings them up to the source, compiles them and prints what awaits translation;
translate in the .po files and run it again. test_translations.py fails while they are behind.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import polib
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("ru", "be")
PLURALS = (
    "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : "
    "n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);"
)

# name of the function → which of its arguments are: context, singular, plural
FUNCTIONS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
STRINGS = r"""(?:\s*u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"),?)+"""
CALL_IN_TEMPLATE = re.compile(rf"\b(_|n?p?gettext)\(({STRINGS})\s*(?:count)?\)", re.DOTALL)

OUR_FOLDERS = ("mobility", "partners", "selection", "templates")
# What people see of each package; the rest of it is not installed or not shown.
PACKAGES = {
    "allauth": ("account", "core", "decorators.py", "mfa", "usersessions", "socialaccount/adapter.py",
                "socialaccount/apps.py", "socialaccount/forms.py", "socialaccount/models.py", "socialaccount/internal",
                "socialaccount/providers/oauth2", "socialaccount/providers/openid_connect",
                "socialaccount/providers/saml", "templates/account", "templates/allauth", "templates/mfa",
                "templates/socialaccount", "templates/usersessions"),
    "crispy_bootstrap5": ("",),
    "crispy_forms": ("",),
    "django": ("conf/global_settings.py", "core", "db", "forms", "utils", "views", "contrib/admin", "contrib/auth",
               "contrib/contenttypes", "contrib/humanize", "contrib/postgres", "contrib/sessions"),
    "django_countries": ("",),
    "django_filters": ("",),
    "django_tasks": ("",),
    "django_tasks_db": ("",),
}  # fmt: skip


class Message(NamedTuple):
    context: str | None
    singular: str
    plural: str | None


Found = dict[Message, set[str]]


@cache
def messages_of_ours() -> Found:
    return collect(ROOT, [ROOT / folder for folder in OUR_FOLDERS])


@cache
def messages_of_packages() -> Found:
    found: Found = {}
    for package, parts in PACKAGES.items():
        home = package_folder(package)
        for message, files in collect(home.parent, [home / part for part in parts]).items():
            found.setdefault(message, set()).update(files)
    return said_once(found)


def package_folder(package: str) -> Path:
    return Path(find_spec(package).origin).parent


def collect(root: Path, places: Iterable[Path]) -> Found:
    found: Found = {}
    for file in files_in(places):
        reader = in_python if file.suffix == ".py" else in_template
        for message in reader(file.read_text()):
            found.setdefault(message, set()).add(str(file.relative_to(root)))
    return said_once(found)


def said_once(found: Found) -> Found:
    """A message that also has a plural is one entry, as gettext has it."""
    plurals = {message._replace(plural=None): message for message in found if message.plural}
    for message in plurals.keys() & found.keys():
        found[plurals[message]] |= found.pop(message)
    return found


def files_in(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        for file in files:
            if file.suffix in {".py", ".html", ".txt"} and not {"tests", "migrations"} & set(file.parts):
                yield file


def in_python(source: str) -> Iterator[Message]:
    tree = ast.parse(source)
    functions = FUNCTIONS | dict(renamed(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (shape := functions.get(called(node))):
            texts = [literal(argument(node, place)) for place in shape]
            if texts[1]:
                yield Message(*texts)


def renamed(tree: ast.AST) -> Iterator[tuple[str, tuple]]:
    """Names that a module has given the functions itself: `from django.utils.translation import gettext as _now`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            yield from ((one.asname, FUNCTIONS[one.name]) for one in node.names if one.asname and one.name in FUNCTIONS)


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def argument(node: ast.Call, place: int | None) -> ast.expr | None:
    return node.args[place] if place is not None and place < len(node.args) else None


def literal(node: ast.expr | None) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def in_template(source: str) -> Iterator[Message]:
    for name, arguments in CALL_IN_TEMPLATE.findall(templatize(source)):
        texts = ast.literal_eval(f"({arguments.rstrip(', ')},)")
        yield Message(*(texts[place] if place is not None else None for place in FUNCTIONS[name]))


class Catalogue:
    """One language's .po and .mo."""

    def __init__(self, folder: Path, language: str):
        self.language = language
        self.po_path = folder / language / "LC_MESSAGES" / "django.po"
        self.mo_path = self.po_path.with_suffix(".mo")

    def read(self) -> polib.POFile:
        return polib.pofile(self.po_path) if self.po_path.exists() else polib.POFile()

    def refresh(self, found: Found) -> list[polib.POEntry]:
        """Keep what is still said, add what is new, drop the rest, compile; returns what awaits translation."""
        before = {message_of(entry): entry for entry in self.read()}
        po = polib.POFile(wrapwidth=110)
        po.metadata = {
            "Project-Id-Version": "academic mobility",
            "Language": self.language,
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=utf-8",
            "Content-Transfer-Encoding": "8bit",
            "Plural-Forms": PLURALS,
        }
        for message, files in sorted(found.items(), key=lambda item: (min(item[1]), item[0].singular, str(item[0]))):
            po.append(entry_for(message, files, before.get(message)))
        self.po_path.parent.mkdir(parents=True, exist_ok=True)
        po.save(self.po_path)
        po.save_as_mofile(self.mo_path)
        return po.untranslated_entries()


def ours(language: str) -> Catalogue:
    return Catalogue(ROOT / "locale", language)


def of_packages(language: str) -> Catalogue:
    return Catalogue(ROOT / "locale" / "packages", language)


def needed_of_packages(language: str, found: Found) -> Found:
    """What the packages themselves leave in English, and what our catalogue says better on purpose."""
    kept = {message_of(entry) for entry in of_packages(language).read()}
    return {
        message: files
        for message, files in found.items()
        if message in kept
        or not any(message in translated_by(folder, language) for file in files for folder in catalogue_folders(file))
    }


def catalogue_folders(file: str) -> Iterator[str]:
    """Where Django finds a package's translations: its own folder, and for Django's core conf/."""
    package = file.split("/", maxsplit=1)[0]
    yield package
    if package == "django":
        yield "django/conf"
        yield "/".join(file.split("/")[:3])


@cache
def translated_by(folder: str, language: str) -> set[Message]:
    package, *rest = folder.split("/")
    mo = package_folder(package).joinpath(*rest, "locale", language, "LC_MESSAGES", "django.mo")
    if not mo.exists():
        return set()
    return {message_of(entry) for entry in polib.mofile(mo)}


def message_of(entry: polib.POEntry) -> Message:
    return Message(entry.msgctxt or None, entry.msgid, entry.msgid_plural or None)


def entry_for(message: Message, files: set[str], before: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgctxt=message.context,
        msgid=message.singular,
        msgid_plural=message.plural or "",
        occurrences=[(file, "") for file in sorted(files)],
        flags=["python-format"] if re.search(r"%\(\w+\)s|%[sd]", message.singular) else [],
    )
    if message.plural:
        entry.msgstr_plural = before.msgstr_plural if before else dict.fromkeys(range(4), "")
    else:
        entry.msgstr = before.msgstr if before else ""
    return entry


def refresh() -> Iterator[str]:
    of_others = messages_of_packages()
    for language in LANGUAGES:
        for catalogue, needed in [
            (ours(language), messages_of_ours()),
            (of_packages(language), needed_of_packages(language, of_others)),
        ]:
            waiting = catalogue.refresh(needed)
            yield f"{catalogue.po_path.relative_to(ROOT)}: {len(needed)} messages, {len(waiting)} await translation"
            yield from (f"    {entry.msgid!r}" for entry in waiting)


if __name__ == "__main__":
    settings.configure()
    sys.stdout.writelines(f"{line}\n" for line in refresh())
