"""Who is who: people found by record-book number, zeros lost by Excel restored, then by e-mail."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from mobility.people.models import User


@dataclass
class Directory:
    """Everybody's numbers and addresses, read in one query."""

    books: dict[str, int] = field(default_factory=dict)
    emails: dict[str, int] = field(default_factory=dict)
    stripped: dict[str, list[str]] = field(default_factory=dict)
    length: int = 0

    @classmethod
    def of(cls, numbers_of_file: Iterable[str]) -> "Directory":
        found = cls()
        for pk, book, email in User.objects.order_by().values_list("pk", "record_book", "email"):
            if book:
                found.books[book] = pk
                found.stripped.setdefault(book.lstrip("0"), []).append(book)
            if email:
                found.emails[email] = pk
        found.length = usual_length(found.books) or max(map(len, filter(str.isdecimal, numbers_of_file)), default=0)
        return found

    def restored(self, number: str) -> str:
        """The number as it is kept here: with the zeros that a spreadsheet took away, where it can be told which."""
        if number in self.books or not number.isdecimal():
            return number
        alike = [book for book in self.stripped.get(number.lstrip("0"), ()) if len(book) > len(number)]
        if len(alike) == 1:
            return alike[0]
        return number if number.startswith("0") else number.zfill(self.length)  # a spreadsheet leaves no first zero


def usual_length(books: Iterable[str]) -> int:
    """Of the numbers that are figures only; nought where a tenth of them differs."""
    lengths = Counter(len(book) for book in books if book.isdecimal())
    length, times = lengths.most_common(1)[0] if lengths else (0, 0)
    return length if times > 0.9 * lengths.total() else 0
