"""The files of a catalogue folder: which there are, and what each of them holds by itself."""

import re
from pathlib import Path

from bot.domain.said import said
from bot.formats.native_schema import SchemaKind, schema_problems
from bot.formats.native_source import yaml_paths
from bot.formats.problems import CatalogueFileErrors, FileProblem
from bot.formats.yaml_file import YamlFile, parse_yaml
from bot.formats.yaml_plain import parse_plain
from bot.values import dataclass

CATALOGUE_FILE = "catalogue.yaml"
LINT_FILE = "lint.yaml"
"""What the owner decides about lint; no part of the catalogue."""
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_FOLDERS: dict[str, SchemaKind] = {"roles": "role", "skills": "skill"}


@dataclass(frozen=True, slots=True)
class NativeFiles:
    """The files that could be parsed, and what is wrong with each by itself.

    `catalogue` is None where that file is missing or is not YAML. `stems` are the names of all role
    files, read or not: they keep a broken role file from making every mention of it a problem.
    """

    catalogue: YamlFile | None
    roles: tuple[YamlFile, ...]
    skills: tuple[YamlFile, ...]
    stems: frozenset[str]
    problems: tuple[FileProblem, ...]


def load_bundled(folder: Path) -> NativeFiles:
    """Read the files that come with Nextrung, which its tests hold against the schemas.

    What is wrong with a file is not told; it has no lines.

    Raises:
        CatalogueFileErrors: the folder is missing.
        IrregularYaml: a file is not plain YAML.
    """
    files: dict[SchemaKind, list[YamlFile]] = {"catalogue": [], "role": [], "skill": []}
    paths = yaml_paths(folder)
    for path in paths:
        place = _kind(path)
        if place is not None:
            files[place].append(parse_plain(path.as_posix(), (folder / path).read_bytes()))
    return _native_files(paths, files, _misplaced(paths))


def load_files(folder: Path) -> NativeFiles:
    """Read and check every file by itself: encoding, syntax, repeated keys, schema.

    Raises:
        CatalogueFileErrors: the folder is missing, or holds no YAML file at all.
    """
    paths = yaml_paths(folder)
    if not paths:
        message = said("no YAML files here; give the folder that holds catalogue.yaml")
        raise CatalogueFileErrors([FileProblem(str(folder), None, "", message)])
    problems = _misplaced(paths)
    files: dict[SchemaKind, list[YamlFile]] = {"catalogue": [], "role": [], "skill": []}
    for path in paths:
        place = _kind(path)
        if place is not None:
            file, faults = parse_yaml(path.as_posix(), (folder / path).read_bytes())
            problems += faults
            files[place] += [file] if file else []
    catalogue = files["catalogue"][0] if files["catalogue"] else None
    locale = base_locale_of(catalogue)
    for kind, readable in files.items():
        for each in readable:
            problems += schema_problems(each, kind, locale)
    return _native_files(paths, files, problems)


def _native_files(
    paths: list[Path], files: dict[SchemaKind, list[YamlFile]], problems: list[FileProblem]
) -> NativeFiles:
    catalogue = files["catalogue"][0] if files["catalogue"] else None
    stems = frozenset(path.stem for path in paths if _kind(path) == "role")
    roles, skills = tuple(files["role"]), tuple(files["skill"])
    return NativeFiles(catalogue, roles, skills, stems, tuple(problems))


def _kind(path: Path) -> SchemaKind | None:
    """Return what a file of this name holds, or None where the format has no place for it."""
    if path.as_posix() == CATALOGUE_FILE:
        return "catalogue"
    if len(path.parts) == 2 and path.suffix == ".yaml":
        return _FOLDERS.get(path.parts[0])
    return None


def _misplaced(paths: list[Path]) -> list[FileProblem]:
    """Return the faults of the folder as a whole: files that would be ignored, files that lack."""
    problems = [
        FileProblem(
            path.as_posix(),
            None,
            "",
            said(
                "this file would be ignored; only catalogue.yaml, roles/*.yaml and"
                " skills/*.yaml are read: move or rename it"
            ),
        )
        for path in paths
        if _kind(path) is None and path.as_posix() != LINT_FILE
    ]
    kinds = {_kind(path) for path in paths}
    if "catalogue" not in kinds:
        message = said("the file is missing; add it with the ladders, domains and families")
        problems.append(FileProblem(CATALOGUE_FILE, None, "", message))
    for name, kind in _FOLDERS.items():
        if kind not in kinds:
            message = said(
                "there is no file in {name}; add at least one, {name}/<key>.yaml", name=name
            )
            problems.append(FileProblem(name, None, "", message))
    return problems


def base_locale_of(catalogue: YamlFile | None) -> str | None:
    """Return the base language that catalogue.yaml names, None where it names none."""
    value = catalogue.value if catalogue else None
    locale = value.get("base_locale") if isinstance(value, dict) else None
    # A tag that is none is reported once, and not again by every text that lacks it.
    return locale if isinstance(locale, str) and _LOCALE.fullmatch(locale) else None
