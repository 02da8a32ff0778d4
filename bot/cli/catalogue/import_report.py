"""What an import found, printed for a person or as JSON."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.cli.catalogue.printing import counted, say, show_table
from bot.domain.framework import CatalogueContent
from bot.formats.imports.report import (
    Accounting,
    ImportPlace,
    ImportProblem,
    ImportResult,
    ImportSeverity,
    TableAccount,
)

SHOWN = 5
"""Places of one finding that are printed."""

MOST_TABLES = 40
"""Tables that are listed one by one."""

_STYLES = {
    ImportSeverity.ERROR: "bold red",
    ImportSeverity.WARNING: "yellow",
    ImportSeverity.NOTE: "dim",
}


def print_readings(result: ImportResult) -> None:
    """Print how each table was read, where no mapping said it."""
    if result.readings:
        say("Read as:")
    for reading in result.readings:
        say(reading, indent=2)


def print_findings(result: ImportResult) -> None:
    """Print errors, then warnings, then notes: each kind once, with its first places."""
    for severity, findings in (
        (ImportSeverity.ERROR, result.problems),
        (ImportSeverity.WARNING, result.warnings),
        (ImportSeverity.NOTE, result.notes),
    ):
        if findings:
            total = sum(finding.count for finding in findings)
            say(f"{counted(total, severity.value)}:", style=_STYLES[severity])
        for finding in findings:
            _print(finding)


def _print(finding: ImportProblem) -> None:
    times = f" ({finding.count:,} times)" if finding.count > 1 else ""
    say(f"{finding.message}{times}", style=_STYLES[finding.severity], indent=2)
    for place in finding.places[:SHOWN]:
        say(str(place), indent=4)
    if finding.count > SHOWN:
        say(f"and {finding.count - SHOWN:,} more", indent=4)


def print_accounting(accounting: Accounting) -> None:
    """Print what became of every row, table by table, and why rows were not imported."""
    if not accounting.tables:
        return
    rows = [
        [
            _called(table),
            *(
                f"{count:,}"
                for count in (
                    table.rows,
                    table.imported,
                    table.merged.total(),
                    table.ignored.total(),
                    table.rejected.total(),
                )
            ),
        ]
        for table in _folded(accounting.tables)
    ]
    show_table(["table", "rows", "imported", "merged", "ignored", "rejected"], rows, right=1)
    for what, reasons in _reasons(accounting):
        for reason, count in reasons:
            say(f"{what}: {count:,} × {reason}", indent=2)


def _called(table: TableAccount) -> str:
    return f"{table.file} [{table.table}]" if table.table else table.file


def _folded(tables: Sequence[TableAccount]) -> Sequence[TableAccount]:
    """Return the tables; where they are very many, those of which all was read as one."""
    if len(tables) <= MOST_TABLES:
        return tables
    whole: list[TableAccount] = []
    rest: list[TableAccount] = []
    for table in tables:
        (whole if table.rows == table.imported else rest).append(table)
    name = f"{len(whole):,} tables or pages, all of them"
    folded = TableAccount(name, "", sum(table.imported for table in whole))
    if len(rest) <= MOST_TABLES:
        return [folded, *rest]
    others = TableAccount(f"{len(rest):,} tables or pages, in part", "")
    for table in rest:
        others.imported += table.imported
        for into, counts in (
            (others.merged, table.merged),
            (others.ignored, table.ignored),
            (others.rejected, table.rejected),
        ):
            into.update(counts)
    return [folded, others]


def _reasons(accounting: Accounting) -> Iterable[tuple[str, Iterable[tuple[str, int]]]]:
    yield "merged", accounting.merged.items()
    yield "ignored", accounting.ignored.items()
    yield "rejected", accounting.rejected.items()


def result_data(result: ImportResult) -> dict[str, Any]:
    """Return a result as JSON shows it."""
    return {
        "errors": [_finding(each) for each in result.problems],
        "warnings": [_finding(each) for each in result.warnings],
        "notes": [_finding(each) for each in result.notes],
        "tables": [
            {
                "file": table.file,
                "table": table.table,
                "rows": table.rows,
                "imported": table.imported,
                "merged": dict(table.merged),
                "ignored": dict(table.ignored),
                "rejected": dict(table.rejected),
            }
            for table in result.accounting.tables
        ],
        "readings": list(result.readings),
        "questions": [
            {
                "key": question.key,
                "text": question.text,
                "choices": [
                    {"answer": choice.answer, "text": choice.text, "mapping": choice.line}
                    for choice in question.choices
                ],
            }
            for question in result.questions
        ],
        "content": None if result.content is None else _sizes(result.content),
    }


def _sizes(content: CatalogueContent) -> dict[str, int]:
    return {
        "domains": len(content.domains),
        "groups": len(content.groups),
        "skills": len(content.skills),
        "roles": len(content.roles),
        "expectations": len(content.expectations),
    }


def _finding(finding: ImportProblem) -> dict[str, Any]:
    return {
        "code": finding.code,
        "message": finding.message,
        "count": finding.count,
        "places": [_place(each) for each in finding.places],
    }


def _place(place: ImportPlace) -> dict[str, Any]:
    return {
        "file": place.file,
        "table": place.table or None,
        "line": place.line,
        "column": place.column or None,
        "value": place.value or None,
    }
