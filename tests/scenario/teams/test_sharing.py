"""A goal is shared with one person, who is asked first; and it can be ended at any time."""

from datetime import timedelta

import pytest

from bot.domain.growth.assessment import Status
from bot.domain.local_time import day_start, local_day
from bot.domain.teams.share import ANSWER_WITHIN, ASK_AGAIN_AFTER, RENEW_AFTER
from bot.sandbox.handles import ViewHandle
from bot.sandbox.samples import (
    BOT,
    CHINESE_ENGINEER,
    DEACTIVATED,
    ENGINEER,
    GUEST,
    MANAGER,
    OTHER_ENGINEER,
)
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import mark, name_of
from tests.scenario.teams.shares import (
    HERE,
    ask,
    evidence,
    letter,
    letters,
    opened,
    share,
    with_goal,
    work,
)

MINUTE = timedelta(minutes=1)
HERE_TOO = (ENGINEER, GUEST, BOT, DEACTIVATED)

BERLIN = "Europe/Berlin"


def _next(shown: ViewHandle) -> str:
    return next(each for each in shown.buttons if each.startswith("Next"))


async def test_a_goal_is_shared_with_somebody_who_accepts_and_then_looks(
    stored_desk: Desk,
) -> None:
    desk = stored_desk
    cells = await with_goal(desk)
    told = await ask(desk)
    assert "Nothing is shown before they accept" in told.plain
    assert "was asked, and sees nothing yet" in (await desk.home(desk.engineer)).plain
    asked = letter(desk)
    assert "LLM Engineer" not in asked.plain, "nothing is shown before it is accepted"

    await asked.press("Accept")
    await work(desk)
    assert "You see a growth goal of" in letter(desk).plain
    assert "accepted, and sees your goal now" in desk.engineer.messages("dm")[-1].plain
    assert "Has not looked yet" in (await desk.home(desk.engineer)).plain

    shown = await opened(desk, desk.manager)
    assert "Senior → Lead" in shown.plain
    assert "1 met · " in shown.plain
    assert "quiet zebra" not in shown.plain
    assert name_of(desk, cells[1]) in shown.plain
    assert "Has not looked yet" not in (await desk.home(desk.engineer)).plain
    assert "Looked" in desk.engineer.home.plain


async def test_a_share_is_ended_at_once_and_everywhere(stored_desk: Desk) -> None:
    desk = stored_desk
    await with_goal(desk)
    await share(desk)
    home = await desk.home(desk.manager)
    assert "People who share with you" in home.plain
    shown = await opened(desk, desk.manager)
    message = letter(desk)

    await (await desk.home(desk.engineer)).press("Stop Sharing")
    with pytest.raises(AssertionError):  # not even before anything was redrawn
        assert "Senior → Lead" in str(await shown.press(_next(shown)))
    await work(desk)

    assert "no longer shared" in as_modal(desk.manager.modal).plain
    assert "Senior" not in as_modal(desk.manager.modal).plain
    assert letters(desk) == []
    assert message.message.deleted
    assert "People who share with you" not in desk.manager.home.plain
    assert "Nobody but you" in desk.engineer.home.plain


async def test_what_was_said_before_reads_as_open_unless_it_is_shown(desk: Desk) -> None:
    cells = await with_goal(desk)
    await share(desk, past=False)
    shown = await opened(desk, desk.manager)
    assert "0 met · " in shown.plain
    assert "anything before reads as open" in shown.plain
    await mark(desk, cells[2], Status.WORKING)
    assert "Working on it" in (await opened(desk, desk.manager)).plain
    home = await desk.home(desk.engineer)
    form = as_modal(await home.press("Change…"))
    await form.fill({"Statuses": "Also what I said before"})
    assert "Saved" in as_modal(await form.submit()).plain
    await work(desk)
    assert "1 met · " in (await opened(desk, desk.manager)).plain


async def test_evidence_is_shown_piece_by_piece(desk: Desk) -> None:
    cells = await with_goal(desk)
    await evidence(desk, "shown to nobody", [cells[0]])
    await evidence(desk, "placed nowhere", [])
    await evidence(desk, "chosen to be shown", [cells[0]])
    form = await desk.engineer.command_view(f"/growth share <@{MANAGER}>")
    assert "placed nowhere" not in str(form.view.payload)
    chosen = next(each for each in form.options("Evidence") if "chosen" in each)
    await form.fill({"Statuses": "Also what I said before", "Evidence": [chosen]})
    await form.submit()
    await work(desk)
    await letter(desk).press("Accept")
    await work(desk)
    shown = await opened(desk, desk.manager)
    while "chosen to be shown" not in shown.plain:
        shown = as_modal(await shown.press(_next(shown)))
    assert "shown to nobody" not in shown.plain
    assert "1 piece of evidence" in (await desk.home(desk.engineer)).plain


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (ENGINEER, "That is you"),
        (GUEST, "They are a guest here"),
        (BOT, "That is an app"),
        (DEACTIVATED, "not in this workspace any more"),
        (OTHER_ENGINEER, "Slack does not say right now who they are"),
        ("U0NOBODY", "Slack does not say right now who they are"),
    ],
)
async def test_with_whom_a_goal_cannot_be_shared_is_said_in_words(
    desk: Desk, typed: str, said: str
) -> None:
    await with_goal(desk)
    answer = await desk.engineer.command(f"/growth share <@{typed}|name>")
    assert said in answer.plain
    form = await desk.engineer.command_view("/growth share @sam")
    assert "I cannot tell who “@sam” is" in form.plain
    if typed in HERE_TOO:
        await form.fill({"Who may see it": typed})
        assert said in str(as_modal(await form.submit()).errors)
    await work(desk)
    async with desk.nextrung.database.read(HERE) as unit:
        assert await unit.shares.by(ENGINEER) == ()


async def test_without_a_goal_there_is_nothing_to_share(desk: Desk) -> None:
    answer = await desk.manager.command(f"/growth share <@{ENGINEER}>")
    assert "There is no goal to share yet" in answer.plain
    assert "Share My Goal" not in (await desk.home(desk.manager)).plain


async def test_nobody_is_asked_twice_and_declining_shows_nothing(desk: Desk) -> None:
    await with_goal(desk)
    await ask(desk)
    form = await desk.engineer.command_view(f"/growth share <@{MANAGER}>")
    again = as_modal(await form.submit())
    assert "They see this goal already, or have been asked" in str(again.errors)
    await letter(desk).press("Decline")
    await work(desk)
    assert "You declined" in letter(desk).plain
    assert "does not want to see your goal now" in desk.engineer.messages("dm")[-1].plain
    assert "People who share" not in (await desk.home(desk.manager)).plain
    assert len(letters(desk)) == 1


@pytest.mark.parametrize("how", ["declined", "left", "lapsed", "taken back"])
async def test_whoever_said_no_or_nothing_is_left_in_peace_for_a_week(desk: Desk, how: str) -> None:
    await with_goal(desk)
    await (share(desk) if how == "left" else ask(desk))
    match how:
        case "declined":
            await letter(desk).press("Decline")
        case "left":
            await letter(desk).press("Stop Seeing It")
        case "lapsed":
            await work(desk, ANSWER_WITHIN + timedelta(minutes=1))
        case "taken back":
            await (await desk.home(desk.engineer)).press("Stop Sharing")
    await work(desk)
    before = len(letters(desk))
    day = local_day(desk.slack.clock.now() + ASK_AGAIN_AFTER, BERLIN)
    tr = desk.nextrung.services.translators.for_locale("en")

    said = (await desk.engineer.command(f"/growth share <@{MANAGER}>")).plain
    form = as_modal(await (await desk.home(desk.engineer)).press("Share My Goal…"))
    await form.fill({"Who may see it": MANAGER})
    told = str(as_modal(await form.submit()).errors)
    for each in (said, told):
        assert f"You asked them not long ago. From {tr.date(day)} you can" in each
    assert len(letters(desk)) == before

    await work(desk, day_start(day, BERLIN) - desk.slack.clock.now() + timedelta(minutes=1))
    await ask(desk)
    assert len(letters(desk)) == before + 1


async def test_what_was_shared_and_stopped_may_be_shared_again_at_once(desk: Desk) -> None:
    await with_goal(desk)
    await share(desk)
    await (await desk.home(desk.engineer)).press("Stop Sharing")
    await work(desk)
    again = await share(desk)
    assert again.accepted


async def test_the_other_leaves_and_old_buttons_lead_nowhere(desk: Desk) -> None:
    await with_goal(desk)
    await share(desk)
    home = await desk.home(desk.manager)
    await letter(desk).press("Stop Seeing It")
    await work(desk)
    assert "You no longer see" in letter(desk).plain
    assert "they stopped it" in desk.engineer.messages("dm")[-1].plain
    assert "People who share" not in desk.manager.home.plain
    assert home.view.id == desk.manager.home.view.id


@pytest.mark.parametrize("over", ["dropped", "changed", "forgotten", "forgotten by the other"])
async def test_a_share_ends_with_its_goal_and_with_either_of_the_two(
    stored_desk: Desk, over: str
) -> None:
    desk = stored_desk
    await with_goal(desk)
    await share(desk)
    await opened(desk, desk.manager)
    match over:
        case "dropped":
            home = await desk.home(desk.engineer)
            await as_modal(await home.choose("more.0", "Drop Goal…")).submit()
        case "changed":
            await desk.engineer.command("/growth goal llm-engineer principal")
        case "forgotten":
            await (await desk.engineer.command_view("/growth forget-me")).submit()
        case _:
            await (await desk.manager.command_view("/growth forget-me")).submit()
    await work(desk)
    assert letters(desk) == []
    assert "People who share" not in (await desk.home(desk.manager)).plain
    if over != "forgotten by the other":
        await desk.engineer.command("/growth goal llm-engineer lead")
    await work(desk)
    assert "People who share" not in (await desk.home(desk.manager)).plain, "it never revives"
    assert "sees progress" not in (await desk.home(desk.engineer)).plain


@pytest.mark.parametrize("who", [ENGINEER, MANAGER])
@pytest.mark.parametrize("how", ["told", "looked", "in a day"])
async def test_a_share_ends_when_either_leaves_or_becomes_a_guest(
    desk: Desk, who: str, how: str
) -> None:
    await with_goal(desk)
    await share(desk)
    home = await desk.home(desk.manager)
    desk.slack.world.change_member(who, is_restricted=True)
    if how == "told":
        user = {"id": who, "is_restricted": True, "locale": "en-US", "tz": "Europe/Berlin"}
        await desk.slack.event({"type": "user_change", "user": user})
    elif how == "looked":
        answer = await home.press(action_id="share_open.0")
        assert "Senior" not in answer.plain
    else:
        await work(desk, timedelta(days=1, minutes=1))
    desk.slack.world.change_member(who, is_restricted=False)
    await work(desk)
    assert "People who share" not in (await desk.home(desk.manager)).plain
    async with desk.nextrung.database.read(HERE) as unit:
        assert await unit.shares.by(ENGINEER) == ()


async def test_who_slack_does_not_know_just_now_sees_nothing(desk: Desk) -> None:
    desk.faults_expected = True
    await with_goal(desk)
    await share(desk)
    home = await desk.home(desk.manager)
    desk.slack.faults.error("users.info", error="user_not_found", times=2)
    answer = await home.press(action_id="share_open.0")
    assert "Senior" not in answer.plain
    assert "Has not looked yet" in (await desk.home(desk.engineer)).plain


async def test_a_share_is_asked_about_again_and_lapses_without_an_answer(
    stored_desk: Desk,
) -> None:
    desk = stored_desk
    await with_goal(desk)
    await share(desk)
    await share(desk, who=CHINESE_ENGINEER)
    await work(desk, RENEW_AFTER)
    for _ in range(12):  # until it is a working hour
        await work(desk, timedelta(hours=8))
    asked = [each for each in desk.engineer.messages("dm") if "go on sharing" in each.plain]
    assert len(asked) == 2, "one for each share"
    await asked[0].press("Go On Sharing")
    await work(desk, ANSWER_WITHIN + timedelta(days=3))
    await work(desk)
    async with desk.nextrung.database.read(HERE) as unit:
        (left,) = await unit.shares.by(ENGINEER)
    await asked[1].press("Go On Sharing")
    assert left.other in {MANAGER, CHINESE_ENGINEER}
    async with desk.nextrung.database.read(HERE) as unit:
        assert await unit.shares.by(ENGINEER) == (left,), "what lapsed does not come back"


async def test_an_ask_that_nobody_answers_goes(desk: Desk) -> None:
    await with_goal(desk)
    await ask(desk)
    await work(desk, ANSWER_WITHIN + MINUTE)
    assert letters(desk) == []
    assert "Nobody but you" in (await desk.home(desk.engineer)).plain
