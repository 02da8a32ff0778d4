"""A member says which role and level is theirs, as `/growth role` and its buttons do."""

from bot.domain.answers import Ambiguous, Answer, Body, NeedsLevel, NeedsRole, Offer, Unknown
from bot.domain.framework import Role
from bot.domain.lookup.names.lexicon import Kind, Ref
from bot.domain.lookup.names.query import ROLE_GRAMMAR, Choices, NotFound, Query
from bot.domain.lookup.requests import ShowRole, Viewer
from bot.domain.lookup.role_overview import role_overview
from bot.domain.revision import Catalogue
from bot.services.lookup.lookups import name_of, named_corrections, named_formerly
from bot.services.lookup.shelves import Shelf
from bot.services.lookup.showing import (
    find_level,
    level_elsewhere,
    role_named,
    role_with_title,
    typed_level,
)

COMMAND = "growth"


def role_command(shelf: Shelf, text: str, viewer: Viewer) -> Answer:
    """Understand a role and a level; nothing is recorded by this.

    The answer's body is the role's overview, at the level, where both are clear. Without a role,
    the recorded one is meant.

    Raises:
        QueryTooLong: the text is longer than any name could be.
    """
    catalogue = shelf.catalogue
    found = shelf.resolve(text, ROLE_GRAMMAR)
    if isinstance(found, Query):
        return _understood(catalogue, found, viewer)
    options = found.options if isinstance(found, Choices) else found.suggestions
    offers = tuple(_offer(catalogue, each, found) for each in options)
    kind = Ambiguous if isinstance(found, Choices) else Unknown
    body = kind(found.typed, offers, COMMAND)
    return Answer(
        body,
        viewer,
        corrections=named_corrections(catalogue, found.query),
        former=named_formerly(catalogue, found.query),
        ignored=found.query.ignored,
    )


def chosen_role(catalogue: Catalogue, request: ShowRole, viewer: Viewer) -> Answer:
    """Answer a press that chose a role, perhaps with its level: as `role_command` does.

    Raises:
        OutdatedCard: the catalogue no longer has the role.
    """
    role = role_named(catalogue, request.role)
    body = _body(catalogue, role, request.levels, "", viewer) if role else NeedsRole(())
    return Answer(body, viewer, request)


def _understood(catalogue: Catalogue, query: Query, viewer: Viewer) -> Answer:
    key = query.subject.key if query.subject else viewer.role
    role = catalogue.role(key) if key else None
    if query.subject is None:
        role = role_with_title(catalogue, query.level_keys, role) or role
    ignored = query.ignored
    if role is None:
        body: Body = NeedsRole(catalogue.content.roles)
        request = None
    else:
        typed = "" if query.level_keys else " ".join(ignored)
        ignored = query.ignored if query.level_keys else ()
        body = _body(catalogue, role, query.level_keys, typed, viewer)
        request = ShowRole(role.key, query.level_keys)
    corrections = named_corrections(catalogue, query)
    former = named_formerly(catalogue, query)
    return Answer(body, viewer, request, corrections=corrections, former=former, ignored=ignored)


def _body(
    catalogue: Catalogue, role: Role, levels: tuple[str, ...], typed: str, viewer: Viewer
) -> Body:
    level = find_level(catalogue, levels, role) if levels else None
    if level is not None:
        return role_overview(catalogue, role, viewer=viewer, level=level)
    offers = tuple(
        Offer(Kind.LEVEL, each.name, ShowRole(role.key, (each.key,))) for each in role.ladder.levels
    )
    called = level_elsewhere(catalogue, levels)
    named = typed_level(catalogue, levels) or typed or None
    return NeedsLevel(role, named, offers, elsewhere=called)


def _offer(catalogue: Catalogue, ref: Ref, found: Choices | NotFound) -> Offer:
    return Offer(ref.kind, name_of(catalogue, ref), ShowRole(ref.key, found.query.level_keys))
