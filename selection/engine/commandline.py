"""`allocate FILE` and `verify FILE RESULT`: an office, a student union or a court computes a result again.

Exit status 0 when it went well. 1 when the result does not hold; standard output says what does not, and why.
2 for bad input, with one line on standard error and nothing on standard output.
"""

import os
from typing import BinaryIO, TextIO

from . import exchange
from .allocation import allocate
from .checks import place
from .values import BadInput
from .verifier import first_fault

READS = "-"  # in place of a file: standard input


def run_allocate(file: str, stdin: BinaryIO, stdout: BinaryIO, stderr: TextIO) -> int:
    try:
        market = exchange.read_market(read(file, stdin))
    except BadInput as problem:
        stderr.write(f"{problem}\n")
        return 2
    report = exchange.report(allocate(market), exchange.sha256(exchange.plain(market)))
    _write(stdout, exchange.canonical(report))
    return 0


def run_verify(file: str, result: str, stdin: BinaryIO, stdout: BinaryIO, stderr: TextIO) -> int:
    try:
        if file == result == READS:
            raise BadInput("FILE and RESULT: only one of them can be standard input")  # noqa: TRY301
        market = exchange.read_market(read(file, stdin))
        claimed = exchange.read_result(read(result, stdin))
    except BadInput as problem:
        stderr.write(f"{problem}\n")
        return 2
    fault = first_fault(exchange.plain(market), claimed)
    _write(stdout, f"{place(fault or 'The result holds.')}\n".encode())
    return 1 if fault else 0


def read(file: str, stdin: BinaryIO) -> bytes:
    """The bytes of the file, unless it holds more than the format allows: then they are left unread."""
    try:
        if file == READS:
            return _read_within_limit(stdin, "standard input")
        with open(file, "rb") as stream:  # noqa: PTH123 -- a path as it was typed
            if os.fstat(stream.fileno()).st_size > exchange.LARGEST:
                raise BadInput(f"{place(file)}: more than 64 MiB")
            return _read_within_limit(stream, file)
    except OSError as problem:
        raise BadInput(f"{place(file)}: {problem.strerror}") from problem


def _read_within_limit(stream: BinaryIO, file: str) -> bytes:
    data = stream.read(exchange.LARGEST + 1)
    if len(data) > exchange.LARGEST:
        raise BadInput(f"{place(file)}: more than 64 MiB")
    return data


def _write(stdout: BinaryIO, data: bytes) -> None:
    try:
        stdout.write(data)
        stdout.flush()
    except BrokenPipeError:  # who reads has seen enough; the interpreter must not complain of it when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), stdout.fileno())
