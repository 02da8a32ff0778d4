"""What a newer revision changed at one level of a role: exactly that, for whoever aims there."""

from collections.abc import Iterable
from enum import Enum

from bot.domain.framework import Expectation, Proficiency, Skill, is_deeper
from bot.domain.revision import Catalogue
from bot.values import dataclass


class MoveKind(Enum):
    """How an expectation moved; one expectation may move in several ways."""

    ADDED = "added"
    REMOVED = "removed"
    NOW_REQUIRED = "now_required"
    NOW_OPTIONAL = "now_optional"
    RAISED = "raised"
    LOWERED = "lowered"
    OTHER_DEPTH = "other_depth"  # of another scale: nobody can tell which asks for more
    REWORDED = "reworded"


@dataclass(frozen=True, slots=True)
class Move:
    """One expectation that is not what it was. `skill` is as the newer revision names it, unless
    it was removed."""

    skill: Skill
    kind: MoveKind
    before: Expectation | None
    after: Expectation | None


def moves(before: Catalogue, after: Catalogue, *, role: str, level: str) -> tuple[Move, ...]:
    """Compare what a level of a role asks for in two revisions, in the newer one's order.

    Everything counts as removed where the newer revision has no such role or level.
    """
    old, new = _cells(before, role, level), _cells(after, role, level)
    order = {**after.skill_order}
    scales = (after.content.proficiencies, before.content.proficiencies)
    found: list[Move] = []
    for key in sorted({*old, *new}, key=lambda each: (order.get(each, len(order)), each)):
        found += _compare(old.get(key), new.get(key), scales)
    return tuple(found)


def _cells(catalogue: Catalogue, role_key: str, level_key: str) -> dict[str, Expectation]:
    role = catalogue.role(role_key)
    level = role.ladder.level(level_key) if role else None
    if role is None or level is None:
        return {}
    return {each.skill.key: each for each in catalogue.expectations_at(role, level)}


def _compare(
    before: Expectation | None,
    after: Expectation | None,
    scales: Iterable[Iterable[Proficiency]],
) -> list[Move]:
    if after is None:
        return [Move(before.skill, MoveKind.REMOVED, before, None)] if before else []
    if before is None:
        return [Move(after.skill, MoveKind.ADDED, None, after)]
    kinds = []
    if before.required != after.required:
        kinds.append(MoveKind.NOW_REQUIRED if after.required else MoveKind.NOW_OPTIONAL)
    old, new = before.proficiency, after.proficiency
    if old != new and (old is None or new is None or old.key != new.key):
        kinds.append(_DEPTH[is_deeper(old, new, *scales)])
    if _texts(before) != _texts(after):
        kinds.append(MoveKind.REWORDED)
    return [Move(after.skill, kind, before, after) for kind in kinds]


_DEPTH = {True: MoveKind.RAISED, False: MoveKind.LOWERED, None: MoveKind.OTHER_DEPTH}


def _texts(expectation: Expectation) -> tuple[str, ...]:
    return expectation.wording.all_languages() if expectation.wording else ()
