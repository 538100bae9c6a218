"""Which letters can be printed: a PDF carries its fonts, and those that come with the typesetter lack some scripts."""

import re
import unicodedata

MISSING = "□"
# What those fonts have of Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic, Persian and Georgian letters, and of signs.
PRINTED = (
    "\n\u0020-\u007e\u00a0-\u00ac\u00ae-\u0377\u038e-\u03a1\u03a3-\u04ff\u0531-\u0556\u0561-\u0587\u05d0-\u05ea"
    "\u060c\u061b\u061f\u0621-\u063a\u0640-\u0655\u067e\u0686\u0698\u06a9\u06af\u06cc\u06f0-\u06f9\u10d0-\u10fa"
    "\u1e00-\u1eff\u2010-\u2027\u2030-\u2040\u2074-\u208e\u20a0-\u20c0\u2100-\u211e\u2190-\u22ff\u25a0-\u25ff"
)
UNPRINTED = re.compile(f"[^{PRINTED}]")
# No paper needs what is invisible, or turns the direction of what follows.
UNSEEN = {"Cc", "Cf", "Co", "Cs"}


def visible(text: str) -> str:
    """Composed, without control signs; lines may break."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n"))
    return "".join(sign for sign in composed if sign == "\n" or unicodedata.category(sign) not in UNSEEN)


def is_printed(text: str) -> bool:
    return UNPRINTED.search(text) is None


def printed(text: str) -> str:
    return UNPRINTED.sub(MISSING, text)
