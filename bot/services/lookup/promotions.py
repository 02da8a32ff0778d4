"""Promotion gaps, as `/promote-gap` and its buttons ask for them."""

from collections.abc import Callable
from dataclasses import replace

from bot.domain.answers import (
    Ambiguous,
    Answer,
    AtFoot,
    AtTop,
    Body,
    GapReport,
    Help,
    NeedsLevel,
    NeedsRole,
    NotAbove,
    Offer,
    Start,
    Unknown,
)
from bot.domain.framework import Level, Role
from bot.domain.lookup.browsing import described_depths
from bot.domain.lookup.gap import promotion_gap
from bot.domain.lookup.names.lexicon import Kind
from bot.domain.lookup.names.query import ROLE_GRAMMAR, Choices, NotFound, Query
from bot.domain.lookup.requests import ShowGap, Viewer
from bot.domain.lookup.rung import Rung
from bot.domain.revision import Catalogue
from bot.services.lookup.connecting import connecting
from bot.services.lookup.halves import as_rung, halves
from bot.services.lookup.lookups import (
    alias_in,
    asks_for_help,
    name_of,
    named_corrections,
    named_formerly,
)
from bot.services.lookup.shelves import Shelf
from bot.services.lookup.showing import (
    find_level,
    level_elsewhere,
    role_named,
    role_with_title,
    typed_level,
)

COMMAND = "promote-gap"


def gap_command(shelf: Shelf, text: str, viewer: Viewer) -> Answer:
    """Answer `/promote-gap <role> [target level] [from <role> <level>]`.

    Raises:
        QueryTooLong: the text is longer than any name could be.
    """
    if asks_for_help(text, shelf.typed):
        return Answer(Help(COMMAND, described_depths(shelf.catalogue)), viewer)
    typed, *origins = halves(shelf, text)
    target = as_rung(shelf, typed) if origins else shelf.resolve(typed, ROLE_GRAMMAR)
    origin = as_rung(shelf, origins[0]) if origins else Query()
    if not isinstance(target, Query):
        rest = origin if isinstance(origin, Query) else _without_subject(origin)
        answer = _unclear(shelf.catalogue, target, viewer, lambda picked: _request(picked, rest))
        return replace(answer, ignored=(*answer.ignored, *rest.ignored))
    if not isinstance(origin, Query):
        return _unclear(shelf.catalogue, origin, viewer, lambda picked: _request(target, picked))
    if origins and origin == Query():
        # Nothing follows the word: it is left out aloud.
        from_word = connecting(shelf.typed).origin.search(text)
        left_out = (from_word.group().strip(),) if from_word else ()
        origin = replace(origin, ignored=left_out)
    alias = alias_in(shelf, target)
    answer = _answer(shelf.catalogue, target, origin, viewer)
    return replace(answer, alias=alias) if alias else answer


def _without_subject(found: Choices | NotFound) -> Query:
    """Keep what was understood beside an unclear name; the name itself is left out aloud."""
    return replace(found.query, ignored=(*found.query.ignored, found.typed))


def _answer(catalogue: Catalogue, target: Query, origin: Query, viewer: Viewer) -> Answer:
    both = target
    if origin.corrections or origin.ignored:
        both = replace(
            target,
            corrections=(*target.corrections, *origin.corrections),
            ignored=(*target.ignored, *origin.ignored),
        )
    request = _request(target, origin)
    if target.ignored and not target.level_keys and request.role:
        role = catalogue.role(request.role)
        body: Body = needs_level(role, request, " ".join(target.ignored)) if role else NeedsRole(())
        both = replace(both, ignored=origin.ignored)
    else:
        body = gap_body(catalogue, request, viewer)
    return Answer(
        body,
        viewer,
        request,
        corrections=named_corrections(catalogue, both),
        former=named_formerly(catalogue, both),
        ignored=both.ignored,
    )


def _request(target: Query, origin: Query) -> ShowGap:
    return ShowGap(
        role=target.subject.key if target.subject else None,
        levels=target.level_keys,
        origin_role=origin.subject.key if origin.subject else None,
        origin_levels=origin.level_keys,
    )


def _unclear(
    catalogue: Catalogue,
    found: Choices | NotFound,
    viewer: Viewer,
    request_of: Callable[[Query], ShowGap],
) -> Answer:
    """Offer the roles that the unclear half may mean, keeping what was understood of both."""
    options = found.options if isinstance(found, Choices) else found.suggestions
    offers = tuple(
        Offer(Kind.ROLE, name_of(catalogue, ref), request_of(replace(found.query, subject=ref)))
        for ref in options
    )
    if isinstance(found, Choices):
        body: Body = Ambiguous(found.typed, offers, COMMAND, many=found.many)
    else:
        body = Unknown(found.typed, offers, COMMAND)
    corrections = named_corrections(catalogue, found.query)
    # The request waits for the role that is open: the target's, or else the one to come from.
    waiting = request_of(found.query)
    return Answer(
        body,
        viewer,
        waiting,
        corrections=corrections,
        former=named_formerly(catalogue, found.query),
        ignored=found.query.ignored,
    )


def show_gap(catalogue: Catalogue, request: ShowGap, viewer: Viewer) -> Answer:
    """Answer a press on a promotion-gap card.

    Raises:
        OutdatedCard: the request names something that the catalogue no longer has.
    """
    return Answer(gap_body(catalogue, request, viewer), viewer, request)


def gap_body(catalogue: Catalogue, request: ShowGap, viewer: Viewer) -> Body:
    """Work out where from and where to, then the gap; or say clearly why there is none."""
    role = role_named(catalogue, request.role) or _role_of_level(catalogue, request, viewer)
    if role is None:
        return NeedsRole(catalogue.content.roles)
    if request.levels:
        level = find_level(catalogue, request.levels, role)
        if level is None:
            found = needs_level(role, request, typed_level(catalogue, request.levels))
            return replace(found, elsewhere=level_elsewhere(catalogue, request.levels))
    else:
        level = None
    if request.origin_role or request.origin_levels:
        return _from_given(catalogue, request, role, level, viewer)
    return _from_recorded(catalogue, request, role, level, viewer)


def _role_of_level(catalogue: Catalogue, request: ShowGap, viewer: Viewer) -> Role | None:
    """Return the recorded role, unless the level is a title that only another role has."""
    own = catalogue.role(viewer.role) if viewer.role else None
    both = (request.levels, request.origin_levels)
    return next(filter(None, (role_with_title(catalogue, keys, own) for keys in both)), own)


def _from_recorded(
    catalogue: Catalogue, request: ShowGap, role: Role, level: Level | None, viewer: Viewer
) -> Body:
    own = role.ladder.level(viewer.level) if viewer.level and role.key == viewer.role else None
    if level is None:
        if own is None:
            return needs_level(role, request, None)
        above = role.ladder.above(own)
        if not above:
            return AtTop(Rung(role, own))
        if len(above) > 1:
            return needs_level(role, request, None, above)
        level = above[0]
    if own is not None:
        return _report(catalogue, Rung(role, own), Rung(role, level), Start.OWN_LEVEL)
    below = role.ladder.below(level)
    if below is None:
        target = Rung(role, level)
        return AtFoot(target, len(catalogue.expectations_at(role, level)))
    return _report(catalogue, Rung(role, below), Rung(role, level), Start.LEVEL_BELOW)


def _from_given(
    catalogue: Catalogue, request: ShowGap, role: Role, level: Level | None, viewer: Viewer
) -> Body:
    start = role_named(catalogue, request.origin_role) or role
    if request.origin_levels:
        held = find_level(catalogue, request.origin_levels, start)
    else:
        own = start.key == viewer.role and viewer.level
        held = start.ladder.level(viewer.level) if own and viewer.level else None
    if held is None:
        return _needs_origin(catalogue, start, request)
    if level is None:
        above = role.ladder.above(held) if start.key == role.key else ()
        if start.key == role.key and not above:
            return AtTop(Rung(role, held))
        level = role.ladder.counterpart(held) if start.key != role.key else above[0]
        if level is None or len(above) > 1:
            return needs_level(role, request, None, above)
    found = _report(catalogue, Rung(start, held), Rung(role, level), Start.GIVEN)
    if isinstance(found, GapReport) and (start.key, held.key) == (viewer.role, viewer.level):
        return replace(found, recorded=True)
    return found


def _report(catalogue: Catalogue, origin: Rung, target: Rung, start: Start) -> Body:
    same_role = origin.role.key == target.role.key
    if same_role and target.level.rank <= origin.level.rank:
        if not role_has_above(origin) and target.level.rank == origin.level.rank:
            return AtTop(origin)
        return NotAbove(target, origin, own=start is Start.OWN_LEVEL)
    return GapReport(promotion_gap(catalogue, origin=origin, target=target), start)


def role_has_above(rung: Rung) -> bool:
    """Tell whether the ladder goes on above this rung."""
    return bool(rung.role.ladder.above(rung.level))


def needs_level(
    role: Role, request: ShowGap, typed: str | None, levels: tuple[Level, ...] = ()
) -> NeedsLevel:
    """Offer target levels: those given, else the whole ladder."""
    offers = tuple(
        Offer(
            Kind.LEVEL,
            level.name,
            replace(request, role=role.key, levels=(level.key,), page=0),
        )
        for level in levels or role.ladder.levels
    )
    return NeedsLevel(role, typed, offers)


def _needs_origin(catalogue: Catalogue, start: Role, request: ShowGap) -> NeedsLevel:
    offers = tuple(
        Offer(
            Kind.LEVEL,
            level.name,
            replace(request, origin_role=start.key, origin_levels=(level.key,), page=0),
        )
        for level in start.ladder.levels
    )
    typed = typed_level(catalogue, request.origin_levels)
    called = level_elsewhere(catalogue, request.origin_levels)
    return NeedsLevel(start, typed, offers, of_origin=True, elsewhere=called)
