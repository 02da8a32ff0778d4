"""What no schema of one file can see: references, repeated keys, orders and aliases.

These checks also run on files that break their schema, so that an owner sees every problem at
once. They therefore look only at parts of the right shape and leave the rest to the schema.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from pathlib import PurePosixPath

from bot.domain.said import Said, said
from bot.formats.native_files import NativeFiles
from bot.formats.native_schema import did_you_mean
from bot.formats.problems import FileProblem, NodePath, shortened
from bot.formats.yaml_file import YamlFile
from bot.values import dataclass

Row = dict[str, object]

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class _Place:
    """A mapping inside a file that defines something with a key."""

    file: YamlFile
    path: NodePath
    row: Row

    def text(self, name: str) -> str | None:
        value = self.row.get(name)
        return value if isinstance(value, str) else None

    def problem(self, name: str, message: Said) -> FileProblem:
        return self.file.problem((*self.path, name), message)


@dataclass(frozen=True, slots=True)
class _Known:
    """Keys that may be referred to. A None means that the file defining them is not readable."""

    groups: frozenset[str] | None = None
    families: frozenset[str] | None = None
    proficiencies: frozenset[str] | None = None
    ladders: dict[str, frozenset[str]] | None = None
    roles: frozenset[str] = frozenset()
    ladder_of: dict[str, str] = field(default_factory=dict)


def reference_problems(files: NativeFiles) -> list[FileProblem]:
    """Return every fault between the parts of a catalogue."""
    roles = [_Place(file, (), file.value) for file in files.roles if isinstance(file.value, dict)]
    skills = [_Place(file, (), file.value) for file in files.skills if isinstance(file.value, dict)]
    known = _known(files, roles)
    problems = list(_catalogue_problems(files.catalogue))
    for role in roles:
        problems += _role_problems(role, known)
    for skill in skills:
        problems += _skill_problems(skill, known)
    problems += _file_problems(roles, skills)
    groups = list(_groups(files.catalogue)) if files.catalogue else []
    for kind, places in (
        (said("role"), roles),
        (said("skill"), skills),
        (said("skill group"), groups),
    ):
        problems += _alias_problems(kind, places)
    return problems


def _known(files: NativeFiles, roles: list[_Place]) -> _Known:
    own = frozenset(filter(None, (role.text("key") for role in roles)))
    role_keys = own | files.stems
    ladder_of = {role.text("key") or "": role.text("ladder") or "" for role in roles}
    if files.catalogue is None or not isinstance(files.catalogue.value, dict):
        return _Known(roles=role_keys)
    ladders = {
        ladder.text("key") or "": _keys(_rows(ladder, "levels"))
        for ladder in _top(files.catalogue, "ladders")
    }
    return _Known(
        groups=_keys(_groups(files.catalogue)),
        families=_keys(_top(files.catalogue, "families")),
        proficiencies=_keys(_top(files.catalogue, "proficiencies")),
        ladders=ladders,
        roles=role_keys,
        ladder_of=ladder_of,
    )


def _rows(place: _Place, name: str) -> Iterator[_Place]:
    values = place.row.get(name)
    for at, value in enumerate(values if isinstance(values, list) else ()):
        if isinstance(value, dict):
            yield _Place(place.file, (*place.path, name, at), value)


def _top(catalogue: YamlFile, name: str) -> Iterator[_Place]:
    if isinstance(catalogue.value, dict):
        yield from _rows(_Place(catalogue, (), catalogue.value), name)


def _groups(catalogue: YamlFile) -> Iterator[_Place]:
    for domain in _top(catalogue, "domains"):
        yield from _rows(domain, "groups")


def _keys(places: Iterable[_Place]) -> frozenset[str]:
    return frozenset(filter(None, (place.text("key") for place in places)))


def _catalogue_problems(catalogue: YamlFile | None) -> Iterator[FileProblem]:
    if catalogue is None:
        return
    for name in ("proficiencies", "ladders", "domains", "families"):
        yield from _repeated(_top(catalogue, name), _by_key)
    yield from _repeated(_groups(catalogue), _by_key)
    for ladder in _top(catalogue, "ladders"):
        levels = list(_rows(ladder, "levels"))
        yield from _repeated(levels, _by_key)
        yield from _alias_problems(said("level"), levels)
        yield from _rank_problems(levels)


def _rank_problems(levels: list[_Place]) -> Iterator[FileProblem]:
    highest, taken = 0, set[tuple[int, str | None]]()
    for position, level in enumerate(levels, 1):
        given = level.row.get("rank", position)
        rank = given if isinstance(given, int) else highest
        if rank < highest:
            message = said(
                "rank {rank} stands after rank {highest}; list the levels lowest rank first",
                rank=rank,
                highest=highest,
            )
            yield level.problem("rank", message)
        elif isinstance(given, int) and (rank, level.text("track")) in taken:
            message = said(
                "rank {rank} is taken on this track; give another rank, or another track", rank=rank
            )
            yield level.problem("rank", message)
        highest = max(highest, rank)
        taken.add((rank, level.text("track")))


def _role_problems(role: _Place, known: _Known) -> Iterator[FileProblem]:
    yield from _unknown(role, "family", said("role family"), known.families)
    ladders = None if known.ladders is None else frozenset(known.ladders)
    yield from _unknown(role, "ladder", said("ladder"), ladders)
    focus = role.row.get("focus")
    if isinstance(focus, dict):
        yield from _level_problems(role, ("focus",), focus, role.text("ladder"), known)


def _skill_problems(skill: _Place, known: _Known) -> Iterator[FileProblem]:
    yield from _unknown(skill, "group", said("skill group"), known.groups)
    depths = skill.row.get("depths")
    if isinstance(depths, dict) and known.proficiencies is not None:
        for key in depths:
            if key not in known.proficiencies:
                message = said(
                    "no such proficiency{hint}", hint=did_you_mean(key, known.proficiencies)
                )
                yield skill.file.problem(("depths", key), message)
    expectations = skill.row.get("expectations")
    for role, levels in expectations.items() if isinstance(expectations, dict) else ():
        path = ("expectations", role)
        if role not in known.roles:
            message = said("no such role{hint}", hint=did_you_mean(role, known.roles))
            yield skill.file.problem(path, message)
        if isinstance(levels, dict):
            yield from _level_problems(skill, path, levels, known.ladder_of.get(role), known)
            yield from _cell_problems(skill, path, levels, known)


def _cell_problems(
    skill: _Place, path: NodePath, levels: Row, known: _Known
) -> Iterator[FileProblem]:
    for level, cell in levels.items():
        if isinstance(cell, dict):
            place = _Place(skill.file, (*path, level), cell)
            yield from _unknown(place, "proficiency", said("proficiency"), known.proficiencies)


def _level_problems(
    place: _Place, path: NodePath, levels: Row, ladder: str | None, known: _Known
) -> Iterator[FileProblem]:
    rungs = (known.ladders or {}).get(ladder or "")
    if rungs is None:
        return
    for level in levels:
        if level not in rungs:
            message = said(
                "no such level in ladder '{ladder}'{hint}",
                ladder=ladder,
                hint=did_you_mean(level, rungs),
            )
            yield place.file.problem((*path, level), message)


def _unknown(
    place: _Place, name: str, noun: Said, known: frozenset[str] | None
) -> Iterator[FileProblem]:
    key = place.text(name)
    if known is not None and key is not None and key not in known:
        yield place.problem(
            name,
            said(
                "no such {noun} '{key}'{hint}",
                noun=noun,
                key=shortened(key),
                hint=did_you_mean(key, known),
            ),
        )


def _file_problems(roles: list[_Place], skills: list[_Place]) -> Iterator[FileProblem]:
    for place in (*roles, *skills):
        key, stem = place.text("key"), PurePosixPath(place.file.name).stem
        # A key that is none is the schema's to report; no file could be named after it.
        if key is not None and key != stem and _KEY.fullmatch(key):
            message = said(
                "the file is named '{stem}'; rename it to {key}.yaml, or change the key",
                stem=stem,
                key=key,
            )
            yield place.problem("key", message)
    yield from _repeated(roles, _by_key)
    yield from _repeated(skills, _by_key)
    yield from _repeated(roles, _by_order)
    yield from _repeated(skills, _by_order)


def _by_key(place: _Place) -> tuple[str, object] | None:
    key = place.text("key")
    return None if key is None else ("key", key)


def _by_order(place: _Place) -> tuple[str, object] | None:
    """Orders are compared among all roles, and among the skills of one group."""
    order = place.row.get("order")
    return ("order", (place.text("group"), order)) if isinstance(order, int) else None


def _repeated(
    places: Iterable[_Place], identity: Callable[[_Place], tuple[str, object] | None]
) -> Iterator[FileProblem]:
    """Yield a problem for each place whose identity (field name, value) another one has."""
    first: dict[object, _Place] = {}
    for place in places:
        found = identity(place)
        if found is None:
            continue
        name, value = found
        holder = first.setdefault(value, place)
        if holder is not place:
            where = f"{holder.file.name}:{holder.file.line((*holder.path, name))}"
            message = said(
                "{name} '{value}' is taken at {where}; give another",
                name=name,
                value=str(place.row[name]),
                where=where,
            )
            yield place.problem(name, message)


def _alias_problems(kind: Said, places: list[_Place]) -> Iterator[FileProblem]:
    """Yield a problem for each alias that is the key of another one of the same kind."""
    owners = {place.text("key"): place for place in places}
    for place in places:
        aliases = place.row.get("aliases")
        for at, alias in enumerate(aliases if isinstance(aliases, list) else ()):
            word = str(alias).strip().casefold().replace(" ", "-").replace("_", "-")
            owner = owners.get(word)
            if owner is not None and owner is not place:
                message = said(
                    "alias '{alias}' is the key of another {kind}; remove it",
                    alias=alias,
                    kind=kind,
                )
                yield place.file.problem((*place.path, "aliases", at), message)
