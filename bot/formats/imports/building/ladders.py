"""Puts the levels of each role in order, and roles with the same levels on one ladder."""

from collections.abc import Hashable, Iterable, Mapping, Sequence

from bot.domain.framework import Ladder, Level
from bot.domain.guidance import Scope
from bot.domain.said import said
from bot.formats.imports.building.before import Before
from bot.formats.imports.building.drafts import RowDraft
from bot.formats.imports.building.keys import assign_keys, is_key, slug
from bot.formats.imports.building.scopes import RowScope
from bot.formats.imports.building.texts import local_text, translations
from bot.formats.imports.report import ImportProblems
from bot.formats.imports.values import aliases_in
from bot.formats.mapping.fields import Field, FieldSlot
from bot.formats.mapping.words import normal, one_line
from bot.formats.names.orders import order_of
from bot.formats.names.seniority import level_order
from bot.formats.proposing.ladder.orders import orders_of
from bot.formats.proposing.questions import Deciding

MOST_LEVELS = 12
RANK, TRACK = FieldSlot(Field.LEVEL_RANK), FieldSlot(Field.LEVEL_TRACK)
ALIASES, SCOPE = FieldSlot(Field.LEVEL_ALIASES), FieldSlot(Field.LEVEL_SCOPE)

DraftedRung = tuple[RowDraft, int, str | None]
"""A level in the making with its rank and its track."""


class Ladders:
    """Builds the ladders of a catalogue. Every fault goes to `findings`."""

    def __init__(
        self,
        scope_of: Mapping[int, RowScope],
        role_keys: Mapping[int, str],
        before: Before,
        findings: ImportProblems,
        *,
        by_name: bool,
        deciding: Deciding | None = None,
    ) -> None:
        """Take the levels of each role and the key of each role, both by the role's number.

        `by_name` is whether the names of levels may tell their order. Where they do not for sure,
        `deciding` asks; None where nobody can be asked, and it is a warning.
        """
        self.levels: dict[int, dict[int, Level]] = {}
        """For each role (by number) its levels, by the number of the draft."""
        self.ladder_of: dict[int, Ladder] = {}
        """For each role (by number) its ladder."""
        self._scope_of = scope_of
        self._role_keys = role_keys
        self._before = before
        self._findings = findings
        self._deciding = deciding
        self._orders: dict[int, tuple[int, ...]] = {}
        """The order of the names of levels by the identity of their scope, where it may be told."""
        self._ranks: Mapping[str, int] = {}
        if by_name:
            self._tell_orders()

    def _tell_orders(self) -> None:
        """Put the levels of each scope in order, and find the ranks that fit all of them."""
        scopes = {id(scope): scope for scope in self._scope_of.values() if not scope.specs}
        open_: list[RowScope] = []
        settled: list[RowScope] = []
        keys = {id(scope): self._role_keys[number] for number, scope in self._scope_of.items()}
        for at, scope in scopes.items():
            (settled if self._is_settled(scope, keys.get(at, "")) else open_).append(scope)
        for scopes_told, deciding in ((settled, None), (open_, self._deciding)):
            ladders = [(_titles(scope), scope.owner.title) for scope in scopes_told]
            told = zip(scopes_told, orders_of(ladders, deciding, rows=True), strict=True)
            self._orders |= {id(scope): positions for scope, positions in told}
        self._ranks = _common_ranks(list(scopes.values()), self._orders)

    def _is_settled(self, scope: RowScope, role_key: str) -> bool:
        """Whether rows, or the revision before, tell the ranks of levels."""
        drafts = scope.levels.drafts
        if all(RANK in draft.values for draft in drafts):
            return True
        known = {} if scope.shared else self._before.levels(role_key)
        return all(normal(draft.title) in known for draft in drafts)

    def build(self, roles: Sequence[RowDraft]) -> tuple[Ladder, ...]:
        """Return all ladders, in the order of the roles that climb them."""
        built: dict[int, dict[int, Level]] = {}
        climbers: dict[Hashable, list[RowDraft]] = {}
        for role in roles:
            scope = self._scope_of[role.number]
            if id(scope) not in built:
                built[id(scope)] = self._built(scope, self._role_keys[role.number])
            self.levels[role.number] = built[id(scope)]
            # A ladder that rows name stays one by itself, whatever levels others have.
            same: Hashable = id(scope) if scope.shared else tuple(built[id(scope)].values())
            climbers.setdefault(same, []).append(role)
        return self._named(list(climbers.values()))

    def _named(self, climbers: Sequence[list[RowDraft]]) -> tuple[Ladder, ...]:
        names: dict[int, str] = {}
        given: dict[int, str] = {}
        for at, roles in enumerate(climbers):
            owner = self._scope_of[roles[0].number].owner
            levels = tuple(self.levels[roles[0].number].values())
            known = self._before.ladder(levels)
            if owner not in roles:
                names[at], given[at] = owner.title, owner.key
            elif known is not None and known.key not in given.values():
                names[at], given[at] = known.name.base, known.key
            else:
                names[at] = _span(levels) if levels and len(roles) > 1 else roles[0].title
        keys, _ = assign_keys(names, {at: key for at, key in given.items() if key}, {})
        ladders: list[Ladder] = []
        for at, roles in enumerate(climbers):
            owner = self._scope_of[roles[0].number].owner
            others = {} if owner in roles else translations(owner.values, Field.LADDER)
            levels = tuple(self.levels[roles[0].number].values())
            ladders.append(Ladder(keys[at], local_text(names[at], others), levels))
            self.ladder_of |= {role.number: ladders[-1] for role in roles}
        return tuple(ladders)

    def _built(self, scope: RowScope, role_key: str) -> dict[int, Level]:
        """Return the levels of a scope from the lowest to the highest, by draft."""
        if scope.own or not scope.levels.drafts:
            scope.listed()
        drafts = scope.levels.drafts
        place = scope.owner.place.of(scope.owner.title)
        if not drafts:
            message = said(
                "the role has no level; give it one in a row, or in the mapping under 'roles'"
            )
            self._findings.error("no-levels", message, place)
        if len(drafts) > MOST_LEVELS:
            message = said(
                "a ladder has at most {most} levels; list fewer, or split the role",
                most=MOST_LEVELS,
            )
            self._findings.error("too-many-levels", message, place)
        known = {} if scope.shared else self._before.levels(role_key)
        keys, _ = assign_keys(
            {draft.number: draft.title for draft in drafts},
            {draft.number: draft.key for draft in drafts if draft.key},
            {name: level.key for name, level in known.items()},
        )
        rungs = self._ordered(scope, known)
        self._check_ranks(rungs)
        return {rung[0].number: _level(scope, rung, keys[rung[0].number]) for rung in rungs}

    def _ordered(self, scope: RowScope, known: Mapping[str, Level]) -> list[DraftedRung]:
        drafts = scope.levels.drafts
        if scope.specs:
            specs = [scope.spec_of[draft.number] for draft in drafts]
            rungs = [
                (draft, spec.rank, spec.track) for draft, spec in zip(drafts, specs, strict=True)
            ]
            place = {one_line(spec.name): at for at, spec in enumerate(scope.specs)}
            return sorted(rungs, key=lambda rung: place[rung[0].name])
        if all(RANK in draft.values for draft in drafts):
            rungs = [(draft, int(draft.values[RANK]), _track(draft)) for draft in drafts]
        elif all(normal(draft.title) in known for draft in drafts):
            levels = [known[normal(draft.title)] for draft in drafts]
            rungs = [
                (draft, level.rank, level.track)
                for draft, level in zip(drafts, levels, strict=True)
            ]
        elif all(normal(draft.title) in self._ranks for draft in drafts):
            self._doubt(scope)
            rungs = [(draft, self._ranks[normal(draft.title)], _track(draft)) for draft in drafts]
        else:
            self._doubt(scope)
            return self._guessed(scope)
        return sorted(rungs, key=lambda rung: (rung[1], rung[2] or ""))

    def _guessed(self, scope: RowScope) -> list[DraftedRung]:
        drafts = scope.levels.drafts
        order = self._orders.get(id(scope), tuple(range(len(drafts))))
        return [(drafts[at], rank, _track(drafts[at])) for rank, at in enumerate(order, 1)]

    def _doubt(self, scope: RowScope) -> None:
        """Warn of an order that may be wrong, where nobody can be asked."""
        titles = _titles(scope)
        if self._deciding is not None or id(scope) not in self._orders:
            return
        if order_of(titles, scope.owner.title, rows=True).sure:
            return
        order = self._orders[id(scope)]
        shown = " < ".join(titles[at] for at in order[:MOST_LEVELS])
        message = said(
            "the names of these levels do not say their order for sure; look at it, or list them"
            " lowest first under 'levels' (or 'roles') of a mapping"
        )
        self._findings.warning("level-order", message, scope.owner.place.of(shown))

    def _check_ranks(self, rungs: Iterable[DraftedRung]) -> None:
        taken: dict[tuple[int, str | None], RowDraft] = {}
        for draft, rank, track in rungs:
            first = taken.setdefault((rank, track), draft)
            if first is not draft:
                message = said("two levels of one track share a rank; give one of them another")
                place = draft.place.of(f"{first.title} / {draft.title}: {rank}")
                self._findings.error("shared-rank", message, place)


def _level(scope: RowScope, rung: DraftedRung, key: str) -> Level:
    draft, rank, track = rung
    spec = scope.spec_of.get(draft.number)
    others = dict(spec.names) if spec else {}
    aliases = [*(spec.aliases if spec else ()), *aliases_in(draft.values.get(ALIASES, ""))]
    name = local_text(draft.title, others | translations(draft.values, Field.LEVEL))
    told = draft.values.get(SCOPE)
    reach = Scope(told) if told else None
    return Level(key, name, rank, track, tuple(dict.fromkeys(aliases)), reach)


def _track(draft: RowDraft) -> str | None:
    track = draft.values.get(TRACK)
    return track if track is None or is_key(track) else slug(track)


def _span(levels: Sequence[Level]) -> str:
    """Return a name for the ladder that several roles climb."""
    first, last = levels[0].name.base, levels[-1].name.base
    name = first if len(levels) == 1 else f"{first} to {last}"
    return name if len(name) <= 100 else first


def _titles(scope: RowScope) -> list[str]:
    return [draft.title for draft in scope.levels.drafts]


def _common_ranks(
    scopes: Sequence[RowScope], orders: Mapping[int, Sequence[int]]
) -> Mapping[str, int]:
    """Return one rank for each level name over all roles, none where that cannot be.

    So a role that starts at Senior keeps the height that Senior has elsewhere. The words of names
    yield to the order that roles have.
    """
    ladders = [[_titles(scope)[at] for at in orders[id(scope)]] for scope in scopes]
    titles = {normal(title): title for ladder in ladders for title in ladder}
    names = [titles[word] for word in sorted(titles)]
    order = level_order(names) if len(names) <= MOST_LEVELS else None
    ranks = {normal(names[at]): rank for rank, at in enumerate(order or (), 1)}
    for ladder in ladders if ranks else ():
        own = [ranks[normal(title)] for title in ladder]
        if own != sorted(own):
            return {}
    return ranks
