"""`nextrung catalogue lint` and `validate`."""

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from bot.cli.catalogue.checking.places import FilePlace, Places, from_here
from bot.cli.catalogue.checking.unclear import print_unclear, unclear_data, unclear_in
from bot.cli.catalogue.choices import English, Report
from bot.cli.catalogue.desk import Named, find
from bot.cli.catalogue.language import of_the_terminal
from bot.cli.catalogue.printing import printable, say, say_json, say_raw, sizes
from bot.domain.catalogue.lint.finding import LintFinding, LintRule, LintSeverity
from bot.domain.catalogue.lint.linter import lint, severity_counts
from bot.domain.catalogue.lint.settings import DEFAULT_SETTINGS, LintSettings, Spelling
from bot.domain.errors import NextrungError
from bot.domain.framework import CatalogueContent
from bot.formats.lint_settings import SEVERITIES, read_settings
from bot.formats.lint_terms import load_terms
from bot.formats.problems import CatalogueFileErrors, FileProblem
from bot.text.lint_rules import rule_meaning
from bot.text.translator import Translator
from bot.text.typed_lists import load_typed_words

SHOWN = 20
"""Findings of one rule that are printed unless all are asked for."""

_UNREADABLE = "unreadable"
_STYLES = {
    LintSeverity.ERROR: "bold red",
    LintSeverity.WARNING: "bold yellow",
    LintSeverity.INFO: "bold",
}
_GITHUB = {
    LintSeverity.ERROR: "error",
    LintSeverity.WARNING: "warning",
    LintSeverity.INFO: "notice",
}


async def validate(path: str) -> None:
    """Say that a folder can be published.

    Raises:
        CatalogueFileErrors: it cannot; carries every problem.
    """
    (found,) = await find(path)
    say(f"{found.label} can be published: {sizes(found.content)}.")


class BadSeverity(NextrungError):
    """An option makes no rule more or less grave. Params: `remedy`."""

    code = "bad_severity"


async def lint_catalogue(
    target: str,
    report: Report,
    *,
    strict: bool,
    everything: bool,
    severities: Sequence[str] = (),
    spelling: English | None = None,
) -> int:
    """Print the findings; returns the exit code, 1 on errors or (strict) on warnings.

    Raises:
        BadSeverity: one of `severities`, such as ``wordy=note``, cannot be used.
        CatalogueFileErrors: the folder cannot be read, where people read the report.
    """
    graver = _severities(severities)
    try:
        (found,) = await find(target)
        settings = settings_of(found.folder)
    except CatalogueFileErrors as error:
        if report is Report.TEXT:
            raise
        _print_unreadable(target, error.problems, report)
        return 1
    english = Spelling(spelling) if spelling else settings.spelling
    settings = LintSettings({**settings.severities, **graver}, english)
    findings = lint(found.content, load_typed_words(), load_terms(), settings)
    places = Places(found.folder)
    unclear = () if report is Report.GITHUB else await unclear_in(found)
    match report:
        case Report.TEXT:
            tr = of_the_terminal()
            print_unclear(unclear, tr)
            print_text(found, findings, places, tr, everything=everything)
        case Report.JSON:
            told = [_as_data(each, places.of(each.place)) for each in findings]
            _print_json(found.label, severity_counts(findings), told, unclear_data(unclear))
        case Report.GITHUB:
            tr = of_the_terminal()
            for each in findings:
                say_raw(_annotation(each, places.of(each.place), tr))
    counts = severity_counts(findings)
    return int(bool(counts[LintSeverity.ERROR] or (strict and counts[LintSeverity.WARNING])))


def settings_of(folder: Path | None) -> LintSettings:
    """Return what a folder's `lint.yaml` decides; a published catalogue has none.

    Raises:
        CatalogueFileErrors: the file is not what lint can read.
    """
    return DEFAULT_SETTINGS if folder is None else read_settings(folder)


def _severities(options: Sequence[str]) -> dict[LintRule, LintSeverity | None]:
    """Read options such as ``wordy=note``; the last one for a rule counts."""
    found: dict[LintRule, LintSeverity | None] = {}
    for option in options:
        rule, _, severity = (part.strip() for part in option.partition("="))
        if rule not in {each.value for each in LintRule}:
            rules = ", ".join(LintRule)
            raise BadSeverity(remedy=f"Lint has no rule “{rule}”. Its rules: {rules}.")
        if severity not in SEVERITIES:
            words = ", ".join(SEVERITIES)
            raise BadSeverity(
                remedy=f"“{option}” says no severity. Write {rule}= and one of {words}."
            )
        found[LintRule(rule)] = SEVERITIES[severity]
    return found


def _print_unreadable(target: str, problems: tuple[FileProblem, ...], report: Report) -> None:
    """Print what keeps a folder from being read as machines expect findings."""
    if report is Report.JSON:
        told = [
            {
                "severity": LintSeverity.ERROR.value,
                "rule": _UNREADABLE,
                "file": each.file,
                "line": each.line,
                "path": each.path,
                "message": each.message,
            }
            for each in problems
        ]
        _print_json(target, {LintSeverity.ERROR: len(problems)}, told)
    else:
        for each in problems:
            place = FilePlace("", each.file, from_here(Path(target) / each.file), each.line)
            message = f"{each.path}: {each.message}" if each.path else each.message
            say_raw(_workflow_command("error", _UNREADABLE, place, message))


def print_text(
    found: Named,
    findings: Sequence[LintFinding],
    places: Places,
    tr: Translator,
    *,
    everything: bool,
) -> None:
    """Print the findings rule by rule, and how many there are."""
    for (severity, rule), group in groupby(findings, key=lambda each: (each.severity, each.rule)):
        members = list(group)
        heading = tr(
            "{severity} {rule} ({count}): {meaning}",
            severity=_called(severity, tr),
            rule=rule.value,
            count=tr.number(len(members)),
            meaning=rule_meaning(rule, tr),
        )
        say(heading, style=_STYLES[severity])
        shown = members if everything else members[:SHOWN]
        for each in shown:
            place = places.of(each.place)
            message = tr.said(each.message)
            say(f"{place.shown}: {message}" if place.shown else message, indent=2)
        if len(shown) < len(members):
            rest = tr.number(len(members) - len(shown))
            say(tr("and {count} more; --all prints them", count=rest), indent=2)
        say()
    told = tr(
        "{catalogue}: {findings} in {sizes}.",
        catalogue=found.label,
        findings=summary(findings, tr),
        sizes=_sizes(found.content, tr),
    )
    say(told)


def _sizes(content: CatalogueContent, tr: Translator) -> str:
    told = (
        tr.plural("{count} domain", "{count} domains", len(content.domains)),
        tr.plural("{count} group", "{count} groups", len(content.groups)),
        tr.plural("{count} skill", "{count} skills", len(content.skills)),
        tr.plural("{count} role", "{count} roles", len(content.roles)),
        tr.plural("{count} expectation", "{count} expectations", len(content.expectations)),
    )
    return tr(", ").join(told)


def _called(severity: LintSeverity, tr: Translator) -> str:
    return {
        LintSeverity.ERROR: tr("error"),
        LintSeverity.WARNING: tr("warning"),
        LintSeverity.INFO: tr("note"),
    }[severity]


def counts_of(findings: Sequence[LintFinding]) -> dict[str, int]:
    """Return how many findings there are of each severity, as JSON shows it."""
    return {severity.value: count for severity, count in severity_counts(findings).items()}


def summary(findings: Sequence[LintFinding], tr: Translator) -> str:
    """Return "no findings", or how many there are of each severity."""
    counts = severity_counts(findings)
    told = {
        LintSeverity.ERROR: tr.plural(
            "{count} error", "{count} errors", counts[LintSeverity.ERROR]
        ),
        LintSeverity.WARNING: tr.plural(
            "{count} warning", "{count} warnings", counts[LintSeverity.WARNING]
        ),
        LintSeverity.INFO: tr.plural("{count} note", "{count} notes", counts[LintSeverity.INFO]),
    }
    return tr(", ").join(told[each] for each in LintSeverity if counts[each]) or tr("no findings")


def _print_json(
    label: str,
    counts: Mapping[LintSeverity, int],
    told: Sequence[Mapping[str, str | int | None]],
    unclear: Sequence[Mapping[str, Any]] = (),
) -> None:
    say_json(
        {
            "catalogue": label,
            "counts": {severity.value: counts.get(severity, 0) for severity in LintSeverity},
            "findings": list(told),
            "unclear": list(unclear),
        }
    )


def _as_data(finding: LintFinding, file: FilePlace) -> dict[str, str | int | None]:
    place = finding.place
    return {
        "severity": finding.severity.value,
        "rule": finding.rule.value,
        "domain": place.domain,
        "group": place.group,
        "ladder": place.ladder,
        "role": place.role,
        "level": place.level,
        "skill": place.skill,
        "locale": place.locale,
        "file": file.file,
        "line": file.line,
        "message": finding.message,
    }


def _annotation(finding: LintFinding, place: FilePlace, tr: Translator) -> str:
    told = tr.said(finding.message)
    message = told if place.path else f"{place.shown} {told}".strip()
    return _workflow_command(_GITHUB[finding.severity], finding.rule.value, place, message)


def _workflow_command(command: str, title: str, place: FilePlace, message: str) -> str:
    """Return a line that GitHub's runners show beside the changed file."""
    fields = {"file": place.path, "line": place.line, "title": title}
    given = (f"{name}={_escaped(str(value), ':,')}" for name, value in fields.items() if value)
    return f"::{command} {','.join(given)}::{_escaped(printable(message))}"


def _escaped(text: str, more: str = "") -> str:
    for character in "%\r\n" + more:
        text = text.replace(character, f"%{ord(character):02X}")
    return text
