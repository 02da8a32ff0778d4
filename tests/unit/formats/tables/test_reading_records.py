"""JSON arrays of objects as tables."""

import json
from pathlib import Path

import pytest

from bot.formats.tables.source import TableFault, TableLimits
from tests.unit.formats.tables.tables import all_tables, lines, problems


def write(tmp_path: Path, value: object) -> Path:
    path = tmp_path / "ladder.json"
    text = value if isinstance(value, str) else json.dumps(value)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_list_of_objects_is_a_table(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        [
            {"role": "Dev", "level": {"name": "Senior", "rank": 3}, "tags": ["a", "b"]},
            {"role": "Ops", "required": True, "note": None},
        ],
    )
    assert all_tables(path) == {
        "": [
            ("role", "level.name", "level.rank", "tags", "required", "note"),
            ("Dev", "Senior", "3", "a\nb"),
            ("Ops", "", "", "", "true"),
        ]
    }
    assert lines(path) == [1, 2, 3]


def test_lists_are_named_by_their_path(tmp_path: Path) -> None:
    path = write(tmp_path, {"data": {"roles": [{"a": "1"}], "skills": [{"b": [{"c": "2"}]}]}})
    assert all_tables(path) == {
        "data.roles": [("a",), ("1",)],
        "data.skills": [("b.0.c",), ("2",)],
    }


def test_numbers_stay_as_they_are_written(tmp_path: Path) -> None:
    path = write(tmp_path, '[{"a": 1.10, "b": 12345678901234567890123, "c": 1e3}]')
    assert all_tables(path)[""][1] == ("1.10", "12345678901234567890123", "1e3")


@pytest.mark.parametrize(
    ("text", "fault", "word"),
    [
        ("{", TableFault.SYNTAX, "not valid JSON"),
        ("[" * 100_000, TableFault.SYNTAX, "nested too deeply"),
        ('[{"a": 1, "a": 2}]', TableFault.SYNTAX, "'a' stands twice"),
        ('{"a": 1}', TableFault.NO_TABLE, "list of objects"),
        ("[1, 2]", TableFault.NO_TABLE, "list of objects"),
        ("[]", TableFault.NO_TABLE, "list of objects"),
        ('"text"', TableFault.NO_TABLE, "list of objects"),
    ],
)
def test_faults_are_told(tmp_path: Path, text: str, fault: TableFault, word: str) -> None:
    (problem,) = problems(write(tmp_path, text))
    assert problem.fault is fault
    assert word in problem.message


def test_syntax_errors_have_a_line(tmp_path: Path) -> None:
    (problem,) = problems(write(tmp_path, '[\n{"a": 1}\n{"b": 2}\n]'))
    assert problem.line == 3


def test_limits_refuse_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, {"a": [{"x": 1, "y": 2}], "b": [{"x": 1}]})
    for limits in (TableLimits(tables=1), TableLimits(whole_bytes=5), TableLimits(columns=1)):
        (problem,) = problems(path, limits)
        assert problem.fault is TableFault.TOO_LARGE
