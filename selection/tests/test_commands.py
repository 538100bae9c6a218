import json

import pytest
from django.core.management import call_command

MARKET = {
    "applicants": {"a": {"faculty": "F", "choices": ["X"]}},
    "destinations": {"X": {"seats": 1, "ranking": ["a"]}},
}


def status_of(*command):
    with pytest.raises(SystemExit) as end:
        call_command(*command)
    return end.value.code


def test_the_engine_is_driven_from_the_command_line_without_a_database(tmp_path, capfdbinary):
    file, result = tmp_path / "input.json", tmp_path / "result.json"
    file.write_text(json.dumps(MARKET))
    assert status_of("allocate", str(file)) == 0
    written = capfdbinary.readouterr().out
    assert json.loads(written)["placements"] == {"a": "X"}

    result.write_bytes(written)
    assert status_of("verify", str(file), str(result)) == 0
    assert capfdbinary.readouterr().out == b"The result holds.\n"

    result.write_bytes(written.replace(b'"a":"X"', b'"a":null'))
    assert status_of("verify", str(file), str(result)) == 1
    assert capfdbinary.readouterr().out == b"placements.a: X would choose them, and they would rather be there\n"


def test_bad_input_is_refused_in_one_plain_line(tmp_path, capfdbinary):
    file = tmp_path / "input.json"
    file.write_text("{}")
    assert status_of("allocate", str(file)) == 2
    assert capfdbinary.readouterr() == (b"", b'the input: "applicants" is missing\n')
