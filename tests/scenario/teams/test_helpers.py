"""Help each other: offered by members, found on the skill's card, never by a guest."""

import pytest

from bot.domain.lookup.skill_offer import MOST, HelpSide
from bot.domain.tenancy import Tenant
from bot.sandbox.handles import MemberHandle
from bot.sandbox.handles.surface import Surface
from bot.sandbox.samples import ENGINEER, GUEST, MANAGER, WORKSPACE
from tests.scenario.desk import Desk, as_message, as_modal
from tests.scenario.growing import member
from tests.scenario.queries import recorded_queries

HERE = Tenant(WORKSPACE)
SKILL = "containers-kubernetes"


def guest(desk: Desk) -> MemberHandle:
    return desk.slack.member(GUEST)


def read(surface: Surface) -> str:
    """Return what is read, without the marks of bold letters."""
    return surface.plain.replace("*", "").replace("&amp;", "&")


async def hear(desk: Desk) -> None:
    """Let the process hear of changes, as it does every second."""
    await desk.nextrung._hear_of_changes()


async def changed(desk: Desk, slack_id: str, **traits: bool) -> None:
    desk.slack.world.change_member(slack_id, **traits)
    await desk.slack.event({"type": "user_change", "user": {"id": slack_id, **traits}})


async def test_an_offer_is_made_found_and_taken_back(stored_desk: Desk) -> None:
    desk = stored_desk
    made = await desk.manager.command("/growth offer kubernetes")
    assert "You offer help with Containers & Kubernetes." in read(made)
    await desk.chinese.command("/growth 提供 kubernetes")

    card = await desk.engineer.command("/skill kubernetes")
    assert "2 people offer help" in read(card)
    modal = as_modal(await card.press("See Who"))
    assert MANAGER in str(modal.blocks)

    back = as_message(await made.press("Take Back"))
    assert "You no longer offer help" in read(back)
    await hear(desk)
    assert "1 person offers help" in read(await desk.engineer.command("/skill kubernetes"))
    assert "offer help" not in read(await desk.engineer.command("/skill mlops"))


async def test_the_modal_offers_wishes_and_takes_back(desk: Desk) -> None:
    card = await desk.engineer.command("/skill kubernetes")
    modal = as_modal(await card.press("Help Each Other"))
    assert "Nobody offers help with it yet." in read(modal)
    modal = as_modal(await modal.press("Offer Help"))
    modal = as_modal(await modal.press("I Want to Learn"))
    assert ENGINEER in str(modal.blocks)
    assert "You want to learn it. Nobody sees that." in read(modal)
    assert "1 person offers help" in read(card), "the card behind is redrawn"

    home = await desk.home(desk.engineer)
    assert "You offer help with\nContainers & Kubernetes" in read(home)
    mine = as_modal(await home.press("Take Back…"))
    await mine.press("Take Back")
    assert "You offer help with" not in read(await desk.home(desk.engineer))
    assert "You want to learn\nContainers & Kubernetes" in read(desk.engineer.home)


async def test_details_leads_there_too(desk: Desk) -> None:
    card = await desk.engineer.command("/skill ml-experiment-tracking lead")
    details = as_modal(await card.press("Details"))
    modal = as_modal(await details.press("Help Each Other"))
    assert "Nobody offers help with it yet." in read(modal)
    modal = as_modal(await modal.press("Offer Help"))
    assert ENGINEER in str(modal.blocks)


async def test_a_guest_sees_nothing_and_offers_nothing(desk: Desk) -> None:
    await desk.manager.command("/growth offer kubernetes")
    card = await guest(desk).command("/skill kubernetes")
    assert "offer" not in read(card)
    assert not {"See Who", "Help Each Other"} & {*card.buttons}
    refused = await guest(desk).command("/growth offer kubernetes")
    assert "Offers of help are between members" in read(refused)

    # A press of one's own making, as from a card that was drawn before.
    shown = await desk.engineer.command("/skill kubernetes")
    await changed(desk, ENGINEER, is_restricted=True)
    await shown.press("See Who")
    assert desk.engineer.modal is None or MANAGER not in str(desk.engineer.modal.blocks)


@pytest.mark.parametrize("trait", ["deleted", "is_restricted"])
async def test_who_left_or_became_a_guest_is_shown_no_more(stored_desk: Desk, trait: str) -> None:
    desk = stored_desk
    await desk.manager.command("/growth offer kubernetes")
    await desk.chinese.command("/growth offer kubernetes")
    assert "2 people" in read(await desk.engineer.command("/skill kubernetes"))
    await changed(desk, MANAGER, **{trait: True})
    assert "1 person offers help" in read(await desk.engineer.command("/skill kubernetes"))
    await changed(desk, MANAGER, **{trait: False})
    assert "2 people" in read(await desk.engineer.command("/skill kubernetes"))


async def test_what_no_event_told_slack_is_asked_about(stored_desk: Desk) -> None:
    desk = stored_desk
    await desk.manager.command("/growth offer kubernetes")
    desk.slack.world.change_member(MANAGER, deleted=True)
    await desk.nextrung.services.helper_accounts.turn()
    assert "1 person" in read(await desk.engineer.command("/skill kubernetes"))
    desk.slack.advance(25 * 3600)
    await desk.nextrung.services.helper_accounts.turn()
    assert "offers help" not in read(await desk.engineer.command("/skill kubernetes"))


async def test_a_warm_card_asks_the_database_for_nothing(stored_desk: Desk) -> None:
    desk = stored_desk
    await desk.manager.command("/growth offer kubernetes")
    await desk.engineer.command("/skill kubernetes")
    await desk.engineer.command("/growth learn mlops")
    with recorded_queries(desk.nextrung.database) as sent:
        for text in ("kubernetes", "kubernetes senior", "Kubernetes"):
            assert "1 person" in read(await desk.engineer.command(f"/skill {text}"))
    assert sent == []


async def test_a_mark_elsewhere_drops_nothing_and_an_offer_of_another_process_does(
    stored_desk: Desk,
) -> None:
    desk = stored_desk
    services, database = desk.nextrung.services, desk.nextrung.database
    await desk.engineer.command("/skill kubernetes")
    await hear(desk)
    index = services.help_offers.index
    before = await index.of(HERE)
    await desk.engineer.command("/growth role llm-engineer lead")
    await hear(desk)
    assert await index.of(HERE) is before
    # Another process: it knows nothing of what is at hand here.
    async with database.write(HERE) as work:
        owner = await work.members.hold(MANAGER, at=services.clock.now())
        assert owner is not None
        await work.offers.put(owner, SKILL, HelpSide.HELP, at=services.clock.now())
    await hear(desk)
    assert "1 person" in read(await desk.engineer.command("/skill kubernetes"))


async def test_forget_me_takes_offers_along_and_the_export_has_them(stored_desk: Desk) -> None:
    desk = stored_desk
    await desk.manager.command("/growth offer kubernetes")
    await desk.manager.command("/growth learn mlops")
    record = await desk.nextrung.services.records.everything(await member(desk, MANAGER))
    assert record.offers[0].side is HelpSide.HELP
    assert record.offers[0].skill == SKILL
    asked = await desk.manager.command_view("/growth forget-me")
    assert "offer of help or wish to learn" in read(asked)
    await asked.submit()
    await hear(desk)
    assert "offers help" not in read(await desk.engineer.command("/skill kubernetes"))


async def test_texts_that_name_no_one_skill_are_answered(desk: Desk) -> None:
    group = await desk.engineer.command("/growth learn mlops")
    assert "Which skill do you mean by “mlops”?" in read(group)
    chosen = as_message(await group.press("ML Experiment Tracking"))
    assert "You want to learn ML Experiment Tracking." in read(chosen)
    unknown = await desk.engineer.command("/growth offer zzzzqq")
    assert "“zzzzqq” is not in this framework." in read(unknown)
    listed = await desk.engineer.command("/growth offer")
    assert "You want to learn\nML Experiment Tracking" in read(listed)
    slip = await desk.engineer.command("/growth offer kuberntes")
    assert "Showing Containers & Kubernetes for “kuberntes”." in read(slip)
    bad = await desk.engineer.command("/growth offer <!channel> *x*")
    assert "<!channel>" not in str(bad.blocks)


async def test_there_are_only_so_many(desk: Desk) -> None:
    services = desk.nextrung.services
    who = await member(desk, ENGINEER)
    catalogue = services.catalogues.shelf().catalogue
    for skill in catalogue.content.skills[:MOST]:
        await services.help_offers.change(who, catalogue, skill.key, HelpSide.HELP, on=True)
    refused = await desk.engineer.command("/growth offer kubernetes")
    assert f"There are {MOST} skills already" in read(refused)
    assert len((await desk.home(desk.engineer)).blocks) <= 100
