"""Offers outlive the names of skills: what moved is found, and what has gone is told."""

from datetime import UTC, datetime

from bot.domain.lookup.skill_offer import HelpSide, NamedOffer, SkillOffer, named_offers
from bot.domain.moves import NO_MOVES, Moves
from bot.domain.revision import Catalogue
from bot.domain.teams.helping.helpers import Helpers
from tests.unit.samples import workshop

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_who_offered_help_with_an_older_name_is_found_under_the_new_one_and_counted_once() -> None:
    helpers = Helpers({"old": ("U1", "U2"), "new": ("U2", "U3"), "other": ("U4",)})
    moves = Moves(skills={"old": "new"})
    assert helpers.of("new", moves) == ("U2", "U3", "U1")
    assert helpers.of("new", NO_MOVES) == ("U2", "U3")
    assert helpers.of("nothing", moves) == ()


def test_an_offer_of_what_has_gone_is_named_by_its_key() -> None:
    found = workshop()
    skill = found.content.skills[0]
    moved = Catalogue(found.revision, found.content, Moves(skills={"old": skill.key}))
    offers = [SkillOffer(key, HelpSide.HELP, NOW) for key in ("old", skill.key, "gone")]
    assert named_offers(offers, moved) == (
        NamedOffer(skill.key, HelpSide.HELP, skill.name),
        NamedOffer("gone", HelpSide.HELP, None),
    )
