"""The house's imports, read from source by ast: nothing is executed, so a wrong import is seen before it breaks."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("mobility", "partners", "selection")


@dataclass(frozen=True)
class Import:
    """One imported module or name, as a dotted path from the root."""

    by: str
    of: str
    line: int
    inside_function: bool
    gives_reason: bool

    def __str__(self):
        return f"{self.by}, line {self.line}, imports {self.of}"


def python_files() -> list[Path]:
    return sorted(
        file for package in PACKAGES for file in (ROOT / package).rglob("*.py") if "migrations" not in file.parts
    )


def module_name(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def read(source: str, module: str, *, is_package: bool = False) -> Iterator[Import]:
    lines = source.splitlines()
    tree = ast.parse(source)
    inner = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        for name in _imported(node, module, is_package=is_package):
            line = lines[node.lineno - 1]
            yield Import(module, name, node.lineno, id(node) in inner, "# noqa: PLC0415 -- " in line)


def _imported(node: ast.AST, module: str, *, is_package: bool) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    base = node.module or ""
    if node.level:
        parts = module.split(".")
        keep = len(parts) - node.level + is_package
        base = ".".join([*parts[:keep], *([base] if base else [])])
    # `from mobility.people import models` means the module, `from mobility.people.models import User` a name in it.
    return [f"{base}.{alias.name}" if is_module(f"{base}.{alias.name}") else base for alias in node.names]


@cache
def of_the_house() -> tuple[Import, ...]:
    return tuple(
        found
        for file in python_files()
        for found in read(file.read_text(), module_name(file), is_package=file.name == "__init__.py")
    )
