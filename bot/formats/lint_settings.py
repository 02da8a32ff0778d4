"""`lint.yaml` of a catalogue's folder: what its owner decides about lint."""

from pathlib import Path

from bot.domain.catalogue.lint.finding import LintRule, LintSeverity
from bot.domain.catalogue.lint.settings import DEFAULT_SETTINGS, LintSettings, Spelling
from bot.domain.said import Said
from bot.formats.native_files import LINT_FILE
from bot.formats.problems import CatalogueFileErrors, FileProblem
from bot.formats.yaml_file import YamlFile, parse_yaml

SEVERITIES: dict[str, LintSeverity | None] = {
    "error": LintSeverity.ERROR,
    "warning": LintSeverity.WARNING,
    "note": LintSeverity.INFO,
    "off": None,
}
"""How grave a rule may be made, in the words of an owner."""

_KEYS = ("severities", "spelling")


def read_settings(folder: Path) -> LintSettings:
    """Read the folder's `lint.yaml`; without that file everything is as by default.

    Raises:
        CatalogueFileErrors: the file is not what lint can read. It carries every problem.
    """
    path = folder / LINT_FILE
    if not path.is_file():
        return DEFAULT_SETTINGS
    file, problems = parse_yaml(LINT_FILE, path.read_bytes())
    if file is None or problems:
        raise CatalogueFileErrors(problems)
    problems = [*_unknown_keys(file), *_wrong_severities(file), *_wrong_spelling(file)]
    if problems:
        raise CatalogueFileErrors(problems)
    rows = _rows(file.value)
    spelling = rows.get("spelling")
    return LintSettings(
        {
            LintRule(rule): SEVERITIES[str(value)]
            for rule, value in _rows(rows.get("severities")).items()
        },
        Spelling(str(spelling)) if spelling is not None else None,
    )


def _rows(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _unknown_keys(file: YamlFile) -> list[FileProblem]:
    if not isinstance(file.value, dict):
        return [file.problem((), Said(f"write keys here: {', '.join(_KEYS)}"))]
    message = Said(f"there is no such setting; use {' or '.join(_KEYS)}")
    return [file.problem((key,), message) for key in file.value if key not in _KEYS]


def _wrong_severities(file: YamlFile) -> list[FileProblem]:
    value = _rows(file.value).get("severities")
    if value is not None and not isinstance(value, dict):
        return [file.problem(("severities",), Said("write rules with their severity"))]
    rules = {rule.value for rule in LintRule}
    problems = []
    for rule, severity in _rows(value).items():
        if rule not in rules:
            message = Said("lint has no such rule; `nextrung catalogue lint` names them")
            problems.append(file.problem(("severities", rule), message))
        elif not isinstance(severity, str) or severity not in SEVERITIES:
            message = Said(f"write one of {', '.join(SEVERITIES)}")
            problems.append(file.problem(("severities", rule), message))
    return problems


def _wrong_spelling(file: YamlFile) -> list[FileProblem]:
    value = _rows(file.value).get("spelling")
    if value is None or (isinstance(value, str) and value in tuple(Spelling)):
        return []
    return [file.problem(("spelling",), Said(f"write {' or '.join(Spelling)}"))]
