"""Finds what people would read in one language only: words in templates and in Python that nobody marked."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.template.base import Lexer, Token, TokenType

LETTERS = re.compile(r"[A-Za-zА-Яа-яЎўІіЁё]{2,}")
READ_ATTRIBUTES = {"alt", "title", "placeholder", "aria-label", "aria-description", "label", "data-confirm"}
# {% include "_ui/page.html" with title="Partners" %}: a value that begins like a sentence is one.
SENTENCE_IN_TAG = re.compile(r"""\b\w+=["']([A-ZА-ЯЎІЁ][^"']+)["']""")


class Reader(HTMLParser):
    """Collects what a person reads: text and the attributes that are shown or spoken."""

    def __init__(self):
        super().__init__()
        self.said: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in {"script", "style"}
        self.said += [value for name, value in attrs if name in READ_ATTRIBUTES and value]
        if tag == "input" and dict(attrs).get("type") in {"submit", "button"}:
            self.said.append(dict(attrs).get("value") or "")

    def handle_endtag(self, tag):
        self.silent -= tag in {"script", "style"}

    def handle_data(self, data):
        if not self.silent:
            self.said.append(data)


def read_aloud(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return [text for said in reader.said if (text := " ".join(said.split()))]


def bare_in_template(source: str, *, is_html: bool) -> list[str]:
    """Words that stand in a template outside {% translate %} and {% blocktranslate %}."""
    tokens = list(Lexer(source).tokenize())
    rest = "".join(token.contents if token.token_type == TokenType.TEXT else " " for token in outside(tokens))
    said = read_aloud(rest) if is_html else [line.strip() for line in rest.splitlines()]
    in_tags = [
        found
        for token in outside(tokens)
        if token.token_type == TokenType.BLOCK
        for found in SENTENCE_IN_TAG.findall(re.sub(r"_\((\"[^\"]*\"|'[^']*')\)", "", token.contents))
        if not token.contents.startswith(("translate", "trans "))
    ]
    return [text for text in said + in_tags if LETTERS.search(re.sub(r"&\w+;", "", text))]


def outside(tokens: list[Token]) -> Iterator[Token]:
    """The tokens outside comments and outside what is translated as a block."""
    within = None
    for token in tokens:
        name = token.split_contents()[0] if token.token_type == TokenType.BLOCK else ""
        if within:
            within = None if name == f"end{within}" else within
        elif name in {"blocktranslate", "blocktrans", "comment"}:
            within = name
        elif token.token_type != TokenType.COMMENT:
            yield token


SHOWN_KEYWORDS = {
    "verbose_name", "verbose_name_plural", "label", "help_text", "violation_error_message", "empty_label",
    "description", "legend", "short_description", "site_title", "site_header", "index_title",
}  # fmt: skip
SHOWN_CALLS = {"ValidationError", "PermissionDenied"}
MESSAGE_CALLS = {"debug", "info", "success", "warning", "error"}


def bare_in_python(source: str) -> list[str]:
    """Sentences shown to people that are not wrapped in gettext: labels, messages, refusals."""
    return [text for node in ast.walk(ast.parse(source)) for text in _shown(node) if LETTERS.search(text)]


def _shown(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = getattr(getattr(node.func, "value", None), "id", "")
        if name in SHOWN_CALLS:
            yield from _texts(node.args[:1])
        if owner == "messages" and name in MESSAGE_CALLS:
            yield from _texts(node.args[1:2])
        yield from _texts([keyword.value for keyword in node.keywords if keyword.arg in SHOWN_KEYWORDS])
    if isinstance(node, ast.Assign):
        named = {getattr(target, "id", getattr(target, "attr", "")) for target in node.targets}
        if named & SHOWN_KEYWORDS:
            yield from _texts([node.value])


def _texts(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(part.value for part in node.values if isinstance(part, ast.Constant))
        elif isinstance(node, ast.List | ast.Tuple):
            yield from _texts(node.elts)
        elif isinstance(node, ast.Dict):
            yield from _texts(node.values)
