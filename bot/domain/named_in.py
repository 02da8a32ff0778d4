"""What a member holds, named as a revision names it. Pure; what is stored stays as it was made."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Assessment
from bot.domain.growth.evidence import Evidence
from bot.domain.growth.goal import Goal
from bot.domain.growth.holdings import Growth
from bot.domain.growth.planned.action import DatedAction, NamedAction
from bot.domain.lookup.gone import gone_rung
from bot.domain.moves import Moves, RungKey
from bot.domain.revision import Catalogue
from bot.domain.tenancy import Member
from bot.domain.text import LocalText

NO_NAMES: Mapping[str, LocalText] = MappingProxyType({})


class NamedIn:
    """Tells what a key is called in a revision, by the moves of the newest one.

    A key that the revision has is itself. Another one stands for what took over from it; and where
    the revision is older than that, for what the same thing was called there.
    """

    def __init__(self, catalogue: Catalogue, moves: Moves) -> None:
        """`catalogue` may be a part of its revision; `moves` are the newest revision's."""
        self._catalogue = catalogue
        self._moves = moves
        self._found: dict[CellKey, CellKey] = {}

    def cell(self, cell: CellKey) -> CellKey:
        """Return what an expectation is called; as it is where the revision has no such thing."""
        if cell not in self._found:
            role, level = self.rung((cell.role, cell.level))
            self._found[cell] = CellKey(role, level, self.skill(cell.skill))
        return self._found[cell]

    def rung(self, rung: RungKey) -> RungKey:
        """Return what a level of a role is called."""
        if self._has(rung):
            return rung
        now = self._moves.rung(*rung)
        if self._has(now):
            return now
        same = sorted(each for each, target in self._moves.rungs.items() if target == now)
        return next((each for each in same if self._has(each)), rung)

    def skill(self, key: str) -> str:
        """Return what a skill is called."""
        if self._catalogue.skill(key) is not None:
            return key
        now = self._moves.skill(key)
        if self._catalogue.skill(now) is not None:
            return now
        same = sorted(each for each, target in self._moves.skills.items() if target == now)
        return next((each for each in same if self._catalogue.skill(each)), key)

    def _has(self, rung: RungKey) -> bool:
        role = self._catalogue.role(rung[0])
        return role is not None and role.ladder.level(rung[1]) is not None


def named_in(growth: Growth, catalogue: Catalogue, moves: Moves) -> Growth:
    """Return what a member holds as a revision names it; the same where nothing ever moved.

    Of two marks that come to be of one expectation the newer one counts; neither is lost, for each
    stays in what is stored.
    """
    if not moves:
        return growth
    names = NamedIn(catalogue, moves)
    marks: dict[CellKey, Assessment] = {}
    for mark in growth.marks.values():
        now = _mark_named(mark, names)
        held = marks.get(now.cell)
        if held is None or (held.at, held.made_as is None) < (now.at, now.made_as is None):
            marks[now.cell] = now
    pieces = tuple(_piece_named(each, names) for each in growth.evidence)
    actions = tuple(_action_named(each, names) for each in growth.actions)
    agreed = tuple(replace(each, cell=names.cell(each.cell)) for each in growth.agreed)
    return replace(growth, marks=marks, evidence=pieces, actions=actions, agreed=agreed)


def history_named_in(
    history: Iterable[Assessment], catalogue: Catalogue, moves: Moves
) -> tuple[Assessment, ...]:
    """Return every mark that a member ever made as a revision names it, in the same order."""
    if not moves:
        return tuple(history)
    names = NamedIn(catalogue, moves)
    return tuple(_mark_named(each, names) for each in history)


def named_actions(
    actions: Iterable[DatedAction], newest: Catalogue, former: Mapping[str, LocalText] = NO_NAMES
) -> tuple[NamedAction, ...]:
    """Return actions with their skills, as the newest revision names them.

    `former` are the last names of what it has no longer, by key.
    """
    names = NamedIn(newest, newest.moves)
    return tuple(
        NamedAction(each, newest.skill(names.skill(key)), former.get(key))
        for each in actions
        for key in (each.cell.skill,)
    )


def gone_skills(growth: Growth, newest: Catalogue) -> frozenset[str]:
    """Return the keys of skills that offers and actions are about, and the revision has not."""
    keys = {each.skill for each in growth.offers} | {each.cell.skill for each in growth.actions}
    names = NamedIn(newest, newest.moves)
    return frozenset(each for each in keys if newest.skill(names.skill(each)) is None)


def followed(goal: Goal, newest: Catalogue) -> Goal:
    """Return the goal as the newest revision names it, and what it was set from.

    A beginning that the revision does not have is left out: the level below the target stands in.
    """
    names = NamedIn(newest, newest.moves)
    role, level = names.rung((goal.role, goal.level))
    origin: RungKey | None = None
    if goal.origin_role is not None and goal.origin_level is not None:
        origin = names.rung((goal.origin_role, goal.origin_level))
    if (role, level) != (goal.role, goal.level) and origin and gone_rung(newest, *origin):
        origin = None
    origin_role, origin_level = origin or (None, None)
    return replace(goal, role=role, level=level, origin_role=origin_role, origin_level=origin_level)


def settled(member: Member, newest: Catalogue) -> Member:
    """Return the member with the recorded role and level as the newest revision names them."""
    if not newest.moves or member.role_key is None:
        return member
    if member.level_key is None:
        return replace(member, role_key=newest.moves.role(member.role_key))
    role, level = newest.moves.rung(member.role_key, member.level_key)
    return replace(member, role_key=role, level_key=level)


def _mark_named(mark: Assessment, names: NamedIn) -> Assessment:
    cell = names.cell(mark.cell)
    if cell == mark.cell:
        return mark
    return replace(mark, cell=cell, made_as=mark.made_on)


def _piece_named(piece: Evidence, names: NamedIn) -> Evidence:
    supports = frozenset(names.cell(each) for each in piece.supports)
    return piece if supports == piece.supports else replace(piece, supports=supports)


def _action_named(action: DatedAction, names: NamedIn) -> DatedAction:
    cell = names.cell(action.cell)
    return action if cell == action.cell else replace(action, cell=cell)
