"""One number for each applicant, which nobody can choose and everybody can compute again.

At opening the hash of a secret seed is published. At the deadline the list of applicants is fixed by its hash. When the
points are frozen the seed is revealed. The beacon is a public value named in advance that nobody knows yet, or empty.
"""

import hashlib
import hmac
from collections.abc import Iterable


def commitment(seed: bytes) -> str:
    return hashlib.sha256(seed).hexdigest()


def list_hash(codes: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(codes)).encode()).hexdigest()


def final_seed(seed: bytes, applicants_hash: str, beacon: str) -> bytes:
    return hashlib.sha256(b"|".join((seed, applicants_hash.encode(), beacon.encode()))).digest()


def number(final: bytes, call: str, code: str) -> str:
    """The applicant's number in hex; the smaller wins."""
    return hmac.new(final, f"{call}|{code}".encode(), hashlib.sha256).hexdigest()


def draw(seed: bytes, beacon: str, call: str, codes: Iterable[str]) -> dict[str, str]:
    """Everybody's number."""
    everybody = sorted(codes)
    final = final_seed(seed, list_hash(everybody), beacon)
    return {code: number(final, call, code) for code in everybody}
