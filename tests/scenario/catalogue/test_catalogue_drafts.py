"""Drafts: another owner's look, a day to publish on, called off, and what stops them."""

from datetime import datetime, timedelta

import pytest

from bot.domain.catalogue.draft import DraftClosed, NoSecondOwner
from bot.domain.catalogue.publication import NotCatalogueOwner
from bot.domain.tenancy import Member, Tenant
from bot.sandbox.handles import MessageHandle, ViewHandle
from bot.sandbox.samples import ENGINEER, MANAGER, WORKSPACE
from tests.scenario.desk import Desk, as_modal
from tests.scenario.owning import NAME, SAMPLE, csv, done, newest, publish, published, upload

OWN = "workspace-tsample"
HEAT = SAMPLE.replace("weather", "heat")
COOK = SAMPLE.replace("Baker", "Cook").replace("Kneads", "Makes")
ASKED = f"Type the catalogue's name to publish: {NAME}"


async def revisions(desk: Desk) -> list[int]:
    return [each.number for each in await desk.nextrung.database.catalogues.history(OWN)]


async def begun(desk: Desk) -> None:
    """Let the admin publish, and the manager own the catalogue too."""
    await published(desk, desk.admin)
    form = as_modal(await (await desk.home(desk.admin)).press("Owners"))
    await form.fill({"Catalogue owners": [MANAGER]})
    await form.submit()
    await done(desk)


async def later(
    desk: Desk, text: str, who: str | None = MANAGER, at: datetime | None = None, **more: str
) -> MessageHandle:
    """Upload, and let the draft wait; return the message where its preview stood."""
    preview = await upload(desk, desk.admin, csv(text))
    form = as_modal(await preview.press("Publish Later…"))
    for label, choice in more.items():
        await form.choose(label, choice)
    if ASKED in form.plain:
        await form.fill({ASKED: NAME})
    if who:
        await form.fill({"Who looks at it?": [who]})
    if at:
        await form.fill({"Publish on": at.date().isoformat(), "At": f"{at:%H:%M}"})
    told = await form.submit()
    assert not (isinstance(told, ViewHandle) and told.errors), told.plain
    await done(desk)
    return preview


def tomorrow(desk: Desk) -> datetime:
    return desk.slack.clock.now() + timedelta(days=1)


async def pass_days(desk: Desk, days: int = 2) -> None:
    desk.slack.advance(timedelta(days=days).total_seconds())
    await desk.nextrung.scheduled.turn()
    await desk.nextrung.scheduled.turn()


async def test_another_owner_looks_comments_and_approves(stored_desk: Desk) -> None:
    desk = stored_desk
    await begun(desk)
    waiting = await later(desk, HEAT)
    assert "was asked to look at it" in waiting.plain
    question = newest(desk.manager)
    assert "asks you to look at it" in question.plain
    await question.press("See Every Change")
    await done(desk)
    assert "Now: Adapts a dough to flour and heat." in as_modal(desk.manager.modal).plain
    form = as_modal(await question.press("Comment…"))
    await form.fill({"What do you think of it?": "Who asks for <!channel> heat?\n\nFine else."})
    await form.submit()
    for who in (desk.admin, desk.manager):
        told = newest(who)
        assert "Uploaded framework.csv" in told.plain
        assert "Who asks for" in told.plain
        assert "\n> Fine else." in told.plain
        assert "<!channel>" not in str(told.blocks)
    assert "has what you say of the draft:" in newest(desk.manager).plain
    assert await revisions(desk) == [1]
    await question.press("Approve")
    assert question.buttons == ["See Every Change"]
    told = newest(desk.admin)
    assert "approved your draft" in told.plain
    await told.press("Publish")
    await done(desk)
    assert "Published." in told.plain
    assert told.buttons == ["Roll Back"]
    assert await revisions(desk) == [2, 1]
    # The message where it waited is spent by now, and publishes nothing twice.
    await waiting.press("Publish")
    await done(desk)
    assert await revisions(desk) == [2, 1]


async def test_whom_slack_does_not_let_us_ask_is_named_to_the_author(desk: Desk) -> None:
    await begun(desk)
    preview = await upload(desk, desk.admin, csv(HEAT))
    form = as_modal(await preview.press("Publish Later…"))
    await form.fill({"Who looks at it?": [MANAGER]})
    before = len(desk.manager.messages("dm"))
    desk.slack.faults.error("chat.postMessage", error="messages_tab_disabled", times=1)
    await form.submit()
    await done(desk)

    assert "Your draft waits." in preview.plain
    assert "I could not ask" in preview.plain
    assert "was asked to look at it" not in preview.plain
    assert len(desk.manager.messages("dm")) == before
    await preview.press("Publish")
    await done(desk)
    assert await revisions(desk) == [2, 1]


async def test_an_approval_counts_though_its_author_cannot_be_told(desk: Desk) -> None:
    await begun(desk)
    await later(desk, HEAT, at=tomorrow(desk))
    question = newest(desk.manager)
    desk.slack.faults.error("chat.postMessage", error="messages_tab_disabled", times=1)
    await question.press("Approve")
    await done(desk)
    assert question.buttons == ["See Every Change"]
    await pass_days(desk)
    assert await revisions(desk) == [2, 1]


async def test_a_draft_is_published_on_its_day_and_its_author_told(stored_desk: Desk) -> None:
    desk = stored_desk
    await begun(desk)
    waiting = await later(desk, HEAT, who=None, at=tomorrow(desk))
    assert "It is published" in waiting.plain
    await desk.nextrung.scheduled.turn()
    assert await revisions(desk) == [1]
    # A restart: nothing that this process held is left.
    desk.nextrung.services.own_catalogue._drafts.clear()
    desk.slack.world.files.clear()
    await pass_days(desk)
    assert await revisions(desk) == [2, 1]
    assert "Published." in newest(desk.admin).plain
    assert newest(desk.admin).buttons == ["Roll Back"]
    assert "heat" in (await desk.engineer.command("/skill dough senior")).plain


async def test_what_takes_over_is_kept_with_the_draft(desk: Desk) -> None:
    await begun(desk)
    await later(desk, COOK, who=None, at=tomorrow(desk), **{"Role: Baker": "→ Cook"})
    await pass_days(desk)
    assert await revisions(desk) == [2, 1]
    newest_catalogue = desk.nextrung.services.catalogues.shelf(OWN).catalogue
    assert newest_catalogue.moves.rung("baker", "senior") == ("cook", "senior")


async def test_a_newer_revision_stops_it_and_asks(desk: Desk) -> None:
    await begun(desk)
    await later(desk, HEAT, who=None, at=tomorrow(desk))
    await published(desk, desk.manager, SAMPLE.replace("a day of baking", "a week"))
    await pass_days(desk)
    assert await revisions(desk) == [2, 1]
    told = newest(desk.admin)
    assert "Your draft was not published." in told.plain
    assert "another revision" in told.plain
    await told.press("Compare Again")
    await done(desk)
    assert "can be published" in told.plain
    await publish(desk, told)
    assert await revisions(desk) == [3, 2, 1]


async def test_without_the_look_it_stops(desk: Desk) -> None:
    await begun(desk)
    await later(desk, HEAT, at=tomorrow(desk))
    await pass_days(desk)
    assert await revisions(desk) == [1]
    assert "has not approved it" in newest(desk.admin).plain


async def test_with_the_look_it_goes_on_its_day(desk: Desk) -> None:
    await begun(desk)
    await later(desk, HEAT, at=tomorrow(desk))
    await newest(desk.manager).press("Approve")
    assert await revisions(desk) == [1]
    await pass_days(desk)
    assert await revisions(desk) == [2, 1]


async def test_it_can_be_called_off(desk: Desk) -> None:
    await begun(desk)
    waiting = await later(desk, HEAT, at=tomorrow(desk))
    question = newest(desk.manager)
    await waiting.press("Call Off")
    assert "Called off" in waiting.plain
    await question.press("Approve")
    assert "waits no more" in str([each.plain for each in desk.manager.messages("dm")])
    await pass_days(desk)
    assert await revisions(desk) == [1]


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({}, "Who looks at it?", "an owner, a day, or both"),
        ({"Who looks at it?": [ENGINEER]}, "Who looks at it?", "owns the catalogue"),
        ({"Who looks at it?": ["U0ADMIN"]}, "Who looks at it?", "somebody else"),
        ({"Publish on": "2020-01-01"}, "Publish on", "from now on"),
        ({"Publish on": "2099-01-01"}, "Publish on", "within a year"),
    ],
)
async def test_what_is_wrong_is_told_at_its_field(
    desk: Desk, values: dict[str, object], field: str, said: str
) -> None:
    await published(desk, desk.admin)
    preview = await upload(desk, desk.admin, csv(HEAT))
    form = as_modal(await preview.press("Publish Later…"))
    await form.fill(values)
    wrong = as_modal(await form.submit())
    assert said in wrong.errors[field]


async def test_who_lost_the_catalogue_publishes_no_draft(desk: Desk) -> None:
    await begun(desk)
    preview = await upload(desk, desk.manager, csv(HEAT))
    form = as_modal(await preview.press("Publish Later…"))
    at = tomorrow(desk)
    await form.fill({"Publish on": at.date().isoformat()})
    await form.submit()
    await done(desk)
    owners = as_modal(await (await desk.home(desk.admin)).press("Owners"))
    await owners.fill({"Catalogue owners": []})
    await owners.submit()
    await pass_days(desk, 3)
    assert await revisions(desk) == [1]
    assert "Only owners of the catalogue" in newest(desk.manager).plain


async def test_the_service_refuses_others_and_other_workspaces(desk: Desk) -> None:
    await begun(desk)
    await later(desk, HEAT)
    drafts = desk.nextrung.services.drafts
    stranger = Member(Tenant(WORKSPACE), ENGINEER)
    elsewhere = Member(Tenant("TELSEWHERE"), MANAGER)
    for who in (stranger, elsewhere):
        for refused in (drafts.get, drafts.approve, drafts.withdraw, drafts.publish):
            with pytest.raises((NotCatalogueOwner, DraftClosed)):
                await refused(who, 1)
    with pytest.raises(NoSecondOwner):  # the author is not who was asked
        await drafts.approve(Member(Tenant(WORKSPACE), "U0ADMIN"), 1)
    first, new = await drafts.approve(Member(Tenant(WORKSPACE), MANAGER), 1)
    assert (new, first.wants_look) == (True, False)
    desk.slack.advance(60)
    again, new = await drafts.approve(Member(Tenant(WORKSPACE), MANAGER), 1)
    assert (new, again.approved_at) == (False, first.approved_at)
    author = Member(Tenant(WORKSPACE), "U0ADMIN")
    await drafts.withdraw(author, 1)
    with pytest.raises(DraftClosed):
        await drafts.publish(author, 1)
    assert await revisions(desk) == [1]


async def overtaken(desk: Desk) -> None:
    """Let the other owner publish."""
    await published(desk, desk.manager, SAMPLE.replace("a day of baking", "a week"))


async def test_an_overtaken_preview_is_not_kept_as_a_draft(desk: Desk) -> None:
    """It could not be published on its day, whatever the card would say of that."""
    await begun(desk)
    preview = await upload(desk, desk.admin, csv(HEAT))
    await overtaken(desk)
    form = as_modal(await preview.press("Publish Later…"))
    await form.fill({"Publish on": tomorrow(desk).date().isoformat()})
    await form.submit()
    await done(desk)
    assert "It is published" not in preview.plain
    assert preview.buttons == ["Compare Again"]
    await preview.press("Compare Again")
    await done(desk)
    form = as_modal(await preview.press("Publish Later…"))
    await form.fill({"Publish on": tomorrow(desk).date().isoformat()})
    await form.submit()
    await done(desk)
    assert "It is published" in preview.plain
    await pass_days(desk)
    assert await revisions(desk) == [3, 2, 1]


async def test_what_goes_by_an_overtaken_preview_is_looked_at_again(desk: Desk) -> None:
    await begun(desk)
    preview = await upload(desk, desk.admin, csv(COOK))
    await published(desk, desk.manager, SAMPLE.replace("Baker", "Miller"))
    form = as_modal(await preview.press("Publish Later…"))
    await form.choose("Role: Baker", "→ Cook")
    await form.fill({ASKED: NAME, "Publish on": tomorrow(desk).date().isoformat()})
    await form.submit()
    await done(desk)
    assert preview.buttons == ["Compare Again"]


async def test_an_overtaken_draft_is_compared_again_and_waits_no_more(desk: Desk) -> None:
    """What goes is asked anew, though the same content was compared with what was there before."""
    await begun(desk)
    await later(desk, COOK, MANAGER, None, **{"Role: Baker": "→ Cook"})
    question = newest(desk.manager)
    await published(desk, desk.manager, SAMPLE.replace("Baker", "Miller"))
    await question.press("Approve")
    told = newest(desk.admin)
    assert "another revision" in told.plain
    assert told.buttons == ["Compare Again", "See Every Change", "Call Off"]
    await told.press("Compare Again")
    await done(desk)
    form = as_modal(await told.press("Publish…"))
    await done(desk)
    assert "Role: Miller" in as_modal(desk.admin.modal or form).plain
    form = as_modal(desk.admin.modal or form)
    await form.choose("Role: Miller", "→ Cook")
    await form.fill({ASKED: NAME})
    await form.submit()
    await done(desk)
    assert "Published." in told.plain
    assert await revisions(desk) == [3, 2, 1]
    with pytest.raises(DraftClosed):
        await desk.nextrung.services.drafts.withdraw(Member(Tenant(WORKSPACE), "U0ADMIN"), 1)


async def test_publishing_an_overtaken_draft_leads_to_a_new_comparison(desk: Desk) -> None:
    await begun(desk)
    waiting = await later(desk, HEAT)
    await overtaken(desk)
    await waiting.press("Publish")
    await done(desk)
    assert "another revision" in waiting.plain
    await waiting.press("Compare Again")
    await done(desk)
    await publish(desk, waiting)
    assert await revisions(desk) == [3, 2, 1]


async def test_words_that_slack_does_not_hand_on_are_not_said_to_be_handed(desk: Desk) -> None:
    await begun(desk)
    await later(desk, HEAT)
    form = as_modal(await newest(desk.manager).press("Comment…"))
    await form.fill({"What do you think of it?": "Why heat?"})
    desk.slack.faults.error("chat.postMessage", error="messages_tab_disabled", times=1)
    told = await form.submit()
    await done(desk)
    assert not (isinstance(told, ViewHandle) and told.errors)
    kept = newest(desk.manager)
    assert "I could not hand <@U0ADMIN> what you say" in kept.plain
    assert "> Why heat?" in kept.plain


@pytest.mark.parametrize(("days", "stopped"), [(0, False), (1, True)])
async def test_a_day_on_which_slack_does_not_say_who_its_author_is(
    desk: Desk, *, days: int, stopped: bool
) -> None:
    """Nobody lost the catalogue because Slack is silent for a moment."""
    await begun(desk)
    await later(desk, HEAT, who=None, at=tomorrow(desk))
    desk.slack.faults.error("users.info", error="internal_error")
    await pass_days(desk, 1 + days)
    desk.slack.faults.clear()
    assert ("not published" in newest(desk.admin).plain) is stopped
    desk.slack.advance(timedelta(minutes=11).total_seconds())
    await desk.nextrung.scheduled.turn()
    assert await revisions(desk) == ([1] if stopped else [2, 1])


async def test_forget_me_takes_drafts_along(stored_desk: Desk) -> None:
    desk = stored_desk
    await begun(desk)
    await later(desk, HEAT)
    form = await desk.manager.command_view("/growth forget-me")
    await form.submit()
    await done(desk)
    drafts = desk.nextrung.services.drafts
    admin = Member(Tenant(WORKSPACE), "U0ADMIN")
    assert (await drafts.get(admin, 1)).waiting.reviewer_id == ""
    form = await desk.admin.command_view("/growth forget-me")
    assert "• 1 draft of the catalogue" in form.plain
    await form.submit()
    await done(desk)
    with pytest.raises(DraftClosed):
        await drafts.get(admin, 1)


async def test_a_draft_that_waits_no_more_is_dropped_in_time(desk: Desk) -> None:
    await begun(desk)
    waiting = await later(desk, HEAT)
    await waiting.press("Call Off")
    admin = Member(Tenant(WORKSPACE), "U0ADMIN")
    for days, gone in ((80, False), (20, True)):
        desk.slack.advance(timedelta(days=days).total_seconds())
        await desk.nextrung.scheduled.clean()
        if gone:
            with pytest.raises(DraftClosed):
                await desk.nextrung.services.drafts.get(admin, 1)
        else:
            await desk.nextrung.services.drafts.get(admin, 1)
