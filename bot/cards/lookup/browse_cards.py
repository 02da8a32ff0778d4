"""Browsing: the whole catalogue, and one domain."""

from bot.cards.blocks import Block, actions, context, divider, header, section
from bot.cards.card import (
    Card,
    Room,
    explanation,
    fit,
    listed,
    page_buttons,
    page_of,
    show_button,
    try_next,
)
from bot.cards.elements import Element, labelled, typeahead
from bot.cards.excerpt import excerpt
from bot.cards.ids import Action
from bot.cards.lookup.figures import roles_count, skills_count
from bot.cards.mrkdwn import bold, named, safe
from bot.domain.answers import Answer
from bot.domain.lookup.profiles import CatalogueOverview, DomainOverview
from bot.domain.lookup.requests import ShowCatalogue, ShowDomain, ShowGroup
from bot.text.translator import Translator

DOMAINS = 6
GROUPS = 8
NAMED = 6


def catalogue_card(answer: Answer, overview: CatalogueOverview, tr: Translator) -> Card:
    """Build the browse card: find by typing, or go by domain or role."""
    asked = answer.request.page if isinstance(answer.request, ShowCatalogue) else 0
    page, pages = page_of(len(overview.domains), asked, DOMAINS)
    domains = overview.domains[page * DOMAINS : (page + 1) * DOMAINS]

    def build(room: Room) -> Card:
        blocks: list[Block] = [*explanation(answer, tr), header(tr("Skills catalogue"))]
        blocks.append(context(_counts(overview, tr)))
        blocks.append(actions(_finders(tr)))
        blocks.append(divider())
        blocks += [_domain(each, number, tr, room) for number, each in enumerate(domains)]
        buttons = page_buttons(page, pages, ShowCatalogue, tr)
        if buttons:
            blocks.append(actions(buttons))
        blocks.append(try_next(_examples(overview), tr))
        return Card(text=_fallback(overview, tr), blocks=blocks)

    return fit(build)


def _counts(overview: CatalogueOverview, tr: Translator) -> str:
    skills, roles = skills_count(overview.skills, tr), roles_count(len(overview.roles), tr)
    domains = tr.plural("{count} domain", "{count} domains", len(overview.domains))
    return f"{skills} · {roles} · {domains}"


def _finders(tr: Translator) -> list[Element]:
    return [
        typeahead(Action.FIND, tr("Find a skill")),
        typeahead(Action.FIND_ROLE, tr("Find a role"), min_query_length=0),
    ]


def _domain(overview: DomainOverview, number: int, tr: Translator, room: Room) -> Block:
    names = [named(tr.of(group.name), room.name) for group, _ in overview.groups[:NAMED]]
    if len(overview.groups) > NAMED:
        names.append("…")
    title = bold(tr.of(overview.domain.name), room.name)
    text = f"{title}\n{' · '.join(names) or tr('No groups yet')}"
    browse = show_button(tr("Browse"), ShowDomain(overview.domain.key), number)
    return section(text, labelled(browse, tr("Browse {name}", name=tr.of(overview.domain.name))))


def _examples(overview: CatalogueOverview) -> list[str]:
    groups = [group.key for domain in overview.domains for group, _ in domain.groups]
    commands = [f"/skill {key}" for key in groups[:1]]
    if overview.roles:
        role = overview.roles[0]
        commands.append(f"/promote-gap {role.key} {role.ladder.levels[-1].key}")
    return commands or ["/skill help"]


def _fallback(overview: CatalogueOverview, tr: Translator) -> str:
    names = listed([tr.of(each.domain.name) for each in overview.domains[:10]], tr)
    return safe(tr("Skills catalogue: {names}", names=names), 600)


def domain_card(answer: Answer, overview: DomainOverview, tr: Translator) -> Card:
    """Build a page of a domain's groups."""
    asked = answer.request.page if isinstance(answer.request, ShowDomain) else 0
    page, pages = page_of(len(overview.groups), asked, GROUPS)
    groups = overview.groups[page * GROUPS : (page + 1) * GROUPS]

    def build(room: Room) -> Card:
        blocks: list[Block] = [*explanation(answer, tr), header(tr.of(overview.domain.name))]
        blocks.append(context(tr("Domain")))
        for number, (group, count) in enumerate(groups):
            text = bold(tr.of(group.name), room.name)
            text += f" · {skills_count(count, tr)}"
            if group.summary:
                text += f"\n{excerpt(tr.of(group.summary), room.text, tr)}"
            opened = show_button(tr("Open"), ShowGroup(group.key), number)
            spoken = tr("Open {name}", name=tr.of(group.name))
            blocks.append(section(text, labelled(opened, spoken)))
        if not groups:
            blocks.append(section(tr("No groups yet")))
        buttons = page_buttons(
            page, pages, lambda number: ShowDomain(overview.domain.key, number), tr
        )
        buttons.append(show_button(tr("All Domains"), ShowCatalogue(), 89))
        commands = [f"/skill {group.key}" for group, _ in groups[:2]] or ["/skill"]
        blocks += [actions(buttons), try_next(commands, tr)]
        return Card(text=safe(tr.of(overview.domain.name), 300), blocks=blocks)

    return fit(build)
