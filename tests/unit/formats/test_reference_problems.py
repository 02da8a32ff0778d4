"""References, keys, orders, ranks and aliases: each fault gives its exact problem."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.formats.native import read_folder
from bot.formats.problems import CatalogueFileErrors

ProblemsAfter = Callable[..., list[str]]

CATALOGUE, ENGINEER, ETL = "catalogue.yaml", "roles/engineer.yaml", "skills/etl.yaml"

CASES: dict[str, tuple[str, str, str, str]] = {
    "unknown level": (
        ETL,
        "    senior:",
        "    senoir:",
        (
            "skills/etl.yaml:15 expectations.engineer.senoir: no such level in ladder 'default'"
            "; did you mean 'senior'?"
        ),
    ),
    "unknown role": (
        ETL,
        "  engineer:",
        "  enginer:",
        "skills/etl.yaml:10 expectations.enginer: no such role; did you mean 'engineer'?",
    ),
    "unknown group": (
        ETL,
        "group: pipelines",
        "group: zzz",
        "skills/etl.yaml:4 group: no such skill group 'zzz'; choose one of pipelines, quality",
    ),
    "unknown proficiency": (
        ETL,
        "proficiency: basic",
        "proficiency: basics",
        (
            "skills/etl.yaml:13 expectations.engineer.junior.proficiency: no such proficiency"
            " 'basics'; did you mean 'basic'?"
        ),
    ),
    "unknown depth": (
        ETL,
        "  basic: Runs",
        "  deeep: Runs",
        "skills/etl.yaml:8 depths.deeep: no such proficiency; did you mean 'deep'?",
    ),
    "unknown family": (
        ENGINEER,
        "family: engineering",
        "family: engineers",
        (
            "roles/engineer.yaml:4 family: no such role family 'engineers'"
            "; did you mean 'engineering'?"
        ),
    ),
    "unknown level in focus": (
        ENGINEER,
        "  senior: Decides",
        "  chief: Decides",
        (
            "roles/engineer.yaml:9 focus.chief: no such level in ladder 'default'"
            "; choose one of junior, senior"
        ),
    ),
    "file name differs from key": (
        "skills/checks.yaml",
        "key: checks",
        "key: tests",
        (
            "skills/checks.yaml:1 key: the file is named 'checks'; rename it to tests.yaml,"
            " or change the key"
        ),
    ),
    "repeated order of roles": (
        ENGINEER,
        "order: 10",
        "order: 20",
        "roles/engineer.yaml:2 order: order '20' is taken at roles/analyst.yaml:2; give another",
    ),
    "repeated group": (
        CATALOGUE,
        "families:",
        "      - {key: pipelines, name: Again}\nfamilies:",
        (
            "catalogue.yaml:18 domains[0].groups[2].key: key 'pipelines' is taken at"
            " catalogue.yaml:16; give another"
        ),
    ),
    "repeated level": (
        CATALOGUE,
        "domains:",
        "      - {key: junior, name: Again}\ndomains:",
        (
            "catalogue.yaml:12 ladders[0].levels[2].key: key 'junior' is taken at catalogue.yaml:10"
            "; give another"
        ),
    ),
    "repeated proficiency": (
        CATALOGUE,
        "ladders:",
        "  - {key: basic, name: Again}\nladders:",
        (
            "catalogue.yaml:6 proficiencies[2].key: key 'basic' is taken at catalogue.yaml:4"
            "; give another"
        ),
    ),
    "ranks fall": (
        CATALOGUE,
        "name: Junior,",
        "name: Junior, rank: 5,",
        (
            "catalogue.yaml:11 ladders[0].levels[1].rank: rank 2 stands after rank 5"
            "; list the levels lowest rank first"
        ),
    ),
    "rank taken": (
        CATALOGUE,
        "zh: 高级}",
        "zh: 高级}, rank: 1",
        (
            "catalogue.yaml:11 ladders[0].levels[1].rank: rank 1 is taken on this track"
            "; give another rank, or another track"
        ),
    ),
    "alias is another role's key": (
        ENGINEER,
        "aliases: [eng]",
        "aliases: [eng, Analyst]",
        "roles/engineer.yaml:6 aliases[1]: alias 'Analyst' is the key of another role; remove it",
    ),
    "alias is another level's key": (
        CATALOGUE,
        "aliases: [jr]",
        "aliases: [senior]",
        (
            "catalogue.yaml:10 ladders[0].levels[0].aliases[0]: alias 'senior' is the key of"
            " another level; remove it"
        ),
    ),
    "alias is another group's key": (
        CATALOGUE,
        "aliases: [plumbing]",
        "aliases: [quality]",
        (
            "catalogue.yaml:16 domains[0].groups[0].aliases[0]: alias 'quality' is the key of"
            " another skill group; remove it"
        ),
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_one_fault_gives_one_exact_problem(
    problems_after: ProblemsAfter, case: tuple[str, str, str, str]
) -> None:
    file, old, new, problem = case
    assert problems_after((file, old, new)) == [problem]


def test_unknown_ladder_is_the_only_complaint_about_its_levels(
    problems_after: ProblemsAfter,
) -> None:
    found = problems_after((ENGINEER, "ladder: default", "ladder: defaults"))
    assert found == [
        "roles/engineer.yaml:5 ladder: no such ladder 'defaults'; did you mean 'default'?"
    ]


def test_repeated_order_counts_only_inside_a_group(problems_after: ProblemsAfter) -> None:
    found = problems_after(("skills/checks.yaml", "group: quality", "group: pipelines"))
    assert found == [
        "skills/etl.yaml:2 order: order '10' is taken at skills/checks.yaml:2; give another"
    ]


def test_same_key_in_two_files(small: Path) -> None:
    text = (small / ETL).read_text("utf-8").replace("order: 10", "order: 20")
    (small / "skills/other.yaml").write_text(text, "utf-8")
    assert _problems(small) == [
        (
            "skills/other.yaml:1 key: the file is named 'other'; rename it to etl.yaml,"
            " or change the key"
        ),
        "skills/other.yaml:1 key: key 'etl' is taken at skills/etl.yaml:1; give another",
    ]


def _problems(folder: Path) -> list[str]:
    with pytest.raises(CatalogueFileErrors) as caught:
        read_folder(folder)
    assert str(caught.value).splitlines() == [str(each) for each in caught.value.problems]
    return [str(problem) for problem in caught.value.problems]
