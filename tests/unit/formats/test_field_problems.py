"""Each field that breaks its schema gives its exact problem, with file and line."""

from collections.abc import Callable

import pytest

ProblemsAfter = Callable[..., list[str]]

CATALOGUE, ETL = "catalogue.yaml", "skills/etl.yaml"
LONG = "x" * 2001

CASES: dict[str, tuple[str, str, str, str]] = {
    "alias twice": (
        ETL,
        "aliases: [spark]",
        "aliases: [spark, flink, spark]",
        "skills/etl.yaml:6 aliases[2]: 'spark' stands in this list twice; keep one",
    ),
    "missing field": (
        ETL,
        "name: ETL\n",
        "",
        "skills/etl.yaml:1: 'name' is missing; add it",
    ),
    "missing requirement": (
        ETL,
        "      requirement: required\n",
        "",
        "skills/etl.yaml:15 expectations.engineer.senior: 'requirement' is missing; add it",
    ),
    "unknown field": (
        ETL,
        "depths:",
        "depth:",
        "skills/etl.yaml:7 depth: no such field; did you mean 'depths'?",
    ),
    "unknown requirement": (
        ETL,
        "requirement: required",
        "requirement: requird",
        (
            "skills/etl.yaml:16 expectations.engineer.senior.requirement: 'requird' is not known"
            " here; did you mean 'required'?"
        ),
    ),
    "no base language": (
        ETL,
        "{en: Designs jobs., zh: 设计任务。}",
        "{zh: 设计任务。}",
        "skills/etl.yaml:17 expectations.engineer.senior.text: 'en' is missing; add it",
    ),
    "bad base language": (
        CATALOGUE,
        "base_locale: en",
        "base_locale: EN",
        (
            "catalogue.yaml:2 base_locale: 'EN' does not fit; write a language tag, such as en,"
            " zh or pt-BR"
        ),
    ),
    "bad language tag": (
        ETL,
        "zh: 设计任务。",
        "Chinese: 设计任务。",
        (
            "skills/etl.yaml:17 expectations.engineer.senior.text.Chinese: 'Chinese' does not fit"
            "; write a language tag, such as en, zh or pt-BR"
        ),
    ),
    "empty value": (
        ETL,
        "      text: Runs a job.",
        "      text:",
        (
            "skills/etl.yaml:14 expectations.engineer.junior.text: is empty; write a text"
            " (in quotes if it looks like a number) or a mapping (key: value), or remove the key"
        ),
    ),
    "blank text": (
        ETL,
        "text: Runs a job.",
        "text: '  '",
        (
            "skills/etl.yaml:14 expectations.engineer.junior.text: is blank; write it,"
            " or remove the key"
        ),
    ),
    "text too long": (
        ETL,
        "Runs a job.",
        LONG,
        (
            "skills/etl.yaml:14 expectations.engineer.junior.text: has 2,001 characters"
            "; shorten it to 2,000 at most"
        ),
    ),
    "number for a text": (
        ETL,
        "name: ETL",
        "name: 42",
        (
            "skills/etl.yaml:3 name: is a number; write a text (in quotes if it looks like"
            " a number) or a mapping (key: value)"
        ),
    ),
    "text for a number": (
        ETL,
        "order: 10",
        "order: first",
        "skills/etl.yaml:2 order: is a text; write a whole number",
    ),
    "number too small": (
        ETL,
        "order: 10",
        "order: -1",
        "skills/etl.yaml:2 order: is -1; write a number of at least 0",
    ),
    "text for a list": (
        ETL,
        "aliases: [spark]",
        "aliases: spark",
        "skills/etl.yaml:6 aliases: is a text; write a list (- item)",
    ),
    "name on two lines": (
        ETL,
        "name: ETL",
        'name: "E\\nTL"',
        (
            "skills/etl.yaml:3 name: 'E�TL' does not fit; write a name on one line: in the base"
            " language, or a mapping of language tag to name"
        ),
    ),
    "bad key": (
        ETL,
        "key: etl",
        "key: ETL",
        (
            "skills/etl.yaml:1 key: 'ETL' does not fit; write a stable key: lower-case letters and"
            " digits in words joined by single hyphens, such as ml-experiment-tracking"
        ),
    ),
    "bad date": (
        ETL,
        "updated: 2026-01-31",
        "updated: 2026-02-31",
        (
            "skills/etl.yaml:5 updated: '2026-02-31' does not fit; write a date, written"
            " year-month-day, such as 2026-02-22"
        ),
    ),
    "no levels": (
        CATALOGUE,
        "domains:",
        "  - {key: spare, name: Spare, levels: []}\ndomains:",
        "catalogue.yaml:12 ladders[1].levels: has 0 items; give at least 1",
    ),
    "thirteen levels": (
        CATALOGUE,
        "domains:\n",
        "".join(f"      - {{key: l{n}, name: L{n}}}\n" for n in range(11)) + "domains:\n",
        "catalogue.yaml:9 ladders[0].levels: has 13 items; give at most 12",
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_one_fault_gives_one_exact_problem(
    problems_after: ProblemsAfter, case: tuple[str, str, str, str]
) -> None:
    file, old, new, problem = case
    assert problems_after((file, old, new)) == [problem]
