"""Reading YAML without lines: the same values as with them, or none at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.formats.bundled import data_folder
from bot.formats.native_source import yaml_paths
from bot.formats.yaml_file import MOST_BYTES, parse_yaml
from bot.formats.yaml_plain import IrregularYaml, parse_plain

FOLDER = data_folder() / "catalogue"
PIECES = [*"aZ0~!&*-:?,#'\"|>%@`[]{} \n.", "\n", "\n  ", ": ", "- ", "null", "Null", "no", "1.10"]
PIECES += ["007", "-12", "0x1f", "2026-01-05", "<<", "=", "é", "\ufeff", "\t", "---\n", "...\n"]


def known(data: bytes) -> object:
    file, problems = parse_yaml("a.yaml", data)
    assert problems == []
    assert file is not None
    return file.value


def test_every_file_of_the_catalogue_reads_the_same() -> None:
    paths = yaml_paths(FOLDER)
    assert len(paths) > 100
    for path in paths:
        data = (FOLDER / path).read_bytes()
        assert parse_plain(path.name, data).value == known(data)


@pytest.mark.parametrize(
    ("scalar", "value"),
    [
        ("", None),
        ("~", None),
        ("NULL", None),
        ("'null'", "null"),
        ("12", 12),
        ("-3", -3),
        ("012", "012"),
        ("1_000", "1_000"),
        ("+1", "+1"),
        ("0x10", "0x10"),
        ("'12'", "12"),
        ("no", "no"),
        ("1.10", "1.10"),
        ("2026-01-05", "2026-01-05"),
        ("9" * 19, "9" * 19),
        ("|\n    two\n    lines\n", "two\nlines\n"),
        (">-\n    folded\n    text\n", "folded text"),
    ],
)
def test_a_scalar_is_what_it_shows(scalar: str, value: object) -> None:
    data = (
        f"key: {scalar}\nlist: [{'' if ':' in scalar or chr(10) in scalar else scalar}]\n".encode()
    )
    found = parse_plain("a.yaml", data).value
    assert found == known(data)
    assert isinstance(found, dict)
    assert found["key"] == value


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"# nothing\n",
        b"a: 1\na: 2\n",
        b"a: &x 1\nb: *x\n",
        b"a: !!str 1\n",
        b"a: !own {b: c}\n",
        b"? [a, b]\n: c\n",
        b"a: [1\n",
        b"a: b: c\n",
        b"a: 1\n---\nb: 2\n",
        b"\xff\xfe",
        b"a: \x01\n",
        b"[" * 21 + b"]" * 21,
        b"a: " + b"x" * MOST_BYTES,
    ],
)
def test_what_is_irregular_is_left_to_the_other_reader(data: bytes) -> None:
    with pytest.raises(IrregularYaml):
        parse_plain("a.yaml", data)


def test_a_nest_as_deep_as_allowed_is_read() -> None:
    data = b"[" * 20 + b"]" * 20
    assert parse_plain("a.yaml", data).value == known(data)


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_what_it_reads_is_what_the_other_reader_finds(text: str) -> None:
    try:
        found = parse_plain("a.yaml", text.encode()).value
    except IrregularYaml:
        return
    assert found == known(text.encode())
