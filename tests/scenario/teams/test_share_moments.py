"""What two do at the same moment, or while Slack is away: nothing stays shown that has ended."""

import asyncio
from datetime import timedelta

import pytest

from bot.domain.growth.assessment import Status
from bot.domain.teams.agreed import AgreedAct
from bot.domain.teams.errors import NoLongerShared
from bot.domain.teams.letter import LetterKind
from bot.domain.teams.share import ANSWER_WITHIN, CHECKED_EVERY, RENEW_AFTER, ShareEnd
from bot.domain.tenancy import Tenant
from bot.sandbox.samples import CHINESE_ENGINEER, ENGINEER, MANAGER
from bot.services.ports import Profile, Profiles
from bot.store.teams.due import ShareDue
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import lead_cells, mark, member
from tests.scenario.teams.shares import HERE, ask, letter, letters, opened, share, with_goal, work

NO_MORE = "no longer shared"
HOUR = timedelta(hours=1)


class Silent:
    """Slack, as it says nothing of one person."""

    def __init__(self, profiles: Profiles, who: str) -> None:
        self._profiles = profiles
        self._who = who

    async def profile(self, tenant: Tenant, slack_id: str) -> Profile | None:
        return None if slack_id == self._who else await self._profiles.profile(tenant, slack_id)


async def revoke(desk: Desk, share_id: int) -> None:
    await desk.nextrung.services.sharing.revoke(await member(desk), share_id)


async def test_a_modal_that_is_opened_while_the_share_ends_is_closed(stored_desk: Desk) -> None:
    desk = stored_desk
    await with_goal(desk)
    one = await share(desk)
    home = await desk.home(desk.manager)
    gate = desk.slack.faults.hold("views.open")
    opening = asyncio.ensure_future(home.press(action_id="share_open.0"))
    await gate.arrived.wait()
    await revoke(desk, one.id)
    gate.release()
    await opening
    await work(desk)
    assert NO_MORE in as_modal(desk.manager.modal).plain


async def test_a_modal_that_is_opened_while_its_owner_is_forgotten_is_closed(desk: Desk) -> None:
    await with_goal(desk)
    await share(desk)
    home = await desk.home(desk.manager)
    gate = desk.slack.faults.hold("views.open")
    opening = asyncio.ensure_future(home.press(action_id="share_open.0"))
    await gate.arrived.wait()
    await desk.nextrung.services.records.forget(await member(desk))
    gate.release()
    await opening
    await work(desk)
    assert NO_MORE in as_modal(desk.manager.modal).plain


async def test_every_modal_of_one_look_is_closed(desk: Desk) -> None:
    await with_goal(desk)
    one = await share(desk)
    shared, boss = desk.nextrung.services.shared_goals, await member(desk, MANAGER)
    views = []
    for _ in range(2):  # at the desk and on the telephone
        shown = await opened(desk, desk.manager)
        views.append(shown.view.id)
        _, look_id = await shared.look(boss, one.id)
    await shared.shown_in(boss, look_id, "V0CLOSED")
    await revoke(desk, one.id)
    await work(desk)
    redrawn = [
        each.request.get("view_id")
        for each in desk.slack.inspector
        if each.name == "views.update" and NO_MORE in str(each.request)
    ]
    assert {*views, "V0CLOSED"} <= {*redrawn}
    assert views[0] != views[1]


async def test_less_is_shown_from_the_moment_that_says_so(desk: Desk) -> None:
    cells = await with_goal(desk)
    one = await share(desk, past=True)
    desk.slack.advance(60)
    await mark(desk, cells[2], Status.WORKING)
    assert "Working on it*" in (await opened(desk, desk.manager)).plain
    desk.slack.advance(60)
    form = as_modal(await (await desk.home(desk.engineer)).press("Change…"))
    await form.fill({"Statuses": "Only what I say from now on"})
    await form.submit()
    shown = (await opened(desk, desk.manager)).plain
    assert "Working on it*" not in shown
    assert "0 met · " in shown
    form = as_modal(await (await desk.home(desk.engineer)).press("Change…"))
    assert "from now on" not in str(form.view.payload), "what it shows now goes on"
    await form.submit()
    async with desk.nextrung.database.read(HERE) as unit:
        kept = await unit.shares.of(one.id)
    assert kept is not None
    assert kept.shows_from is not None
    assert kept.shows_from < desk.slack.clock.now()


async def test_who_slack_says_nothing_of_keeps_nobody_from_being_looked_at(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await with_goal(desk)
    first = await share(desk)
    second = await share(desk, who=CHINESE_ENGINEER)
    care = desk.nextrung.services.share_care
    monkeypatch.setattr("bot.services.teams.care.AT_ONCE", 1)
    monkeypatch.setattr(care, "_profiles", Silent(care._profiles, MANAGER))
    desk.slack.world.change_member(CHINESE_ENGINEER, is_restricted=True)
    await work(desk, CHECKED_EVERY + HOUR)
    await work(desk)
    async with desk.nextrung.database.read(HERE) as unit:
        ended, goes_on = await unit.shares.of(second.id), await unit.shares.of(first.id)
    assert ended is not None
    assert ended.end is ShareEnd.GUEST
    assert goes_on is not None
    assert goes_on.accepted


async def test_what_was_sent_is_taken_back_after_a_long_outage(desk: Desk) -> None:
    desk.faults_expected = True
    await with_goal(desk)
    one = await share(desk)
    sent = letter(desk)
    for _ in range(12):
        desk.slack.faults.error("chat.delete", error="service_unavailable")
    await revoke(desk, one.id)
    for _ in range(14):
        await work(desk, HOUR)
    assert sent.message.deleted
    assert letters(desk) == []


async def test_home_stops_naming_who_shared_once_slack_is_back(desk: Desk) -> None:
    desk.faults_expected = True
    await with_goal(desk)
    one = await share(desk)
    assert "People who share with you" in (await desk.home(desk.manager)).plain
    for _ in range(4):
        desk.slack.faults.error("views.publish", error="service_unavailable")
    await revoke(desk, one.id)
    await work(desk)
    assert "People who share with you" in desk.manager.home.plain
    for _ in range(3):
        await work(desk, HOUR)
    assert "People who share with you" not in desk.manager.home.plain


async def test_a_question_of_a_wrong_clock_is_asked_again(desk: Desk) -> None:
    await with_goal(desk)
    one = await share(desk)
    far = desk.slack.clock.now() + timedelta(days=400)
    async with desk.nextrung.database.write(HERE) as unit:
        assert await unit.shares.asked_again(one.id, at=far)
    await work(desk, RENEW_AFTER)
    for _ in range(12):  # until it is a working hour
        await work(desk, timedelta(hours=8))
    assert [each for each in desk.engineer.messages("dm") if "go on sharing" in each.plain]
    await work(desk, ANSWER_WITHIN)
    async with desk.nextrung.database.read(HERE) as unit:
        assert await unit.shares.by(ENGINEER) == ()


async def test_who_declines_twice_at_once_is_told_of_once(stored_desk: Desk) -> None:
    desk = stored_desk
    await with_goal(desk)
    await ask(desk)
    async with desk.nextrung.database.read(HERE) as unit:
        (one,) = await unit.shares.by(ENGINEER)
    sharing, boss = desk.nextrung.services.sharing, await member(desk, MANAGER)
    ended = await asyncio.gather(
        *(sharing.decline(boss, one.id) for _ in range(6)), return_exceptions=True
    )
    assert all(
        not isinstance(each, Exception) or isinstance(each, NoLongerShared) for each in ended
    )
    async with desk.nextrung.database.read(HERE) as unit:
        told = [
            each
            for each in await unit.letters.kept_of(ENGINEER)
            if each.kind is LetterKind.SHARE_ANSWER
        ]
    assert len(told) == 1


@pytest.mark.parametrize("how", ["revoked", "left", "deactivated"])
async def test_what_was_agreed_counts_no_more_once_the_share_has_ended(
    desk: Desk, how: str
) -> None:
    await with_goal(desk)
    one = await share(desk)
    services, me = desk.nextrung.services, await member(desk)
    boss = await member(desk, MANAGER)
    day = desk.slack.clock.now().date() + timedelta(days=20)
    seen = await services.agreeing.propose(me, one.id, lead_cells(desk)[2], day)
    step = seen.delta.proposals[0].step_id
    await services.agreeing.answer(boss, step, AgreedAct.ACCEPTED)
    assert len((await services.growth.of(me)).growth.agreed) == 1
    mark_ = (await desk.nextrung.database.changes_since(None)).mark
    match how:
        case "revoked":
            await services.sharing.revoke(me, one.id)
        case "left":
            await services.sharing.decline(boss, one.id)
        case _:
            await services.two_people.left(HERE, MANAGER, "deactivated")
    changes = await desk.nextrung.database.changes_since(mark_)
    assert (HERE, ENGINEER) in changes.members, "every process hears of it"
    if how != "deactivated":
        assert (await services.growth.of(me)).growth.agreed == ()


@pytest.mark.parametrize("asked_again", [False, True])
async def test_who_answers_as_an_ask_lapses_has_answered(
    stored_desk: Desk, monkeypatch: pytest.MonkeyPatch, asked_again: bool
) -> None:
    """What is due was looked up just before."""
    desk = stored_desk
    services, shares = desk.nextrung.services, desk.nextrung.database.due_shares
    await with_goal(desk)
    if asked_again:
        one = await share(desk)
        async with desk.nextrung.database.write(HERE) as unit:
            assert await unit.shares.asked_again(one.id, at=desk.slack.clock.now())
    else:
        await ask(desk)
        async with desk.nextrung.database.read(HERE) as unit:
            (one,) = await unit.shares.by(ENGINEER)
    desk.slack.advance((ANSWER_WITHIN + HOUR).total_seconds())
    true = type(shares).due

    async def answered_meanwhile(*given: object, **named: object) -> object:
        found = await true(*given, **named)  # type: ignore[arg-type] # as it was given
        assert ShareDue.LAPSE in {each.what for each in found}
        if asked_again:
            await services.sharing.renew(await member(desk), one.id)
        else:
            await services.sharing.accept(await member(desk, MANAGER), one.id)
        return found

    monkeypatch.setattr(type(shares), "due", answered_meanwhile)
    await services.share_care.turn()
    async with desk.nextrung.database.read(HERE) as unit:
        assert [each.accepted for each in await unit.shares.by(ENGINEER)] == [True]
