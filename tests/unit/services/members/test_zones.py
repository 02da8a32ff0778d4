"""Time zones found by what a member types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.members.zones import MOST, offered_zones, suggest_zones, zone_names
from bot.text.translator import load_translators
from tests.strategies import TYPED

TRANSLATORS = load_translators()
ENGLISH, CHINESE = TRANSLATORS.for_locale("en"), TRANSLATORS.for_locale("zh")


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("tokyo", "Asia/Tokyo"),
        ("Tokio", "Asia/Tokyo"),
        ("new_york", "America/New_York"),
        ("NEW YORK", "America/New_York"),
        ("europe/ber", "Europe/Berlin"),
        ("buenos", "America/Argentina/Buenos_Aires"),
        ("utc", "UTC"),
        ("us/pacific", "US/Pacific"),
    ],
)
def test_a_zone_is_found_by_city_or_name(typed: str, zone: str) -> None:
    assert suggest_zones(typed, ENGLISH)[0] == zone


@pytest.mark.parametrize(
    ("typed", "zone"),
    [("东京", "Asia/Tokyo"), ("纽约", "America/New_York"), ("tokyo", "Asia/Tokyo")],
)
def test_a_zone_is_found_in_chinese(typed: str, zone: str) -> None:
    assert suggest_zones(typed, CHINESE)[0] == zone


@pytest.mark.parametrize("typed", ["", "  ", "/", "xyzzyx", "火星"])
def test_what_names_no_place_finds_none(typed: str) -> None:
    assert suggest_zones(typed, CHINESE) == ()


def test_every_offered_zone_is_found_by_its_name() -> None:
    found = {zone: suggest_zones(zone, ENGLISH) for zone in offered_zones()}
    assert {zone: offered for zone, offered in found.items() if offered[:1] != (zone,)} == {}


@given(TYPED, st.sampled_from([ENGLISH, CHINESE]))
def test_whatever_is_typed_only_zones_are_found(typed: str, tr: object) -> None:
    found = suggest_zones(typed, tr)  # type: ignore[arg-type]  # hypothesis knows no more
    assert len(found) <= MOST
    assert len(set(found)) == len(found)
    assert set(found) <= zone_names()
