"""The words that lint knows: `data/terms/<tag>.yaml`, one file a language, read once."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from bot.domain.catalogue.lint.terms import LONGEST, LanguageTerms, Terms, WantedTerm
from bot.domain.guidance import Scope
from bot.domain.said import Said
from bot.formats.bundled import data_folder
from bot.formats.problems import CatalogueFileErrors, FileProblem, NodePath
from bot.formats.yaml_file import YamlFile, parse_yaml

_FIRST_WORDS = ("knowing", "either", "skipped")
_OF_TERM = ("english", "wanted", "never", "confused", "unless", "outside")
_KEYS = (
    "first_words",
    "scopes",
    "unassessable",
    "spellings",
    "common",
    "abbreviations",
    "longest",
    "terms",
)


@cache
def load_terms(folder: Path | None = None) -> Terms:
    """Read every ``<tag>.yaml`` of a folder; without one, of those that come with Nextrung.

    Raises:
        CatalogueFileErrors: a file is not what lint can read. It carries every problem.
    """
    languages: dict[str, LanguageTerms] = {}
    problems: list[FileProblem] = []
    for path in sorted((folder or data_folder() / "terms").glob("*.yaml")):
        file, faults = parse_yaml(path.name, path.read_bytes())
        problems += faults
        if file is not None:
            reader = _Reader(file)
            languages[path.stem] = reader.language()
            problems += reader.problems
    if problems:
        raise CatalogueFileErrors(problems)
    return Terms(languages)


class _Reader:
    """Reads one file as values, and collects what is wrong with it."""

    def __init__(self, file: YamlFile) -> None:
        self.problems: list[FileProblem] = []
        self._file = file

    def language(self) -> LanguageTerms:
        rows = self._mapping((), self._file.value, _KEYS)
        first = self._mapping(("first_words",), rows.get("first_words", {}), _FIRST_WORDS)
        knowing, either, skipped = (
            frozenset(self._words(("first_words", key), first.get(key, []))) for key in _FIRST_WORDS
        )
        scopes = self._mapping(("scopes",), rows.get("scopes", {}), tuple(Scope))
        return LanguageTerms(
            knowing=knowing,
            either=either,
            skipped=skipped,
            scopes={
                Scope(key): self._words(("scopes", key), value) for key, value in scopes.items()
            },
            unassessable=self._words(("unassessable",), rows.get("unassessable", [])),
            spellings=self._spellings(rows.get("spellings", {})),
            common=frozenset(self._words(("common",), rows.get("common", []))),
            abbreviations=self._words(("abbreviations",), rows.get("abbreviations", [])),
            longest=self._number(("longest",), rows.get("longest", LONGEST)),
            terms=tuple(self._terms(rows.get("terms", []))),
        )

    def _spellings(self, value: object) -> Mapping[str, str]:
        pairs = self._mapping(("spellings",), value, None)
        for british, american in pairs.items():
            if not isinstance(american, str) or british.endswith("*") != american.endswith("*"):
                self._wrong(
                    ("spellings", british),
                    Said("write the American spelling, with a star where the British one has it"),
                )
        return {british: str(american) for british, american in pairs.items()}

    def _terms(self, value: object) -> Iterator[WantedTerm]:
        if not isinstance(value, list):
            self._wrong(("terms",), Said("write a list of terms"))
            return
        for at, each in enumerate(value):
            row = self._mapping(("terms", at), each, _OF_TERM)
            if "english" not in row:
                self._wrong(("terms", at), Said("say with `english` which words this is about"))
                continue
            words = {key: self._words(("terms", at, key), row.get(key, [])) for key in _OF_TERM}
            yield WantedTerm(**words)

    def _mapping(
        self, path: NodePath, value: object, allowed: tuple[str, ...] | None
    ) -> dict[str, object]:
        """Return a mapping's rows; what is not among the `allowed` keys (None: any) is a fault."""
        if not isinstance(value, dict):
            self._wrong(path, Said("write keys with their words"))
            return {}
        known = {key: rows for key, rows in value.items() if allowed is None or key in allowed}
        for key in value.keys() - known.keys():
            self._wrong((*path, key), Said("lint has no such list; remove or rename it"))
        return known

    def _words(self, path: NodePath, value: object) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(each, str) and each for each in value):
            return tuple(value)
        self._wrong(path, Said("write a list of words, such as [one, two]"))
        return ()

    def _number(self, path: NodePath, value: object) -> int:
        if isinstance(value, int) and value > 0:
            return value
        self._wrong(path, Said("write a number of characters"))
        return LONGEST

    def _wrong(self, path: NodePath, message: Said) -> None:
        self.problems.append(self._file.problem(path, message))
