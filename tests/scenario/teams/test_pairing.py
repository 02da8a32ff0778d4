"""A helper and a learner: asked without a name, and told of each other only where both said yes."""

from datetime import UTC, datetime, timedelta

from bot.domain.lookup.skill_offer import HelpSide
from bot.domain.teams.helping.pairs import KeptPair
from bot.domain.tenancy import Tenant
from bot.sandbox.handles import MemberHandle, MessageHandle
from bot.sandbox.handles.surface import Surface
from bot.sandbox.samples import CHINESE_ENGINEER, ENGINEER, MANAGER, WORKSPACE
from tests.scenario.desk import Desk, as_message
from tests.scenario.presses import button, pressed

HERE = Tenant(WORKSPACE)
# A Tuesday: an hour at which Berlin and New York both work.
NOON = datetime(2027, 2, 2, 15, tzinfo=UTC)


def read(surface: Surface) -> str:
    return surface.plain.replace("*", "").replace("&amp;", "&")


async def until(desk: Desk, moment: datetime) -> None:
    """Let time pass, then let everything be done that is due by itself."""
    desk.slack.advance((moment - desk.slack.clock.now()).total_seconds())
    await go_on(desk)


async def go_on(desk: Desk) -> None:
    services = desk.nextrung.services
    await desk.nextrung.app.drained(5)
    await services.helper_accounts.turn()
    await services.pairing.turn()
    for _ in range(3):
        await services.effects.turn(desk.nextrung.errands)


def newest(handle: MemberHandle) -> MessageHandle:
    return handle.messages()[-1]


async def asked(desk: Desk) -> tuple[MessageHandle, MessageHandle]:
    """Return what the manager, who helps, and the engineer, who wants to learn, are asked."""
    await until(desk, NOON)
    await desk.manager.command("/growth offer kubernetes")
    await desk.engineer.command("/growth learn kubernetes")
    await go_on(desk)
    return newest(desk.manager), newest(desk.engineer)


async def kept(desk: Desk, slack_id: str) -> KeptPair:
    async with desk.nextrung.database.read(HERE) as work:
        (found,) = await work.pairs.kept_of(slack_id)
    return found


async def test_both_say_yes_and_learn_of_each_other(stored_desk: Desk) -> None:
    desk = stored_desk
    helper, learner = await asked(desk)
    assert "You offer help with Containers & Kubernetes, and somebody" in read(helper)
    assert "You want to learn Containers & Kubernetes, and somebody" in read(learner)
    for message in (helper, learner):
        assert "<@" not in str(message.blocks)
    first = as_message(await helper.press("Yes, Introduce Us"))
    assert "You said yes." in read(first)
    assert first.buttons == []
    await go_on(desk)
    assert "<@" not in str(newest(desk.engineer).blocks)

    told = as_message(await learner.press("Yes, Introduce Us"))
    assert f"<@{MANAGER}>" in str(told.blocks)
    await go_on(desk)
    assert f"<@{ENGINEER}>" in str(newest(desk.manager).blocks)
    assert f"<@{MANAGER}>" in str(newest(desk.engineer).blocks)
    assert (await kept(desk, ENGINEER)).other == MANAGER

    count = [len(each.messages()) for each in (desk.manager, desk.engineer)]
    await until(desk, NOON + timedelta(days=28))
    assert [len(each.messages()) for each in (desk.manager, desk.engineer)] == count, "once"


async def test_nobodys_export_names_the_other_before_both_said_yes(desk: Desk) -> None:
    helper, learner = await asked(desk)
    for handle, other in ((desk.manager, ENGINEER), (desk.engineer, MANAGER)):
        assert other not in await exported(desk, handle)
    for message in (helper, learner):
        await message.press("Yes, Introduce Us")
    await go_on(desk)
    assert MANAGER in await exported(desk, desk.engineer)


async def exported(desk: Desk, handle: MemberHandle) -> str:
    """Return the JSON file with all that is held of somebody."""
    await handle.command("/growth export")
    await desk.drained()
    files = [each for each in newest(handle).shared if each.name.endswith(".json")]
    return (files[0].content or b"").decode()


async def test_a_no_leaves_no_trace_for_the_other(stored_desk: Desk) -> None:
    desk = stored_desk
    helper, learner = await asked(desk)
    yes = as_message(await learner.press("Yes, Introduce Us"))
    before = [(each.ts, each.plain) for each in desk.engineer.messages()]
    no = as_message(await helper.press("No, Thanks"))
    assert "You said no." in read(no)
    await until(desk, NOON + timedelta(days=40))
    assert [(each.ts, each.plain) for each in desk.engineer.messages()] == before
    mine = await kept(desk, ENGINEER)
    assert mine == KeptPair("containers-kubernetes", HelpSide.LEARN, mine.at, True, None)
    assert "You said yes." in read(yes)


async def test_a_yes_after_the_others_no_reads_as_one_before_it(desk: Desk) -> None:
    helper, learner = await asked(desk)
    await helper.press("No, Thanks")
    said = as_message(await learner.press("Yes, Introduce Us"))
    assert "If the other does too, I tell you both" in read(said)
    await go_on(desk)
    assert "<@" not in str([each.blocks for each in desk.engineer.messages()])


async def test_it_waits_for_working_hours_and_for_the_end_of_a_pause(desk: Desk) -> None:
    await until(desk, NOON)
    await desk.engineer.command("/growth goal llm-engineer lead")
    await desk.engineer.command("/growth pause 2w")
    night = NOON + timedelta(hours=9)
    await until(desk, night)
    await desk.manager.command("/growth offer kubernetes")
    await desk.engineer.command("/growth learn kubernetes")
    await go_on(desk)
    assert not [each for each in desk.manager.messages() if "Introduce" in str(each.blocks)]
    await until(desk, NOON + timedelta(days=1))
    assert "Introduce" in str(newest(desk.manager).blocks)
    assert not [each for each in desk.engineer.messages() if "Introduce" in str(each.blocks)]


async def test_an_offer_taken_back_before_the_letter_comes_is_not_asked_about(desk: Desk) -> None:
    await until(desk, NOON + timedelta(hours=9))
    made = await desk.manager.command("/growth offer kubernetes")
    await desk.engineer.command("/growth learn kubernetes")
    await go_on(desk)
    await made.press("Take Back")
    await until(desk, NOON + timedelta(days=1))
    for handle in (desk.manager, desk.engineer):
        assert not [each for each in handle.messages() if "Introduce" in str(each.blocks)]


async def test_forget_me_takes_back_what_the_other_was_sent(desk: Desk) -> None:
    helper, learner = await asked(desk)
    for message in (helper, learner):
        await message.press("Yes, Introduce Us")
    await go_on(desk)
    await (await desk.manager.command_view("/growth forget-me")).submit()
    await go_on(desk)
    shown = [each for each in desk.engineer.messages() if not each.deleted]
    assert MANAGER not in str([each.blocks for each in shown])


async def test_a_colleague_cannot_answer_for_one_of_the_two(desk: Desk) -> None:
    helper, _ = await asked(desk)
    value = helper.blocks[1]["elements"][0]["value"]
    await desk.interact(
        pressed(
            desk,
            button("answer_pair.1", value),
            user={"id": CHINESE_ENGINEER, "team_id": WORKSPACE},
        )
    )
    assert (await kept(desk, MANAGER)).said is None
