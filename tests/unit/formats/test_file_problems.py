"""Files that are not YAML, lack, or are out of place; and all problems told at once."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.formats.native import read_folder
from bot.formats.problems import CatalogueFileErrors, FileProblem
from tests.properties import examples

ProblemsAfter = Callable[..., list[str]]

CATALOGUE, ENGINEER, ETL = "catalogue.yaml", "roles/engineer.yaml", "skills/etl.yaml"
SYNTAX = "indent with spaces only, and put a text with ': ' or ' #' in quotes"

CASES: dict[str, tuple[str, str, str, str]] = {
    "repeated key of a mapping": (
        ETL,
        "    senior:",
        "    junior:",
        (
            "skills/etl.yaml:15 expectations.engineer.junior: stands here again,"
            " first at line 11; keep one of them"
        ),
    ),
    "anchor and alias": (
        ETL,
        "aliases: [spark]",
        "aliases: &a [spark]\nprompts: *a",
        "skills/etl.yaml:7: the alias *a is not read; write its value out here",
    ),
    "tag": (
        ETL,
        "name: ETL",
        "name: !custom ETL",
        "skills/etl.yaml:3 name: the tag !custom is not read; remove it",
    ),
    "set": (
        ETL,
        "aliases: [spark]",
        "aliases: !!set {spark}",
        ("skills/etl.yaml:6 aliases: the tag tag:yaml.org,2002:set is not read; remove it"),
    ),
    "list as a key": (
        ETL,
        "aliases: [spark]",
        "? [a]\n: b",
        "skills/etl.yaml:6: a key must be one word or number, not a list",
    ),
    "tab": (
        ETL,
        "  basic: Runs",
        "\tbasic: Runs",
        (
            "skills/etl.yaml:8: not valid YAML (found character that cannot start any token)"
            f"; {SYNTAX}"
        ),
    ),
    "colon in a text": (
        ETL,
        "Runs a job.",
        "Runs: a job.",
        (
            "skills/etl.yaml:14: not valid YAML (mapping values are not allowed in this context)"
            f"; {SYNTAX}"
        ),
    ),
    "control character": (
        ETL,
        "Runs a job.",
        "Runs\x07a job.",
        (
            "skills/etl.yaml:14: not valid YAML (character 0x07 may not stand in a YAML file)"
            f"; {SYNTAX}"
        ),
    ),
}

FIELDS: list[tuple[str, tuple[str | int, ...]]] = [
    (CATALOGUE, ("base_locale",)),
    (CATALOGUE, ("proficiencies",)),
    (CATALOGUE, ("ladders", 0, "levels")),
    (CATALOGUE, ("ladders", 0, "levels", 0, "rank")),
    (CATALOGUE, ("domains", 0, "groups")),
    (CATALOGUE, ("families", 0, "key")),
    (ENGINEER, ("ladder",)),
    (ENGINEER, ("focus",)),
    (ENGINEER, ("aliases",)),
    (ETL, ("key",)),
    (ETL, ("group",)),
    (ETL, ("order",)),
    (ETL, ("depths",)),
    (ETL, ("expectations",)),
    (ETL, ("expectations", "engineer")),
    (ETL, ("expectations", "engineer", "senior")),
    (ETL, ("expectations", "engineer", "senior", "text")),
]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_one_fault_gives_one_exact_problem(
    problems_after: ProblemsAfter, case: tuple[str, str, str, str]
) -> None:
    file, old, new, problem = case
    assert problems_after((file, old, new)) == [problem]


def test_not_utf8(small: Path) -> None:
    data = (small / ETL).read_bytes().replace(b"Runs a job.", b"Runs \xe9 job.")
    (small / ETL).write_bytes(data)
    assert _problems(small) == [
        "skills/etl.yaml:14: byte 0xe9 is not UTF-8; save the file with the encoding UTF-8"
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "skills/etl.yaml: the file is empty; fill it or delete it"),
        (
            "- etl\n",
            "skills/etl.yaml:1: is a list; write a mapping (key: value)",
        ),
        (
            "[" * 100_000,
            "skills/etl.yaml:1: nested too deeply; compare with a file of the built-in catalogue",
        ),
        (
            "a: 1\n---\nb: 2\n",
            f"skills/etl.yaml:2: not valid YAML (but found another document); {SYNTAX}",
        ),
        (
            "a: " + "x" * (5 << 20),
            (
                "skills/etl.yaml: the file has 5 MB, and 4 MB are read; split it, or leave out"
                " what is no part of the catalogue"
            ),
        ),
    ],
    ids=["empty", "list", "bomb of brackets", "two documents", "huge"],
)
def test_a_whole_file_that_is_something_else(small: Path, text: str, problem: str) -> None:
    (small / ETL).write_text(text, "utf-8")
    assert _problems(small) == [problem]


def test_a_repeated_key_far_down_keeps_its_line(problems_after: ProblemsAfter) -> None:
    found = problems_after((ETL, "      prompts:", "      requirement: optional\n      prompts:"))
    assert found == [
        (
            "skills/etl.yaml:18 expectations.engineer.senior.requirement: stands here"
            " again, first at line 16; keep one of them"
        )
    ]


def test_files_out_of_place_and_missing_ones(small: Path) -> None:
    (small / "catalogue.yaml").rename(small / "catalog.yaml")
    (small / "roles/engineer.yaml").rename(small / "roles/engineer.yml")
    (small / "roles/analyst.yaml").unlink()
    ignored = (
        "this file would be ignored; only catalogue.yaml, roles/*.yaml and skills/*.yaml"
        " are read: move or rename it"
    )
    assert _problems(small) == [
        f"catalog.yaml: {ignored}",
        "catalogue.yaml: the file is missing; add it with the ladders, domains and families",
        "roles: there is no file in roles; add at least one, roles/<key>.yaml",
        f"roles/engineer.yml: {ignored}",
        "skills/etl.yaml:10 expectations.engineer: no such role",
    ]


def test_a_broken_role_file_does_not_make_its_mentions_problems(small: Path) -> None:
    (small / ENGINEER).write_text("key: [", "utf-8")
    assert [problem.split(":")[0] for problem in _problems(small)] == [ENGINEER]


def test_a_broken_catalogue_file_does_not_make_references_problems(small: Path) -> None:
    (small / CATALOGUE).write_text("name: [", "utf-8")
    assert [problem.split(":")[0] for problem in _problems(small)] == [CATALOGUE]


def test_everything_is_reported_together_in_file_and_line_order(
    problems_after: ProblemsAfter,
) -> None:
    found = problems_after(
        (ETL, "group: pipelines", "group: nope"),
        (ETL, "requirement: optional", "requirement: maybe"),
        (ETL, "    senior:", "    boss:"),
        (ENGINEER, "name: Engineer", "nam: Engineer"),
        (CATALOGUE, "key: quality", "key: Quality"),
        ("skills/checks.yaml", "order: 10", "order: 10\norder: 11"),
    )
    places = [problem.split(" ")[0].rstrip(":") for problem in found]
    assert places == [
        "catalogue.yaml:17",
        "roles/engineer.yaml:1",
        "roles/engineer.yaml:3",
        "skills/checks.yaml:3",
        "skills/checks.yaml:5",
        "skills/etl.yaml:4",
        "skills/etl.yaml:12",
        "skills/etl.yaml:15",
    ]


def _problems(folder: Path) -> list[str]:
    with pytest.raises(CatalogueFileErrors) as caught:
        read_folder(folder)
    assert str(caught.value).splitlines() == [str(each) for each in caught.value.problems]
    return [str(problem) for problem in caught.value.problems]


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.dates(),
    lambda values: (
        st.lists(values, max_size=3)
        | st.dictionaries(
            st.sampled_from(["key", "name", "order", "aliases", "expectations", "levels", "zh"])
            | st.text(max_size=4),
            values,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@examples(150, one_fixture=True)
@given(
    file=st.sampled_from([CATALOGUE, ENGINEER, ETL]),
    data=st.binary(max_size=60) | ODD.map(lambda value: yaml.safe_dump(value).encode()),
)
def test_whatever_a_file_holds_the_answer_is_a_list_of_problems(
    small: Path, file: str, data: bytes
) -> None:
    before = (small / file).read_bytes()
    (small / file).write_bytes(data)
    try:
        assert _problems(small)
    finally:
        (small / file).write_bytes(before)


@examples(150, one_fixture=True)
@given(field=st.sampled_from(FIELDS), value=ODD)
def test_whatever_a_field_holds_the_answer_is_content_or_problems(
    small: Path, field: tuple[str, tuple[str | int, ...]], value: object
) -> None:
    file, steps = field
    before = (small / file).read_bytes()
    document = yaml.safe_load(before)
    target = document
    for step in steps[:-1]:
        target = target[step]
    target[steps[-1]] = value
    (small / file).write_text(yaml.safe_dump(document, allow_unicode=True), "utf-8")
    found: tuple[FileProblem, ...] | None = None
    try:
        read_folder(small)
    except CatalogueFileErrors as error:
        found = error.problems
    finally:
        (small / file).write_bytes(before)
    assert found is None or (found and all("\n" not in str(problem) for problem in found))
