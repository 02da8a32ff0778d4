"""Look up: skills, groups, roles and domains, as `/skill` and its buttons ask for them."""

import re
from dataclasses import replace

from bot.domain.answers import Alias, Ambiguous, Answer, Body, Help, Offer, Unknown
from bot.domain.errors import OutdatedCard
from bot.domain.framework import Domain, Level, Role, Skill, SkillGroup
from bot.domain.lookup.browsing import described_depths
from bot.domain.lookup.gone import gone, gone_level
from bot.domain.lookup.names.aliases import needs_saying
from bot.domain.lookup.names.lexicon import Kind, Ref, words_of
from bot.domain.lookup.names.query import SKILL_GRAMMAR, Choices, NotFound, Query
from bot.domain.lookup.names.spans import raw_text
from bot.domain.lookup.profiles import Details
from bot.domain.lookup.requests import (
    ShowCard,
    ShowCatalogue,
    ShowDetails,
    ShowDomain,
    ShowGroup,
    ShowRole,
    ShowSkill,
    Viewer,
)
from bot.domain.lookup.short_titles import ShortTitles
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from bot.domain.typed_words import TypedWords
from bot.services.lookup.shelves import Shelf
from bot.services.lookup.showing import (
    body_of,
    find_level,
    role_named,
    role_with_title,
    show_details,
)

_WORDS = re.compile(r"\w+")


def asks_for_help(text: str, typed: TypedWords) -> bool:
    """Tell whether a command's text asks for help: "help", "HELP!", "mlops --help", "?"."""
    words = _WORDS.findall(text.casefold())
    return text.strip() in {"?", "？", "-h"} or bool(
        words and words[-1] in typed.lookup.get("help", ())
    )


def skill_command(shelf: Shelf, text: str, viewer: Viewer) -> Answer:
    """Answer `/skill <text>`.

    Raises:
        QueryTooLong: the text is longer than any name could be.
    """
    if asks_for_help(text, shelf.typed):
        return Answer(Help("skill", described_depths(shelf.catalogue)), viewer)
    found = shelf.resolve(text, SKILL_GRAMMAR)
    catalogue = shelf.catalogue
    match found:
        case Choices(typed, options, query, many):
            offers = tuple(offer(catalogue, each, query) for each in options)
            return _explained(catalogue, Ambiguous(typed, offers, many=many), viewer, query)
        case NotFound(typed, suggestions, query):
            offers = tuple(offer(catalogue, each, query) for each in suggestions)
            return _explained(catalogue, Unknown(typed, offers), viewer, query)
        case Query():
            alias = alias_in(shelf, found)
            roles = _roles_of_level(catalogue, found, viewer)
            if len(roles) > 1:
                body = Ambiguous(raw_text(words_of(text, shelf.typed)), roles, is_level=True)
                return _explained(catalogue, body, viewer, found)
            request = roles[0].request if roles else _request(catalogue, found, viewer)
            shown = body_of(catalogue, request, viewer)
            explained = _explained(catalogue, shown, viewer, found, request)
            return replace(explained, alias=alias) if alias else explained


def typed_skill(shelf: Shelf, text: str) -> str | None:
    """Return the key of the skill that `/skill <text>` shows; None where it shows something else.

    Raises:
        QueryTooLong: the text is longer than any name could be.
    """
    found = shelf.resolve(text, SKILL_GRAMMAR)
    if not isinstance(found, Query) or found.subject is None:
        return None
    return found.subject.key if found.subject.kind is Kind.SKILL else None


def _explained(
    catalogue: Catalogue, body: Body, viewer: Viewer, query: Query, request: ShowCard | None = None
) -> Answer:
    return Answer(
        body,
        viewer,
        request,
        corrections=named_corrections(catalogue, query),
        former=named_formerly(catalogue, query),
        ignored=query.ignored,
    )


def named_corrections(catalogue: Catalogue, query: Query) -> tuple[tuple[str, LocalText], ...]:
    """Pair what was typed with the name that is shown instead."""
    slips = [each for each in query.corrections if not each.former]
    return tuple([(each.typed, name_of(catalogue, each.ref)) for each in slips])


def named_formerly(catalogue: Catalogue, query: Query) -> tuple[tuple[str, LocalText], ...]:
    """Pair each name that was typed and has gone with the name of what took over."""
    gone = [each for each in query.corrections if each.former]
    return tuple([(each.typed, name_of(catalogue, each.ref)) for each in gone])


def alias_in(shelf: Shelf, query: Query) -> Alias | None:
    """Return the subject's alias that was typed, where its name does not show why it was found."""
    if query.subject is None or not query.named:
        return None
    name = name_of(shelf.catalogue, query.subject)
    if not needs_saying(query.named, name, shelf.lexicon):
        return None
    return Alias(raw_text(query.named), query.subject.kind, name)


def _roles_of_level(catalogue: Catalogue, query: Query, viewer: Viewer) -> tuple[Offer, ...]:
    """Return the roles that a level alone may be of, where it is not of the viewer's own."""
    if query.subject or not query.level_keys:
        return ()
    own = catalogue.role(viewer.role) if viewer.role else None
    titled = role_with_title(catalogue, query.level_keys, own)
    if titled:
        return (offer(catalogue, Ref(Kind.ROLE, titled.key), query),)
    if own:
        return ()
    return tuple(
        offer(catalogue, Ref(Kind.ROLE, role.key), query)
        for role in catalogue.content.roles
        if find_level(catalogue, query.level_keys, role)
    )


def _request(catalogue: Catalogue, query: Query, viewer: Viewer) -> ShowCard:
    if query.subject is not None:
        return request_for(query.subject, query)
    if query.level_keys and viewer.role and catalogue.role(viewer.role):
        return ShowRole(viewer.role, query.level_keys)
    return ShowCatalogue()


def request_for(ref: Ref, query: Query) -> ShowCard:
    """Return the request that shows what `ref` names, with the query's level and role."""
    match ref.kind:
        case Kind.SKILL:
            return ShowSkill(ref.key, query.level_keys, query.role_key)
        case Kind.GROUP:
            return ShowGroup(ref.key, query.level_keys, query.role_key)
        case Kind.ROLE:
            return ShowRole(ref.key, query.level_keys)
        case _:
            return ShowDomain(ref.key)


def offer(catalogue: Catalogue, ref: Ref, query: Query) -> Offer:
    """Name a choice and say what pressing it shows."""
    return Offer(ref.kind, name_of(catalogue, ref), request_for(ref, query))


def name_of(catalogue: Catalogue, ref: Ref) -> LocalText:
    """Return the name of what `ref` refers to.

    Raises:
        LeftCatalogue: the catalogue no longer has it.
    """
    found: Skill | SkillGroup | Role | Domain | Level | None
    match ref.kind:
        case Kind.SKILL:
            found = catalogue.skill(ref.key)
        case Kind.GROUP:
            found = catalogue.group(ref.key)
        case Kind.ROLE:
            found = catalogue.role(ref.key)
        case Kind.DOMAIN:
            found = catalogue.domain(ref.key)
        case Kind.LEVEL:
            found = find_level(catalogue, (ref.key,))
            if found is None and ref.key in catalogue.lasting(ShortTitles):
                return LocalText(ref.key)
    if found is None:
        raise gone(ref.kind.name.lower(), ref.key)
    return found.name


def turn_details_to(
    catalogue: Catalogue, request: ShowDetails, *, level: str | None = None, role: str | None = None
) -> Details:
    """Answer a choice within *Details*: another level, or the counterpart level of another role.

    Raises:
        LeftCatalogue: the skill, role or level is no longer in the catalogue, or the other role's
            ladder has no counterpart.
        OutdatedCard: neither a level nor a role was chosen.
    """
    if level is not None:
        return show_details(catalogue, replace(request, level=level))
    here = show_details(catalogue, request)
    other = role_named(catalogue, role)
    found = other.ladder.counterpart(here.rung.level) if other else None
    if other is None:
        raise OutdatedCard
    if found is None:
        raise gone_level(other, here.rung.level.key)
    return show_details(catalogue, replace(request, role=other.key, level=found.key))
