"""From an answer to its card: the one place that knows which card belongs to which answer."""

from dataclasses import replace

from bot.cards.card import Card
from bot.cards.lookup.browse_cards import catalogue_card, domain_card
from bot.cards.lookup.gap_card import gap_card
from bot.cards.lookup.group_card import group_card
from bot.cards.lookup.notices import (
    ambiguous_card,
    at_foot_card,
    at_top_card,
    needs_level_card,
    needs_role_card,
    not_above_card,
    unknown_card,
)
from bot.cards.lookup.role_card import role_card
from bot.cards.lookup.skill_card import skill_card
from bot.cards.members.help_card import help_card
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
    Unknown,
)
from bot.domain.growth.own_profile import OwnProfile
from bot.domain.lookup.profiles import (
    CatalogueOverview,
    DomainOverview,
    GroupOverview,
    RoleOverview,
    SkillProfile,
    Why,
)
from bot.text.translator import Translator


def _for_everyone(body: Body) -> Body:
    """Take out what is only true for the member who shares: "your role", "your level"."""
    match body:
        case SkillProfile():
            return replace(body, own=False, here=None, undefined_for=None)
        case GroupOverview():
            return replace(body, why=Why.ASKED, here=None)
        case RoleOverview():
            return replace(body, own=False, here=None)
        case GapReport():
            if body.own is not None:
                raise ValueError("a member's own state is never shared")
            return replace(body, start=None)
        case OwnProfile():
            raise ValueError("a member's own state is never shared")
        case _:
            return body


def render(answer: Answer, tr: Translator, *, shared: bool = False) -> Card:  # noqa: C901, PLR0912
    """Build the card of an answer; a shared one has no controls that redraw it for everyone."""
    body = _for_everyone(answer.body) if shared else answer.body
    match body:
        case SkillProfile():
            return skill_card(answer, body, None, tr, shared=shared)
        case OwnProfile(profile, standings, helpers):
            return skill_card(answer, profile, standings, tr, shared=shared, helpers=helpers)
        case GroupOverview():
            return group_card(answer, body, tr, shared=shared)
        case RoleOverview():
            return role_card(answer, body, tr, shared=shared)
        case GapReport():
            return gap_card(answer, body, tr, shared=shared)
        case DomainOverview():
            return domain_card(answer, body, tr)
        case CatalogueOverview():
            return catalogue_card(answer, body, tr)
        case Ambiguous():
            return ambiguous_card(answer, body, tr)
        case Unknown():
            return unknown_card(answer, body, tr)
        case NeedsRole():
            return needs_role_card(answer, body, tr)
        case NeedsLevel():
            return needs_level_card(answer, body, tr)
        case AtFoot():
            return at_foot_card(answer, body, tr)
        case NotAbove():
            return not_above_card(answer, body, tr)
        case AtTop():
            return at_top_card(answer, body, tr)
        case Help():
            return help_card(answer, body, tr)
