"""Two people: helping, confirming, agreeing, sharing, marking."""

import html

from bot.cards.links import encode
from bot.cards.teams.helping.offer_links import encode_pair
from bot.domain.teams.requests import AnswerPair, OfShare
from bot.domain.teams.share import ShareEnd
from bot.domain.tenancy import Tenant
from bot.sandbox.handles import MemberHandle, MessageHandle, ViewHandle
from bot.sandbox.samples import ADMIN, CHINESE_ENGINEER, ENGINEER, MANAGER, WORKSPACE
from tests.scenario.desk import Desk, as_modal
from tests.scenario.door.walk.steps import LEAD, PROFILE, Settle
from tests.scenario.growing import lead_cells, name_of
from tests.scenario.installs.moving import HERE
from tests.scenario.presses import MODAL, button, pressed
from tests.scenario.teams.two_people import share


async def helping(desk: Desk, settle: Settle) -> None:
    await desk.chinese.command(f"/growth offer {PROFILE}")
    modal = as_modal(await (await desk.engineer.command(f"/skill {PROFILE}")).press("See Who"))
    await modal.press("I Want to Learn")
    await settle()
    await desk.nextrung.services.pairing.turn()
    async with desk.nextrung.database.read(HERE) as work:
        (asked,) = await work.pairs.kept_of(CHINESE_ENGINEER)
    assert asked.said is None
    await desk.interact(
        pressed(desk, button("answer_pair.1", encode_pair(AnswerPair(1, yes=True))))
    )
    mine = as_modal(await (await desk.home(desk.engineer)).press("Take Back…"))
    await mine.press("Take Back")
    modal = as_modal(await (await desk.home(desk.admin)).press("Adoption"))
    assert modal.is_open
    await desk.interact(
        pressed(desk, button("adoption_file", "file"), user={"id": ADMIN, "team_id": WORKSPACE})
    )
    await settle()


async def confirmations(desk: Desk, settle: Settle) -> None:
    for who in (MANAGER, CHINESE_ENGINEER):
        await asked(desk, settle, who)
    got = desk.chinese.messages()[-1]
    await as_modal(await got.press("亲眼见过")).submit()
    await delivered(desk, settle)
    await got_answer(desk).press("Put into My Packet")
    await got_answer(desk).press("Leave Out of My Packet")
    await desk.manager.messages()[-1].press("Rather Not Answer")
    card = await desk.engineer.command(LEAD)
    await as_modal(await card.choose("mark_menu.1", "Details…")).press("Delete")
    await settle()


async def asked(desk: Desk, settle: Settle, who: str) -> None:
    card = await desk.engineer.command(LEAD)
    details = as_modal(await card.choose("mark_menu.1", "Details…"))
    form = as_modal(await details.press("Ask a Colleague"))
    await form.fill({"Whom do you ask?": who, "What did they see?": "I led the review"})
    await form.submit()
    await delivered(desk, settle)


async def delivered(desk: Desk, settle: Settle) -> None:
    await settle()
    await desk.nextrung.services.effects.turn(desk.nextrung.errands)


def got_answer(desk: Desk) -> MessageHandle:
    return desk.engineer.messages()[-1]


async def two_people(desk: Desk, settle: Settle) -> None:
    share_id = await share(desk)

    async def opened(handle: MemberHandle) -> ViewHandle:
        modal = as_modal(await (await desk.home(handle)).press("Agreed and Talks"))
        await settle()
        return modal

    skill = name_of(desk, lead_cells(desk)[0])
    form = as_modal(await (await opened(desk.engineer)).press("Propose an Expectation"))
    await form.fill({"Expectation": html.unescape(skill)})
    await form.submit()
    await settle()
    await (await opened(desk.manager)).press("Accept")
    await settle()
    form = as_modal(await (await opened(desk.engineer)).choose("more.0", "Propose Another Day…"))
    await form.submit()
    await settle()
    await (await opened(desk.engineer)).press("Withdraw")
    await (await opened(desk.engineer)).choose("more.0", "Propose to Take It Off")
    await settle()
    await (await opened(desk.manager)).press("Decline")
    form = as_modal(await (await opened(desk.engineer)).press("Choose a Rhythm"))
    await form.submit()
    await settle()
    modal = as_modal(await (await opened(desk.engineer)).press("Pause"))
    modal = as_modal(await modal.press("Go On"))
    await modal.press("End")
    form = as_modal(await (await opened(desk.engineer)).press("Note What You Agreed"))
    await form.fill({"What did you agree?": "A point"})
    await form.submit()
    await settle()
    await (await opened(desk.manager)).press("Done")
    await settle()
    async with desk.nextrung.database.write(Tenant(WORKSPACE)) as work:
        await work.shares.end(share_id, ShareEnd.REVOKED, at=desk.slack.clock.now())


async def marking(desk: Desk, letters: Settle) -> None:
    """Mark what the engineer shares, send it, and answer it."""
    shown = as_modal(await (await desk.home(desk.manager)).press("Open"))
    shown = as_modal(await shown.choose("manager_mark.0", "working"))
    form = as_modal(await shown.choose("manager_mark.1", "note"))
    await form.fill({"Mark": "Met", "Note": "seen"})
    await form.submit()
    await letters()
    await (as_modal(await (await desk.home(desk.manager)).press("Open"))).press("Send 2 Marks")
    await letters()
    column = as_modal(await desk.engineer.messages("dm")[-1].press("Show"))
    form = as_modal(await column.press("Reply…"))
    await form.fill({"What do you want to say to it?": "I see"})
    await form.submit()
    await letters()
    await (await desk.home(desk.engineer)).press("Their Marks")
    # More marks than a page has are rare.
    again = {"container": {"type": "view", "view_id": column.place.id}}
    again |= {"view": MODAL | {"id": column.place.id}}
    page = button("marks_page.0", column.place.payload["private_metadata"])
    await desk.interact(pressed(desk, page, response_url=None, **again))


async def sharing(desk: Desk, settle: Settle) -> None:
    """Share with the manager, who accepts, looks, leaves; and with the Chinese engineer."""
    engineer, manager = desk.engineer, desk.manager
    effects = desk.nextrung.services.effects
    await engineer.command("/growth goal llm-engineer principal")

    async def letters() -> None:
        await settle()
        await effects.turn(desk.nextrung.errands)
        await settle()

    for who in (manager, desk.chinese):
        form = as_modal(await (await desk.home(engineer)).press("Share My Goal…"))
        await form.fill({"Who may see it": who.id, "Statuses": "Also what I said before"})
        told = as_modal(await form.submit())
        await letters()
    form = as_modal(await (await desk.home(engineer)).press("Change…"))
    await form.submit()
    await manager.messages("dm")[-1].press("Accept")
    await letters()
    shown = as_modal(await manager.messages("dm")[-1].press("Open"))
    await shown.press("Next 6")
    await marking(desk, letters)
    async with desk.nextrung.database.read(HERE) as work:
        kept = await work.shares.by(ENGINEER)
    await desk.interact(pressed(desk, button("share_keep", encode(OfShare(kept[0].id)))))
    place = {
        "container": {"type": "view", "view_id": told.place.id},
        "view": MODAL | {"id": told.place.id},
    }
    # More people than a page has are rare.
    for action in ("share_list", "share_list.0", "share_mine", "share_mine.0"):
        await desk.interact(pressed(desk, button(action, "0"), response_url=None, **place))
    seen = [each for each in manager.messages("dm") if "Stop Seeing It" in each.buttons]
    await seen[-1].press("Stop Seeing It")
    await letters()
    await (await desk.home(engineer)).press("Stop Sharing")
    await letters()
