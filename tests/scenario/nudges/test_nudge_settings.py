"""When nudges come: chosen by typing, in a form or on Home; paused, stopped, and taken along."""

from datetime import date, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.domain.nudges.cadence import Cadence
from bot.sandbox.handles import MemberHandle
from bot.sandbox.samples import GUEST
from tests.scenario.desk import Desk, as_modal
from tests.scenario.nudging import GOAL, begin, deliver, move_to, next_at, nudged, outlook, pass_by

DAY = timedelta(days=1)


async def local(desk: Desk, handle: MemberHandle, zone: str = "Europe/Berlin") -> tuple[int, time]:
    """Return weekday and local time of the next nudge."""
    found = (await next_at(desk, handle)).astimezone(ZoneInfo(zone))
    return found.weekday(), found.time()


async def travel(desk: Desk, handle: MemberHandle, zone: str) -> None:
    """Let Slack tell that a member is in another time zone."""
    desk.slack.world.members[handle.id].tz = zone
    await profile_changed(desk, handle, tz=zone)


async def profile_changed(desk: Desk, handle: MemberHandle, **told: str | int | None) -> None:
    """Let Slack tell a member's profile anew."""
    person = desk.slack.world.members[handle.id]
    profile = {"id": handle.id, "team_id": person.workspace_id, "locale": person.locale, **told}
    await desk.slack.event(
        {"type": "user_change", "user": profile}, workspace_id=person.workspace_id
    )
    await desk.drained()


async def test_a_rhythm_is_typed(stored_desk: Desk) -> None:
    desk = stored_desk
    await desk.engineer.command(GOAL)
    told = await desk.engineer.command("/growth nudges every 2 weeks thu 9:30")
    assert "*Saved.*" in told.plain
    assert "Every 2 weeks on Thursday at 09:30, Berlin time (Europe/Berlin)" in told.plain
    assert "Next: <!date^" in told.plain
    assert await local(desk, desk.engineer) == (3, time(9, 30))
    assert "Every 2 weeks on Thursday" in (await desk.refreshed(desk.engineer)).plain


async def test_a_guest_is_promised_no_nudges(stored_desk: Desk) -> None:
    desk, guest = stored_desk, stored_desk.slack.member(GUEST)
    told = await guest.command(GOAL)
    assert "guests get no nudges" in told.plain
    assert "From now on" not in told.plain
    home = await desk.refreshed(guest)
    assert "guests get no nudges" in home.plain
    assert "Next: <!date^" not in home.plain
    for typed in ("nudges weekly fri 9", "resume", "pause 2w"):
        card = await guest.command(f"/growth {typed}")
        assert "guests get no nudges" in card.plain, typed
        assert "Next: " not in card.plain, typed
    await guest.command("/growth resume")

    # Slack may have told meanwhile that they are a member, and nobody heard it.
    desk.slack.world.change_member(GUEST, is_restricted=False)
    told = await guest.command("/growth nudges weekly thu 9:30")
    assert "Every week on Thursday at 09:30" in told.plain
    assert "Next: <!date^" in told.plain


async def test_a_rhythm_is_typed_in_chinese(desk: Desk) -> None:
    await desk.chinese.command("/growth goal data-scientist senior")
    told = await desk.chinese.command("/growth 提醒每两周周四下午三点半")
    assert "每两周（星期四）15:30，上海时间（Asia/Shanghai）" in told.plain
    assert await local(desk, desk.chinese, "Asia/Shanghai") == (3, time(15, 30))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("nudges hourly", "I did not understand “hourly”"),
        ("nudges 25:00", "No clock shows “25:00”"),
        ("nudges weekly daily", "two times, rhythms or time zones"),
        ("nudges daily tue", "daily nudges come on every working day"),
        ("nudges <!channel> *now*", "I did not understand"),
        ("pause", "For how long?"),
        ("pause until 7/12", "I did not understand “until 7/12”"),
        ("pause 0 days", "A pause ends on a day after today"),
        ("pause 9999 weeks", "A pause lasts a year at most"),
    ],
)
async def test_what_is_unclear_changes_nothing_and_says_how_it_goes(
    desk: Desk, text: str, expected: str
) -> None:
    await desk.engineer.command(GOAL)
    before = await outlook(desk, desk.engineer)
    told = await desk.engineer.command(f"/growth {text}")
    assert expected in told.plain
    assert "Nothing has changed." in told.plain
    assert "/growth nudges weekly tue 10:00" in told.plain
    assert "<!channel>" not in told.plain
    assert await outlook(desk, desk.engineer) == before


async def test_slips_are_understood_and_said(desk: Desk) -> None:
    await desk.engineer.command(GOAL)
    told = await desk.engineer.command("/growth nugdes weekley tusday 11:00")
    assert "Taken “weekley” for `weekly`." in told.plain
    assert "Taken “nugdes” for `nudges`." in told.plain
    assert await local(desk, desk.engineer) == (1, time(11))


async def test_hours_outside_of_work_are_told(desk: Desk) -> None:
    await desk.engineer.command(GOAL)
    told = await desk.engineer.command("/growth nudges weekly sat 20:00")
    assert "Your workspace works from 09:00 to 18:00" in told.plain
    assert "It works on Monday to Friday" in told.plain
    assert await local(desk, desk.engineer) == (0, time(17, 59))


async def test_all_is_set_in_the_form(stored_desk: Desk) -> None:
    desk = stored_desk
    await desk.engineer.command(GOAL)
    form = await desk.engineer.command_view("/growth nudges")
    assert form.value("Time zone")["selected_option"]["value"] == "slack"
    await form.fill(
        {
            "How often": "Every month",
            "Days": ["Monday", "Thursday"],
            "Time": "14:15",
            "Time zone": "Asia/Tokyo",
        }
    )
    await form.submit()
    await desk.refreshed(desk.engineer)
    assert not form.is_open
    settings = (await outlook(desk, desk.engineer)).settings
    assert (settings.cadence, settings.weekdays) == (Cadence.MONTHLY, frozenset({0, 3}))
    assert (settings.at, settings.zone) == (time(14, 15), "Asia/Tokyo")
    told = desk.engineer.messages("general")[-1]
    assert "Every month on the first Monday or Thursday at 14:15, Tokyo time" in told.plain

    again = as_modal(await told.press("Nudge Settings"))
    assert again.value("Time zone")["selected_option"]["value"] == "Asia/Tokyo"
    await again.fill({"Time zone": "As in Slack: Europe/Berlin"})
    await again.submit()
    await desk.refreshed(desk.engineer)
    assert (await outlook(desk, desk.engineer)).settings.zone is None
    assert "Berlin time" in told.plain


async def test_zones_are_found_by_city_in_both_languages(desk: Desk) -> None:
    await desk.engineer.command(GOAL)
    form = await desk.engineer.command_view("/growth nudges")
    assert await form.suggest("Time zone", "") == ["As in Slack: Europe/Berlin"]
    assert await form.suggest("Time zone", "new york") == ["New York time (America/New_York)"]
    assert await form.suggest("Time zone", "Tokio") == ["Tokyo time (Asia/Tokyo)"]
    await desk.chinese.command("/growth goal data-scientist senior")
    form = await desk.chinese.command_view("/growth nudges")
    assert (await form.suggest("时区", "柏林"))[0] == "柏林时间（Europe/Berlin）"
    assert await form.suggest("时区", "xyzzy") == []


async def test_what_is_wrong_in_the_form_is_told_at_its_field(desk: Desk) -> None:
    await desk.engineer.command(GOAL)
    form = await desk.engineer.command_view("/growth nudges")
    today = desk.slack.clock.now().date()
    await form.fill({"Days": []})
    assert "Choose at least one day." in (await form.submit()).errors.values()
    await form.fill({"Days": ["Friday"], "Pause until": (today - DAY).isoformat()})
    assert (await form.submit()).errors == {"Pause until": "Choose a day after today, or none."}
    await form.fill({"Pause until": (today + 400 * DAY).isoformat()})
    assert "A pause lasts a year at most." in (await form.submit()).errors["Pause until"]
    await form.fill({"Pause until": (today + 30 * DAY).isoformat()})
    await form.submit()
    assert not form.is_open
    found = (await next_at(desk, desk.engineer)).date()
    assert today + 30 * DAY <= found < today + 37 * DAY


async def test_a_pause_holds_also_for_what_is_queued(stored_desk: Desk) -> None:
    desk = stored_desk
    await desk.engineer.command(GOAL)
    due = await next_at(desk, desk.engineer)
    desk.slack.advance((due - desk.slack.clock.now()).total_seconds() + 1)
    await desk.nextrung.nudging.plan()
    told = await desk.engineer.command("/growth pause 2w")
    assert "Paused until" in told.plain
    await deliver(desk)
    assert desk.engineer.messages() == []
    following = await next_at(desk, desk.engineer)
    assert following - due >= 14 * DAY


async def test_stop_and_resume(stored_desk: Desk) -> None:
    desk = stored_desk
    await begin(desk, desk.engineer)
    assert "Nudges are stopped." in (await desk.engineer.command("/growth stop")).plain
    assert (await outlook(desk, desk.engineer)).next_at is None
    await pass_by(desk, 60 * DAY)
    assert len(desk.engineer.messages()) == 1
    told = await desk.engineer.command("/growth resume")
    assert "*Nudges come again.*" in told.plain
    assert "Next:" in told.plain
    now = desk.slack.clock.now()
    assert now <= await next_at(desk, desk.engineer) <= now + 7 * DAY


async def test_pause_and_resume_on_home(desk: Desk) -> None:
    await desk.engineer.command(GOAL)
    home = await desk.refreshed(desk.engineer)
    assert "Every week on Tuesday at 10:00" in home.plain
    await desk.engineer.command("/growth pause 2w")
    home = await desk.refreshed(desk.engineer)
    assert "Paused until" in home.plain
    assert {"Nudge Settings", "Resume"} <= set(home.buttons)
    await home.press("Resume")
    home = await desk.refreshed(desk.engineer)
    assert "Paused until" not in home.plain
    assert "Resume" not in home.buttons
    await desk.engineer.command("/growth stop")
    home = await desk.refreshed(desk.engineer)
    assert "Nudges are stopped." in home.plain
    assert "Resume" in home.buttons


async def test_settings_are_told_in_place_where_the_card_of_settings_was(desk: Desk) -> None:
    await desk.engineer.command(GOAL)
    told = await desk.engineer.command("/growth nudges weekly wed")
    await told.choose("Pause", "For 1 Week")
    assert "Paused until" in told.plain
    await told.press("Resume")
    assert "Paused until" not in told.plain
    assert "Every week on Wednesday" in told.plain


async def test_nudges_follow_a_traveller(stored_desk: Desk) -> None:
    desk = stored_desk
    await begin(desk, desk.engineer)
    assert await local(desk, desk.engineer) == (1, time(10))
    await travel(desk, desk.engineer, "Asia/Tokyo")
    assert await local(desk, desk.engineer, "Asia/Tokyo") == (1, time(10))
    in_tokyo = await next_at(desk, desk.engineer)
    await nudged(desk, desk.engineer)
    await travel(desk, desk.engineer, "Pacific/Honolulu")
    following = await next_at(desk, desk.engineer)
    assert await local(desk, desk.engineer, "Pacific/Honolulu") == (1, time(10))
    # Not the same Tuesday once more, though it has yet to begin there.
    assert following - in_tokyo > 7 * DAY


async def test_a_zone_of_ones_own_does_not_follow(desk: Desk) -> None:
    await desk.engineer.command(GOAL)
    await desk.engineer.command("/growth nudges weekly tue 10:00 europe/berlin")
    await travel(desk, desk.engineer, "Asia/Tokyo")
    assert await local(desk, desk.engineer, "Europe/Berlin") == (1, time(10))


async def test_without_a_goal_settings_are_kept_for_the_first(desk: Desk) -> None:
    told = await desk.engineer.command("/growth nudges monthly")
    assert "They begin when you set a goal." in told.plain
    hub = await desk.engineer.command(GOAL)
    assert "every month on the first Tuesday at 10:00" in hub.plain
    assert await next_at(desk, desk.engineer) > desk.slack.clock.now()


async def test_stopped_before_the_first_goal_stays_stopped(desk: Desk) -> None:
    await desk.engineer.command("/growth stop")
    hub = await desk.engineer.command(GOAL)
    assert "From now on" not in hub.plain
    assert (await outlook(desk, desk.engineer)).next_at is None


async def test_the_sentence_comes_with_the_first_goal_only(desk: Desk) -> None:
    assert "From now on" in (await desk.engineer.command(GOAL)).plain
    hub = await desk.engineer.command("/growth goal llm-engineer principal")
    assert "From now on" not in hub.plain


async def test_the_goal_of_a_gap_card_tells_of_nudges_too(desk: Desk) -> None:
    card = await desk.engineer.command("/promote-gap llm-engineer lead")
    await card.press("Set as Goal")
    assert "From now on you get one question at a time" in card.plain


async def test_nobody_is_nudged_without_a_goal(desk: Desk) -> None:
    await begin(desk, desk.engineer)
    home = await desk.home(desk.engineer)
    await as_modal(await home.choose("more.0", "Drop Goal…")).submit()
    assert (await outlook(desk, desk.engineer)).next_at is None
    await pass_by(desk, 30 * DAY)
    assert len(desk.engineer.messages()) == 1
    assert "Nudge Settings" not in (await desk.refreshed(desk.engineer)).buttons


async def test_what_a_form_never_offered_is_refused(desk: Desk) -> None:
    await desk.engineer.command(GOAL)
    before = await outlook(desk, desk.engineer)
    form = await desk.engineer.command_view("/growth nudges")
    state = form.view.state["nudges.zone"]["nudge_zone"]
    state["selected_option"] = {"text": {"type": "plain_text", "text": "x"}, "value": "Mars/Here"}
    assert (await form.submit()).errors
    assert await outlook(desk, desk.engineer) == before


async def test_week_after_week_it_is_tuesday_at_ten(desk: Desk) -> None:
    await desk.engineer.command(GOAL)
    seen: list[date] = []
    for _ in range(6):
        due = await next_at(desk, desk.engineer)
        there = due.astimezone(ZoneInfo("Europe/Berlin"))
        seen.append(there.date())
        assert there.hour == 10
        await move_to(desk, due)
        message = desk.engineer.messages()[-1]
        if "Working on It" in message.buttons:
            await message.press("Working on It")
    assert {later - earlier for earlier, later in pairwise(seen)} == {7 * DAY}


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
async def test_a_pause_is_a_local_day_and_moves_with_the_member(
    stored_desk: Desk, zone: str
) -> None:
    desk = stored_desk
    await desk.engineer.command(GOAL)
    told = await desk.engineer.command("/growth pause 2w")
    assert "Paused until" in told.plain
    day = await resumes(desk, "Europe/Berlin")
    for there in (zone, "Europe/Berlin"):
        await travel(desk, desk.engineer, there)
        assert await resumes(desk, there) == day
        assert (await next_at(desk, desk.engineer)).astimezone(ZoneInfo(there)).date() >= day


async def resumes(desk: Desk, zone: str) -> date:
    """Return the engineer's local day with whose first moment nudges come again."""
    until = (await outlook(desk, desk.engineer)).settings.paused_until
    assert until is not None
    there = until.astimezone(ZoneInfo(zone))
    assert there.time() == time(0)
    return there.date()


async def test_a_zone_that_slack_does_not_name_is_taken_from_its_offset_and_said(
    desk: Desk,
) -> None:
    await desk.engineer.command(GOAL)
    await profile_changed(desk, desk.engineer, tz=None, tz_offset=8 * 3600)
    told = await desk.engineer.command("/growth nudges weekly tue 10:00")
    assert "Every week on Tuesday at 10:00, UTC+08:00" in told.plain
    assert "Your Slack time zone is unknown; using UTC+08:00 as Slack reports." in told.plain
    assert (await next_at(desk, desk.engineer)).time() == time(2)
    told = await desk.engineer.command("/growth nudges asia/shanghai")
    assert "unknown" not in told.plain


@pytest.mark.parametrize(
    ("before", "said", "chinese"),
    [
        ("/growth pause 2w", "your pause is over", "暂停随之结束"),
        ("/growth stop", "nudges are no longer stopped", "停止随之解除"),
    ],
)
async def test_a_rhythm_that_ends_a_pause_or_a_stop_says_so(
    desk: Desk, before: str, said: str, chinese: str
) -> None:
    for who, words in ((desk.engineer, said), (desk.chinese, chinese)):
        await who.command(GOAL)
        assert words not in (await who.command("/growth nudges weekly wed 10:00")).plain
        await who.command(before)
        assert words in (await who.command("/growth nudges weekly thu 10:00")).plain
        assert words not in (await who.command("/growth nudges weekly fri 10:00")).plain
