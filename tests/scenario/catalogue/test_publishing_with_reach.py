"""Publishing with its reach: what goes, what takes over, who is touched, and the way back."""

from datetime import timedelta

import pytest

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.domain.lookup.requests import ShowGap
from bot.domain.tenancy import Member, Tenant
from bot.sandbox.handles import MessageHandle
from bot.services.goal_news import AGAIN
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import member
from tests.scenario.owning import (
    BACK,
    BUILT_IN_NAME,
    HEAD,
    NAME,
    SAMPLE,
    csv,
    done,
    newest,
    publish,
    published,
    upload,
)

PASTRY = SAMPLE.replace("Baker", "Pastry cook").replace("by recipe", "for tarts")
ASKED = f"Type the catalogue's name to publish: {NAME}"
OWN = "workspace-tsample"
DOUGH = CellKey("baker", "junior", "dough")


async def as_baker(desk: Desk) -> None:
    """Let the engineer be a junior baker who aims for senior, and has met one thing."""
    await desk.engineer.command("/growth role baker junior")
    await desk.engineer.command("/growth goal baker senior")
    await mark(desk, DOUGH)


async def mark(desk: Desk, cell: CellKey, status: Status = Status.MET) -> None:
    """Mark for the engineer in the workspace's own catalogue, as a press elsewhere would."""
    who, services = await member(desk), desk.nextrung.services
    await services.assessing.mark(who, services.catalogues.shelf(OWN), cell, status)


async def previewed(desk: Desk, text: str) -> MessageHandle:
    return await upload(desk, desk.admin, csv(text))


async def test_what_goes_stands_first_and_the_name_is_typed(desk: Desk) -> None:
    await published(desk, desk.admin)
    preview = await previewed(desk, PASTRY)
    lines = preview.plain.splitlines()
    assert lines[0] == "Your file can be published"
    assert lines[1:3] == [":warning: *1 of 1 roles goes*", "Baker"]
    assert "fewer than five" in preview.plain.lower()
    form = as_modal(await preview.press("Publish…"))
    assert form.plain.startswith(":warning: *1 of 1 roles goes*\nBaker")
    await form.fill({ASKED: "something else"})
    wrong = as_modal(await form.submit())
    assert NAME in wrong.errors[ASKED]
    await form.fill({ASKED: f"  {NAME.lower()} "})
    await form.submit()
    await done(desk)
    assert "Published." in newest(desk.admin).plain


@pytest.mark.parametrize(
    ("called", "typed"),
    [
        ('Baker\'s "own" roles - 2026', "Baker’s “Own” roles – 2026"),  # as a phone writes
        ("面包师 框架（2026）", "面包师 框架(2026)"),
        ("Roles\u200b of\u00a0ours", "roles of ours"),
    ],
)
async def test_a_name_is_typed_with_the_signs_of_any_keyboard(
    desk: Desk, called: str, typed: str
) -> None:
    preview = await upload(desk, desk.admin, csv(), called=called)
    form = as_modal(await preview.press("Publish…"))
    (asked,) = [each for each in form.plain.splitlines() if each.startswith("Type the catalogue")]
    await form.fill({asked: typed})
    await form.submit()
    await done(desk)
    assert "Published." in preview.plain


async def test_a_press_on_an_old_preview_does_not_skip_the_name(desk: Desk) -> None:
    """A button of an older message, or a forged one, publishes without the form."""
    preview = await previewed(desk, SAMPLE)
    preview.blocks[-1]["elements"][0]["action_id"] = "catalogue_publish"
    await preview.press(action_id="catalogue_publish")
    await done(desk)
    assert f"Type the name as it stands: {NAME}" in newest(desk.admin).plain
    assert await desk.nextrung.database.catalogues.history("workspace-tsample") == ()


async def test_marks_and_the_recorded_role_follow_to_what_took_over(stored_desk: Desk) -> None:
    desk = stored_desk
    await published(desk, desk.admin)
    await as_baker(desk)
    await publish(desk, await previewed(desk, PASTRY), {"Role: Baker": "→ Pastry cook"})
    card = await desk.engineer.command("/skill dough junior")
    assert "Pastry cook" in card.plain
    assert "Met" in card.plain
    old = await desk.engineer.command("/skill baker senior")
    assert "“baker” is now *Pastry cook*." in old.plain
    home = await desk.home(desk.engineer)
    assert "*Baker, Senior*, your goal, is *Pastry cook, Senior* in the catalogue now" in home.plain
    assert "*You:* Pastry cook, Junior" in home.plain
    await home.press("Take Pastry cook, Senior")
    assert "Goal: Pastry cook, Senior" in (await desk.refreshed(desk.engineer)).plain
    # A mark made now is on the new role, and comes after the one that followed.
    await mark(desk, CellKey("pastry-cook", "junior", "dough"), Status.WORKING)
    assert "Working on it" in (await desk.engineer.command("/skill dough junior")).plain
    # Going back: the old role again, with what was marked meanwhile.
    receipt = newest(desk.admin)
    await receipt.press("Roll Back")
    await done(desk)
    assert "Back to revision 1" in newest(desk.admin).plain
    card = await desk.engineer.command("/skill dough junior")
    assert "Baker" in card.plain
    assert "Working on it" in card.plain
    assert "Take Baker, Senior" in (await desk.home(desk.engineer)).buttons


async def test_a_goal_may_stay_in_its_old_words(desk: Desk) -> None:
    await published(desk, desk.admin)
    await as_baker(desk)
    await publish(desk, await previewed(desk, PASTRY), {"Role: Baker": "→ Pastry cook"})
    await (await desk.home(desk.engineer)).press("Keep It as It Is")
    home = await desk.refreshed(desk.engineer)
    assert "Goal: Baker, Senior" in home.plain
    assert "Keep It as It Is" not in home.buttons
    # The mark on the junior's dough is the goal's own, whatever the catalogue calls it now.
    await mark(desk, CellKey("pastry-cook", "senior", "dough"))
    assert "1 met" in (await desk.home(desk.engineer)).plain


async def test_without_a_word_a_role_ends_and_its_marks_come_back_with_it(desk: Desk) -> None:
    await published(desk, desk.admin)
    await as_baker(desk)
    await publish(desk, await previewed(desk, PASTRY))
    card = await desk.engineer.command("/skill dough junior")
    assert "Met" not in card.plain
    await newest(desk.admin).press("Roll Back")
    await done(desk)
    assert "Met" in (await desk.engineer.command("/skill dough junior")).plain


async def test_a_skill_and_a_level_lead_on(desk: Desk) -> None:
    await published(desk, desk.admin)
    await as_baker(desk)
    changed = SAMPLE.replace("Dough", "Doughs and batters").replace("Junior", "Associate")
    preview = await previewed(desk, changed)
    assert "1 of 2 levels goes*\nJunior" in preview.plain
    assert "1 of 2 skills goes*\nDough" in preview.plain
    form = as_modal(await preview.press("Publish…"))
    assert ASKED not in form.plain  # no role goes
    await form.choose("Level: Junior", "→ Associate")
    await form.choose("Skill: Dough", "→ Doughs and batters")
    await form.submit()
    await done(desk)
    card = await desk.engineer.command("/skill doughs and batters associate")
    assert "Met" in card.plain


async def test_every_change_is_read_before_and_after(desk: Desk) -> None:
    await published(desk, desk.admin)
    changed = SAMPLE.replace("by recipe", "by feel").replace(
        "Junior,Oven,optional", "Junior,Oven,required"
    )
    preview = await previewed(
        desk, f"{changed}\nBaker,Senior,Shop window,required,Working,Arranges."
    )
    view = as_modal(await preview.press("See Every Change"))
    assert "Before: Kneads a dough by recipe." in view.plain
    assert "Now: Kneads a dough by feel." in view.plain
    assert "Before: Optional" in view.plain
    raised = as_modal(await view.choose("catalogue_filter", "raised"))
    assert "Before: Optional" in raised.plain
    assert "by feel" not in raised.plain
    added = as_modal(await raised.choose("catalogue_filter", "added"))
    assert "Shop window" in added.plain
    assert "with 1 expectation" in added.plain


async def test_many_changes_come_in_pages_and_what_goes_stands_on_each(desk: Desk) -> None:
    await published(desk, desk.admin)
    rows = [f"Cook,Junior,Skill {number:02},required,Working,Does it." for number in range(30)]
    preview = await previewed(desk, "\n".join([HEAD, *rows]))
    view = as_modal(await preview.press("See Every Change"))
    assert "1 of 1 roles goes*\nBaker" in view.plain
    seen = view.plain
    while "Next Page" in view.buttons:
        view = as_modal(await view.press("Next Page"))
        await done(desk)
        assert "1 of 1 roles goes*\nBaker" in view.plain
        seen += view.plain
    assert all(f"Skill {number:02}" in seen for number in range(30))


async def test_a_restart_before_the_form_reads_the_file_again(desk: Desk) -> None:
    await published(desk, desk.admin)
    preview = await previewed(desk, PASTRY)
    desk.nextrung.services.own_catalogue._drafts.clear()
    await preview.press("Publish…")
    await done(desk)
    form = desk.admin.modal
    assert form is not None
    await form.fill({ASKED: NAME})
    desk.nextrung.services.own_catalogue._drafts.clear()
    await form.submit()
    await done(desk)
    assert "Published." in newest(desk.admin).plain


async def test_the_first_revision_goes_back_to_the_built_in_one(desk: Desk) -> None:
    receipt = await published(desk, desk.admin)
    form = as_modal(await (await desk.refreshed(desk.admin)).press("Roll Back"))
    assert "The built-in catalogue" in str(form.blocks)
    await receipt.press("Roll Back")
    await done(desk)
    assert "built-in catalogue again" in newest(desk.admin).plain
    assert "MLOps" in (await desk.engineer.command("/skill mlops")).plain.splitlines()[0]
    await published(desk, desk.admin)
    form = as_modal(await (await desk.refreshed(desk.admin)).press("Roll Back"))
    await form.choose("Revision", "0")
    page = as_modal(await form.submit())
    await done(desk)
    await page.fill({f"{BACK}{BUILT_IN_NAME}": BUILT_IN_NAME})
    await page.submit()
    await done(desk)
    assert "MLOps" in (await desk.engineer.command("/skill mlops")).plain.splitlines()[0]


async def test_an_old_receipt_takes_nothing_back_that_came_later(desk: Desk) -> None:
    first = await published(desk, desk.admin)
    await published(desk, desk.admin, SAMPLE.replace("weather", "heat"))
    await first.press("Roll Back")
    await done(desk)
    assert "since" in first.plain
    assert "heat" in (await desk.engineer.command("/skill dough senior")).plain


async def test_fewer_than_five_in_each_of_two_roles_are_not_said_to_be_all(desk: Desk) -> None:
    """Four and four are eight: nobody is told so, and nothing else either."""
    cook = "Cook,Junior,Oven,required,Working,Lights the stove."
    both = f"{SAMPLE}\n{cook}\nCook,Senior,Oven,required,Working,Heats the oven."
    await published(desk, desk.admin, both)
    services = desk.nextrung.services
    for number in range(8):
        who = Member(Tenant("TSAMPLE"), f"U0BOTH{number}", catalogue_key=OWN)
        wanted = ShowGap(("baker", "cook")[number % 2], ("senior",))
        await services.goals.set(who, services.catalogues.shelf(OWN), wanted)
    changed = both.replace("weather", "heat").replace("Heats the", "Lights the")
    preview = await previewed(desk, changed)
    assert "Fewer than five people have a goal in each of the 2 roles that change" in preview.plain
    assert "fewer than five have most of their marks in each of them" in preview.plain


async def test_another_scale_of_depths_is_told_alike_to_owners_and_members(desk: Desk) -> None:
    await published(desk, desk.admin)
    await as_baker(desk)
    preview = await previewed(desk, SAMPLE.replace("Working", "Practitioner"))
    assert "• *Expectations*: 3 reworded" in preview.plain
    assert "people have a goal in the role that changes" in preview.plain
    view = as_modal(await preview.press("See Every Change"))
    assert "reworded (proficiency)\n> Before: Working\n> Now: Practitioner" in view.plain
    await publish(desk, preview)
    (told,) = await told_of_goals(desk)
    assert "another depth: Working → Practitioner" in told


@pytest.mark.parametrize(("bakers", "said"), [(4, "Fewer than five"), (7, "At least 5")])
async def test_people_are_counted_in_fives(desk: Desk, bakers: int, said: str) -> None:
    await published(desk, desk.admin)
    services = desk.nextrung.services
    for number in range(bakers):
        who = Member(Tenant("TSAMPLE"), f"U0BAKER{number}", catalogue_key=OWN)
        await services.goals.set(who, services.catalogues.shelf(OWN), ShowGap("baker", ("senior",)))
    preview = await previewed(desk, SAMPLE.replace("weather", "heat"))
    assert f"{said} people have a goal" in preview.plain


async def told_of_goals(desk: Desk) -> list[str]:
    """Let the time pass in which a revision can be taken back; what the engineer got since."""
    before = len(desk.engineer.messages("dm"))
    now = desk.slack.clock.now()
    later = now + timedelta(minutes=11)
    while later.weekday() > 4 or not 11 <= later.hour < 14:  # a working hour
        later += timedelta(hours=1)
    desk.slack.advance((later - now).total_seconds())
    for _ in range(2):
        await desk.nextrung.goal_news.turn()
    return [each.plain for each in desk.engineer.messages("dm")[before:]]


async def test_a_touched_goal_is_told_once_in_words_with_a_choice(stored_desk: Desk) -> None:
    desk = stored_desk
    await published(desk, desk.admin)
    await as_baker(desk)
    changed = SAMPLE.replace("flour and weather", "the season")
    await publish(desk, await previewed(desk, changed))
    (told,) = await told_of_goals(desk)
    assert "Before: Adapts a dough to flour and weather." in told
    assert "Now: Adapts a dough to the season." in told
    assert await told_of_goals(desk) == []
    message = desk.engineer.messages("dm")[-1]
    assert message.buttons[:2] == ["Adopt New Version", "Keep It as It Is"]
    await message.press("Keep It as It Is")
    assert "Keep It as It Is" not in message.buttons
    assert "Adopt New Version" not in (await desk.home(desk.engineer)).buttons
    # What changes nothing more in the goal is told to nobody, on Home neither.
    changed = changed.replace("the oven safely", "the oven")
    await publish(desk, await previewed(desk, changed))
    assert await told_of_goals(desk) == []
    assert "Adopt New Version" not in (await desk.home(desk.engineer)).buttons
    # What does is told, and can be taken.
    await publish(desk, await previewed(desk, changed.replace("a day of baking", "a week")))
    assert len(await told_of_goals(desk)) == 1
    await desk.engineer.messages("dm")[-1].press("Adopt New Version")
    assert "1 open" not in (await desk.home(desk.engineer)).plain


async def test_a_role_that_moved_or_ended_is_told_with_what_there_is(desk: Desk) -> None:
    await published(desk, desk.admin)
    await as_baker(desk)
    await publish(desk, await previewed(desk, PASTRY), {"Role: Baker": "→ Pastry cook"})
    (told,) = await told_of_goals(desk)
    assert "Take Pastry cook, Senior" in told
    await desk.engineer.messages("dm")[-1].press("Keep It as It Is")
    # What was kept in its old words is not asked about again.
    await publish(desk, await previewed(desk, PASTRY.replace("Pastry cook", "Cook")))
    assert await told_of_goals(desk) == []


async def test_what_is_taken_back_at_once_is_told_to_nobody(desk: Desk) -> None:
    await published(desk, desk.admin)
    await as_baker(desk)
    await publish(desk, await previewed(desk, PASTRY))
    desk.slack.advance(60)
    await desk.nextrung.goal_news.turn()
    await newest(desk.admin).press("Roll Back")
    await done(desk)
    assert await told_of_goals(desk) == []


@pytest.mark.parametrize(("code", "told"), [("team_added_to_org", 1), ("user_disabled", 0)])
async def test_news_that_slack_refuses_for_now_comes_later(
    desk: Desk, code: str, told: int
) -> None:
    await published(desk, desk.admin)
    await as_baker(desk)
    await publish(desk, await previewed(desk, SAMPLE.replace("flour and weather", "the season")))
    desk.slack.faults.error("chat.postMessage", error=code, times=1)
    assert await told_of_goals(desk) == []
    assert len(await told_of_goals(desk)) == told
    assert await told_of_goals(desk) == []


@pytest.mark.parametrize(
    ("method", "code"),
    [("users.info", "ratelimited"), ("chat.postMessage", "account_inactive")],
)
@pytest.mark.parametrize(("days", "times"), [(0, 1), (8, 0)])
async def test_news_are_put_off_while_slack_says_nothing_of_somebody_or_is_not_connected(
    desk: Desk, method: str, code: str, days: int, times: int
) -> None:
    await published(desk, desk.admin)
    await as_baker(desk)
    await publish(desk, await previewed(desk, SAMPLE.replace("flour and weather", "the season")))
    desk.slack.advance(timedelta(days=days).total_seconds())
    desk.slack.faults.error(method, error=code, times=9)
    assert await told_of_goals(desk) == []
    desk.slack.faults.clear()
    told = []
    for _ in range(4):
        desk.slack.advance(AGAIN.total_seconds())
        told += await told_of_goals(desk)
    assert len(told) == times
