"""Menus get another id at each redraw."""

from bot.cards import limits
from bot.cards.blocks import actions
from bot.cards.choosers import completed, renewed
from bot.cards.elements import option, select
from bot.cards.links import decode, encode
from bot.domain.lookup.requests import ShowGap, ShowGroup, ShowRole, ShowSkill

MENU = select("level", "Choose", [option("One", "1"), option("Two", "2")], "1")
REQUEST = ShowSkill("sawing", ("adept",), "joiner")


def test_only_blocks_that_hold_a_menu_and_an_id_of_ours_change() -> None:
    blocks = [actions([MENU], encode(REQUEST)), actions([MENU]), {"type": "divider"}]
    first = renewed(blocks, "https://hooks.example/1")
    assert [each.get("block_id") for each in first[1:]] == [None, None]
    assert first[0]["block_id"] != encode(REQUEST)
    again = renewed(first, "https://hooks.example/2")
    assert again[0]["block_id"] not in (first[0]["block_id"], encode(REQUEST))
    assert decode(again[0]["block_id"]) == decode(first[0]["block_id"]) == REQUEST
    assert again[0]["block_id"].count("&n=") == 1


def test_an_id_that_has_no_room_stays() -> None:
    full = "k" * limits.BLOCK_ID
    assert renewed([actions([MENU], full)], "x")[0]["block_id"] == full


def test_a_chosen_role_turns_the_card_that_waits_for_it() -> None:
    group = ShowGroup("tools", ("adept",), "joiner", page=2)
    chosen = ShowRole("turner", ("expert",))
    assert completed(encode(REQUEST), chosen) == ShowSkill("sawing", ("expert",), "turner")
    assert completed(encode(group), chosen) == ShowGroup("tools", ("expert",), "turner")
    # Found by typing, it brings no level with it.
    assert completed(encode(REQUEST), ShowRole("turner")) == ShowSkill(
        "sawing", ("adept",), "turner"
    )
    for elsewhere in ("bXy", encode(ShowGap("joiner")), encode(ShowRole("joiner"))):
        assert completed(elsewhere, chosen) == chosen
