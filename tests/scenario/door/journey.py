"""A walk past every listener, as members press and type."""

import html
from collections.abc import Awaitable, Callable

from bot.cards.ids import Shortcut
from bot.cards.links import encode
from bot.cards.teams.helping.offer_links import encode_pair
from bot.domain.growth.assessment import Status
from bot.domain.teams.requests import AnswerPair, OfShare
from bot.domain.teams.share import ShareEnd
from bot.domain.tenancy import Tenant
from bot.sandbox.handles import MemberHandle, MessageHandle, ViewHandle
from bot.sandbox.samples import ADMIN, CHINESE_ENGINEER, ENGINEER, MANAGER, WORKSPACE
from bot.services.lookup.shelves import BUILT_IN
from tests.scenario.desk import Desk, as_message, as_modal, interaction_fields
from tests.scenario.growing import lead_cells, mark, name_of
from tests.scenario.growth.test_goals import with_all_required
from tests.scenario.installs.moving import (
    BOTH,
    HERE,
    ORG,
    ORGANISATION,
    THERE,
    Owners,
    as_organisation,
    directory,
    errands,
    framework,
    tell,
)
from tests.scenario.lookup.test_revisions import current
from tests.scenario.nudging import GOAL, nudged
from tests.scenario.owning import HEAD, NAME, SAMPLE, csv, done, published, upload
from tests.scenario.presses import MODAL, button, pressed
from tests.scenario.teams.two_people import share

Settle = Callable[[], Awaitable[None]]

PROFILE = "ML Experiment Tracking"
LEAD = "/promote-gap llm-engineer lead"


async def lookup(desk: Desk, settle: Settle) -> None:
    engineer = desk.engineer
    card = await engineer.command("/skill")
    await card.suggest("find", "experiment")
    await card.choose("find", PROFILE)
    unknown = await engineer.command("/promote-gap zzzz")
    await unknown.suggest("find_target", "llm")
    await unknown.choose("find_target", "LLM Engineer")
    card = await engineer.command("/skill")
    group = as_message(await as_message(await card.press("Browse")).press("Open"))
    group = as_message(await group.press("Open"))
    await group.choose("Choose a level", "lead")
    skill = await engineer.command(f"/skill {PROFILE}")
    await skill.press("Share in Channel")
    modal = as_modal(await skill.press("Details"))
    modal = as_modal(await modal.choose("Choose a level", "junior"))
    modal = as_modal(await modal.choose("Choose a role", "Role: Data Scientist"))
    await as_modal(await modal.press("This Text Is Unclear")).submit()


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


async def finding_roles(desk: Desk, settle: Settle) -> None:
    card = await desk.admin.command("/promote-gap")
    await card.suggest("Find a role", "llm")
    await card.choose("Find a role", "LLM Engineer")
    card = await desk.engineer.command("/skill")
    await card.suggest("Find a role", "llm")
    await card.choose("Find a role", "LLM Engineer")
    finder = as_modal(await desk.engineer.global_shortcut(Shortcut.FIND_SKILL))
    await finder.suggest("Find a skill", "mlops")
    await finder.choose("Find a skill", PROFILE)
    await finder.choose("Choose a level", "junior")


async def marks(desk: Desk, settle: Settle) -> None:
    card = await desk.engineer.command(LEAD)
    await card.press("Set as Goal")
    await card.choose("mark_menu.0", "Met")
    await card.press("Undo")
    await card.choose("mark_menu.1", "Working on it")
    await as_modal(await card.choose("mark_menu.2", "Not relevant to me…")).submit()
    await settle()
    gap = as_modal(await (await desk.home(desk.engineer)).press(f"See All {len(lead_cells(desk))}"))
    await gap.choose("mark_menu.0", "Not yet")
    card = await desk.engineer.command(LEAD)
    details = as_modal(await card.choose("mark_menu.0", "Details…"))
    await details.press("Met")
    await details.fill({"Note": "a note"})
    await details.submit()


async def walking_through(desk: Desk, settle: Settle) -> None:
    modal = as_modal(await (await desk.engineer.command(LEAD)).press("Assess Myself"))
    second = as_modal(await modal.press("Met"))
    first = as_modal(await second.press("Undo"))
    second = as_modal(await first.submit())
    first = as_modal(await second.press("Back"))
    groups = first.options("Choose a skill group")
    await first.choose("Choose a skill group", groups[-1])
    await first.close()
    card = await desk.engineer.command("/promote-gap llm-engineer principal")
    modal = as_modal(await card.press("Assess Myself"))
    while modal.view.payload.get("submit"):
        await modal.submit()
    await modal.press("See the Gap")
    await modal.press("Set as Goal")
    await settle()


async def evidence(desk: Desk, settle: Settle) -> None:
    form = as_modal(await (await desk.home(desk.engineer)).press("Add Evidence"))
    await form.suggest("What it shows", "mlops senior")
    await form.fill({"Note": "Shown here"})
    await form.submit()
    message = await desk.engineer.say("Something done")
    form = as_modal(await desk.engineer.message_shortcut(Shortcut.SAVE_EVIDENCE, message.ts))
    kept = as_modal(await form.submit())
    offered = await kept.suggest("place_evidence", "mlops senior")
    await kept.choose("place_evidence", offered[0])
    listed = as_modal(await (await desk.home(desk.engineer)).press("All Evidence (2)"))
    form = as_modal(await listed.press("Edit"))
    await form.fill({"Note": "Edited"})
    await form.submit()
    listed = as_modal(await (await desk.home(desk.engineer)).press("All Evidence (2)"))
    await as_modal(await listed.press("Edit")).press("Delete")


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


async def actions(desk: Desk, settle: Settle) -> None:
    for number in range(4):
        card = await desk.engineer.command(LEAD)
        about = as_modal(await card.choose(f"mark_menu.{number}", "Details…"))
        form = as_modal(await about.press("Plan an Action"))
        await form.fill({"What will you do?": f"Number {number}"})
        await form.submit()
    details = as_modal(await (await desk.engineer.command(LEAD)).choose("mark_menu.0", "Details…"))
    form = as_modal(await details.press("Plan an Action"))
    await form.fill({"What will you do?": "One more"})
    await form.submit()
    listed = as_modal(await (await desk.home(desk.engineer)).press("All Actions (5)"))
    form = as_modal(await listed.choose("more.20", "Another Day…"))
    await form.submit()
    for what in ("Done, Without Evidence", "Drop It"):
        await (await desk.home(desk.engineer)).choose("more.20", what)
        await settle()
    form = as_modal(
        await (await desk.home(desk.engineer)).choose("more.20", "Did It, Add Evidence…")
    )
    await form.submit()
    await settle()


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


async def goals(desk: Desk, settle: Settle) -> None:
    engineer = desk.engineer
    form = as_modal(await (await desk.home(engineer)).choose("more.0", "Change Goal…"))
    turned = as_modal(await form.choose("Role", "Data Scientist"))
    await turned.fill({"Level": "Senior"})
    await turned.submit()
    await as_modal(await (await desk.home(engineer)).choose("more.0", "Drop Goal…")).submit()
    await (await desk.home(engineer)).press("Set Lead as My Goal")
    await settle()
    at = desk.slack.clock.now()
    await desk.nextrung.database.catalogues.publish(
        with_all_required(current(desk)),
        catalogue_key=BUILT_IN,
        author="Sample Owner",
        note="",
        at=at,
    )
    await desk.nextrung.services.catalogues.refresh()
    await (await desk.home(engineer)).press("Adopt New Version")
    # Only who marked before marks spoke for words is told that progress is counted anew.
    await desk.interact(pressed(desk, button("recount_seen", "recount")))
    await desk.interact(pressed(desk, button("keep_goal", "keep")))
    await as_modal(await (await desk.home(engineer)).choose("more.0", "Drop Goal…")).submit()


async def roles(desk: Desk, settle: Settle) -> None:
    form = as_modal(await (await desk.home(desk.engineer)).choose("more.1", "Change Role…"))
    turned = as_modal(await form.choose("Role", "LLM Engineer"))
    await turned.fill({"Level": "Senior"})
    await turned.submit()
    hub = await desk.admin.command("/growth")
    await hub.suggest("Choose a role", "data")
    # A form asks while one types only where there are very many roles.
    asked = interaction_fields(
        "block_suggestion", action_id="rung_role", block_id="rung", value="data"
    )
    await desk.interact(asked)
    await (await desk.home(desk.admin)).choose("Choose a role", "LLM Engineer")
    await (await desk.refreshed(desk.admin)).press("Senior")


async def nudges(desk: Desk, settle: Settle) -> None:
    engineer = desk.engineer
    await engineer.command(GOAL)
    nudge = await next_nudge(desk, settle)
    await nudge.press("Another")
    form = as_modal(await nudge.press("Did It"))
    await form.fill({"Note": "Did it"})
    await form.submit()
    await desk.refreshed(engineer)
    await nudge.press("Met")
    await (await next_nudge(desk, settle)).press("Working on It")
    await (await next_nudge(desk, settle)).press("Not Relevant")
    await (await next_nudge(desk, settle)).choose("Later", "In a Month")
    # Only what was met in another role is asked about so.
    row = next(
        each
        for each in (await next_nudge(desk, settle)).blocks
        if "block_id" in each and each["type"] == "actions"
    )
    await desk.interact(pressed(desk, button("nudge_not_yet", row["elements"][1]["value"])))


async def rates(desk: Desk, settle: Settle) -> None:
    for label in ("Every 2 Weeks", "Keep as It Is", "Stop Nudges"):
        await (await question(desk, settle)).press(label)


async def question(desk: Desk, settle: Settle) -> MessageHandle:
    """Answer none of the engineer's nudges until one asks whether they should be fewer."""
    await desk.engineer.command("/growth resume")
    while "Stop Nudges" not in (found := await next_nudge(desk, settle)).buttons:
        pass
    return found


async def settings(desk: Desk, settle: Settle) -> None:
    told = await desk.engineer.command("/growth resume")
    await told.choose("Pause", "For 1 Week")
    await told.press("Resume")
    form = as_modal(await told.press("Nudge Settings"))
    await form.fill({"Time zone": "Asia/Tokyo"})
    await form.submit()
    modal = as_modal(await (await desk.home(desk.engineer)).choose("more.1", "settings"))
    modal = as_modal(await modal.choose("Language", "English"))
    await modal.press("Export My Data")
    await (await desk.engineer.command(LEAD)).choose("more.0", "Export Packet")
    await (await desk.home(desk.engineer)).choose("more.0", "Progress Chart")
    await desk.refreshed(desk.engineer)


async def digest(desk: Desk, settle: Settle) -> None:
    await (await next_nudge(desk, settle)).press("Working on It")
    await desk.engineer.command("/growth pause 3 months")
    await (await next_nudge(desk, settle)).press("Begin Here")


async def the_end_of_a_goal(desk: Desk, settle: Settle) -> None:
    await settle()
    for cell in lead_cells(desk):
        await mark(desk, cell, Status.NOT_RELEVANT)
    await (await next_nudge(desk, settle)).press("Set Principal as Goal")


async def catalogue(desk: Desk, settle: Settle) -> None:
    admin = desk.admin
    await published(desk, admin)
    form = as_modal(await (await desk.home(admin)).press("Owners"))
    await form.fill({"Catalogue owners": [CHINESE_ENGINEER]})
    await form.submit()
    form = as_modal(await (await desk.home(admin)).press("Download"))
    await form.submit()
    await done(desk)
    await drafts(desk, settle)
    waiting = await kept(desk, settle, "snow")
    more = [f"Baker,Senior,Skill {number},optional,Working,Does it." for number in range(20)]
    changed = "\n".join([SAMPLE.replace("weather", "season"), *more])
    late = await upload(desk, admin, csv(changed))
    view = as_modal(await late.press("See Every Change"))
    await as_modal(await view.press("Next Page")).choose("catalogue_filter", "reworded")
    late.blocks[-1]["elements"][1]["action_id"] = "catalogue_warnings"
    await late.press(action_id="catalogue_warnings")
    await waiting.press("Publish")
    await settle()
    await late.press("Publish")
    await done(desk)
    await late.press("Compare Again")
    await done(desk)
    await wizard(desk)
    await texts(desk)
    form = as_modal(await (await desk.home(admin)).press("Roll Back"))
    await form.choose("Revision", "1")
    await form.submit()
    await done(desk)
    await (await desk.home(admin)).press("Use Built-In")
    await done(desk)


async def wizard(desk: Desk) -> None:
    """Lead a file that leaves something open to members; another one is dropped."""
    form = as_modal(await (await desk.home(desk.admin)).press("Upload a File"))
    await form.fill({"File": desk.admin.upload("numbers.csv", b"Skill,Junior,Senior\nOven,0,1\n")})
    modal = as_modal(await form.submit())
    await done(desk)
    for again in (True, False):
        await modal.choose(
            "All cells are 0 or 1: what do they mean?", "1 is required, 0 is not asked"
        )
        await modal.submit()
        await done(desk)
        if again:
            await modal.press("Ask Me Again")
            await done(desk)
    await modal.submit()
    asked = f"Type the catalogue's name to publish: {NAME}"
    await modal.fill({asked: NAME} if asked in modal.plain else {})
    await modal.submit()
    await done(desk)
    await upload(desk, desk.admin, csv())
    await (await desk.home(desk.admin)).press("Continue…")
    await done(desk)
    await (await desk.home(desk.admin)).press("Drop")
    await done(desk)


async def texts(desk: Desk) -> None:
    """Check the texts of a framework that gives a page and more to read."""
    same = [
        f"Baker,{level},Cake {at},required,Working,Bakes it."
        for at in range(9)
        for level in ("Junior", "Senior")
    ]
    await published(desk, desk.admin, "\n".join([HEAD, *same]))
    checked = as_modal(await (await desk.home(desk.admin)).press("Check Texts"))
    await done(desk)
    for rule in ("no-guide", "same-as-below"):
        await checked.choose("check_rule", rule)
        await done(desk)
    await checked.press("Next Page")
    await done(desk)


async def drafts(desk: Desk, settle: Settle) -> None:
    """Let drafts wait for another owner: one is approved, published and taken back."""
    await kept(desk, settle, "heat")
    await (await kept(desk, settle, "rain")).press("Call Off")
    question = desk.chinese.messages("dm")[-2]
    form = as_modal(await question.press(action_id="catalogue_comment"))
    await form.fill({"你有什么意见？": "Good"})
    await form.submit()
    await question.press(action_id="catalogue_approve")
    told = desk.admin.messages("dm")[-1]
    await told.press("Publish")
    await settle()
    await told.press("Roll Back")
    await settle()


async def kept(desk: Desk, settle: Settle, word: str) -> MessageHandle:
    """Let a draft wait for another owner; return the message that says so."""
    preview = await upload(desk, desk.admin, csv(SAMPLE.replace("weather", word)))
    form = as_modal(await preview.press("Publish Later…"))
    await form.fill({"Who looks at it?": [CHINESE_ENGINEER]})
    await form.submit()
    await settle()
    return preview


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


async def forgetting(desk: Desk, settle: Settle) -> None:
    modal = await desk.manager.command_view("/growth forget-me")
    await modal.submit()
    form = as_modal(await (await desk.home(desk.engineer)).choose("more.1", "settings"))
    await form.press("Forget Me")


async def events(desk: Desk, settle: Settle) -> None:
    person = desk.engineer.member
    await desk.slack.event({"type": "user_change", "user": {"id": person.id, "tz": "UTC"}})
    await desk.slack.event({"type": "tokens_revoked", "tokens": {"oauth": [ENGINEER]}})
    await desk.slack.event({"type": "app_uninstalled"})


async def organisations(desk: Desk, settle: Settle) -> None:
    """Move into an organisation, which brings two frameworks together."""
    await settle()
    directory(desk)
    for kind in ("grid_migration_started", "grid_migration_finished"):
        desk.slack.advance(60)
        await tell(desk, kind)
    await settle()
    for tenant in (HERE, THERE):
        await framework(desk, tenant, owner=ENGINEER)
    as_organisation(desk)
    directory(desk, in_organisation=BOTH, installed={ORG})
    for kind in ("team_access_granted", "team_access_revoked"):
        await tell(desk, kind, team_ids=[*BOTH])
    await settle()
    await errands(desk, 4)
    desk.nextrung.services.own_catalogue.rights._profiles = Owners(ENGINEER)
    modal = as_modal(await (await desk.home(desk.engineer)).press("Choose a Framework…"))
    place = {
        "container": {"type": "view", "view_id": modal.place.id},
        "view": MODAL | {"id": modal.place.id},
    }
    org = {"enterprise": {"id": ORGANISATION, "name": "x"}, "is_enterprise_install": True}
    more = pressed(desk, button("organisation_page", "0"), response_url=None, **place, **org)
    await desk.interact(more)
    await modal.press("Use This One")


async def next_nudge(desk: Desk, settle: Settle) -> MessageHandle:
    """Let the engineer's next nudge come, which no press costs."""
    await settle()
    return await nudged(desk, desk.engineer)


STEPS: tuple[Callable[[Desk, Settle], Awaitable[None]], ...] = (
    lookup,
    helping,
    finding_roles,
    marks,
    walking_through,
    evidence,
    confirmations,
    actions,
    two_people,
    goals,
    roles,
    nudges,
    rates,
    settings,
    digest,
    the_end_of_a_goal,
    catalogue,
    sharing,
    forgetting,
    events,
    organisations,
)


async def journey(desk: Desk, settle: Settle) -> None:
    """Use every control once at least; `settle` ends what the last one led to."""
    for step in STEPS:
        await step(desk, settle)
    await settle()
