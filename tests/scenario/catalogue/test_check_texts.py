"""The check of the texts on Home: findings rule by rule, what members find unclear, and Details."""

import pytest

from bot.cards.catalogue.check_card import SIZE
from bot.sandbox.handles import MemberHandle, ViewHandle
from bot.sandbox.handles.surface import NoSuchElement
from tests.scenario.desk import Desk, as_modal
from tests.scenario.lookup.test_unclear import SENTENCE, said
from tests.scenario.owning import HEAD, done, published

HOSTILE = "<!channel> *bold* <https://example.com|x>"


async def checked(desk: Desk, who: MemberHandle) -> ViewHandle:
    """Open the check on Home, and wait until it is done."""
    opened = as_modal(await (await desk.home(who)).press("Check Texts"))
    await done(desk)
    return opened


async def test_each_finding_leads_to_its_place(desk: Desk) -> None:
    await published(desk, desk.admin)
    view = await checked(desk, desk.admin)
    assert "0 errors" in view.plain
    await view.choose("check_rule", "same-depth")
    await done(desk)
    assert "*Oven · Baker · Senior*" in view.plain
    details = as_modal(await view.press("Details"))
    assert details.plain.startswith("Oven\n")
    assert "Plans a day of baking." in details.plain


async def test_a_rule_with_much_to_say_is_read_page_by_page(desk: Desk) -> None:
    same = [
        f"Baker,{level},Cake {at},required,Working,Bakes cake {at}."
        for at in range(11)
        for level in ("Junior", "Senior")
    ]
    await published(desk, desk.admin, "\n".join([HEAD, *same]))
    view = await checked(desk, desk.admin)
    await view.choose("check_rule", "same-as-below")
    await done(desk)
    assert "Page 1 of 2" in view.plain
    first = view.plain.count("Cake")
    await view.press("Next Page")
    await done(desk)
    assert "Page 2 of 2" in view.plain
    second = view.plain.count("Cake")
    assert (first, second) == (2 * SIZE, 2 * (11 - SIZE))
    await view.press("Previous Page")
    await done(desk)
    assert "Page 1 of 2" in view.plain


async def test_what_members_find_unclear_stands_first_with_their_words(desk: Desk) -> None:
    await published(desk, desk.admin)
    dough = "/skill dough junior"
    await said(desk.engineer, f"{SENTENCE} {HOSTILE}", card=dough)
    await said(desk.manager, card=dough)
    view = await checked(desk, desk.admin)
    assert view.plain.startswith("1 text that members find unclear · 0 errors")
    assert "*Dough · Baker · Junior*\nSaid 2 times\n> The quiet zebra asks" in view.plain
    assert "<!channel>" not in str(view.blocks)
    assert "Kneads a dough by recipe." in as_modal(await view.press("Details")).plain


async def test_only_owners_check(desk: Desk) -> None:
    with pytest.raises(NoSuchElement):
        await (await desk.home(desk.engineer)).press("Check Texts")
