"""The other marks in their own column, sends it, and the member answers; neither in the other's."""

from datetime import timedelta

import pytest

from bot.domain.framework import CellKey
from bot.domain.growth.assessment import Status
from bot.domain.teams.manager_marks import item_key
from bot.sandbox.handles import ViewHandle
from bot.sandbox.samples import ENGINEER, MANAGER
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import mark, member, name_of
from tests.scenario.teams.packets import packet
from tests.scenario.teams.shares import HERE, opened, share, with_goal, work


async def _mark(desk: Desk, cell: CellKey, choice: str) -> ViewHandle:
    """Let the manager choose in the menu of an expectation, on whatever page it stands."""
    shown = await opened(desk, desk.manager)
    while (number := _place(shown, cell)) is None:
        (following,) = [each for each in shown.buttons if each.startswith("Next")]
        shown = as_modal(await shown.press(following))
    return as_modal(await shown.choose(f"manager_mark.{number}", choice))


def _place(shown: ViewHandle, cell: CellKey) -> int | None:
    """Return the number of the menu of an expectation; None where it is on another page."""
    menus = [str(each.get("block_id")) for each in shown.blocks if "accessory" in each]
    found = [item_key(cell) in each for each in menus]
    return found.index(True) if any(found) else None


async def test_marks_are_drafted_sent_and_answered(stored_desk: Desk) -> None:
    desk = stored_desk
    cells = await with_goal(desk)
    await share(desk)
    shown = await _mark(desk, cells[0], "Working on it")
    assert "You mark it *Working on it*, not sent yet" in shown.plain
    await _mark(desk, cells[1], "Not yet")
    await work(desk)
    home = await desk.home(desk.engineer)
    assert "Their Marks" not in home.plain, "nothing of a draft is seen"
    progress = (await desk.engineer.command("/growth")).plain

    shown = as_modal(await (await opened(desk, desk.manager)).press("Send 2 Marks"))
    assert "You see it differently" in shown.plain
    assert "1 to talk about first" in shown.plain
    await work(desk)
    told = desk.engineer.messages("dm")[-1]
    assert "sent you marks on your goal" in told.plain
    assert "*1 you see differently* · 1 you have not assessed yet" in told.plain

    column = as_modal(await told.press("Show"))
    first, second = (column.plain.index(name_of(desk, each)) for each in cells[:2])
    assert first < second, "disagreements come first"
    assert "You: *Met* · " in column.plain
    form = as_modal(await column.press("Reply…"))
    await form.fill({"What do you want to say to it?": "I ran <!channel> it twice"})
    await form.submit()
    await work(desk)
    said = desk.manager.messages("dm")[-1]
    assert "answers your mark:" in said.plain
    assert "I ran &lt;!channel&gt; it twice" in said.plain
    assert "<!channel>" not in str(said.message.blocks)
    assert "I ran" in (await opened(desk, desk.manager)).plain
    assert (await desk.engineer.command("/growth")).plain == progress, "marks count in no figure"


async def test_the_member_reads_marks_beside_all_that_they_say(desk: Desk) -> None:
    cells = await with_goal(desk)  # says "met" of the first, before it is shared
    await share(desk, past=False)
    for cell, choice in ((cells[0], "Met"), (cells[1], "Not yet")):
        await _mark(desk, cell, choice)
    shown = as_modal(await (await opened(desk, desk.manager)).press("Send 2 Marks"))
    assert "*Open*: nothing said of it since <!date^" in shown.plain
    assert "They say" not in shown.plain, "they were asked nothing, and said nothing"
    await work(desk)
    told = desk.engineer.messages("dm")[-1]
    assert "1 you see alike · 1 you have not assessed yet" in told.plain
    column = as_modal(await told.press("Show")).plain
    assert "You: *Met* · " in column
    assert "You: *Not assessed yet* · " in column


async def test_two_answers_come_as_two_letters(desk: Desk) -> None:
    cells = await with_goal(desk)
    one = await share(desk)
    await _mark(desk, cells[0], "Not yet")
    await (await opened(desk, desk.manager)).press("Send 1 Mark")
    await work(desk)
    me, marking = await member(desk), desk.nextrung.services.marking
    async with desk.nextrung.database.read(HERE) as unit:
        (mark_,) = await unit.manager_marks.of(one.id)
    for note in ("the first answer", "the second answer"):
        await marking.reply(me, one.id, mark_.id, note)
        desk.slack.advance(60)
    await work(desk)
    first, second = [each.plain for each in desk.manager.messages("dm") if "answers" in each.plain]
    assert "the first answer" in first
    assert "the second answer" in second


async def test_a_note_goes_along_and_a_mark_is_taken_back(desk: Desk) -> None:
    cells = await with_goal(desk)
    await share(desk)
    form = await _mark(desk, cells[2], "With a note…")
    await form.fill({"Mark": "Met", "Note": "seen in the quiet review"})
    await form.submit()
    await work(desk)
    assert "seen in the quiet review" in (await opened(desk, desk.manager)).plain
    await (await opened(desk, desk.manager)).press("Send 1 Mark")
    await work(desk)
    assert (
        "seen in the quiet review"
        in as_modal(await (await desk.home(desk.engineer)).press("Their Marks")).plain
    )
    await _mark(desk, cells[2], "Take back")
    await (await opened(desk, desk.manager)).press("Send 1 Mark")
    await work(desk)
    column = as_modal(await (await desk.home(desk.engineer)).press("Their Marks"))
    assert "has no marks on your goal now" in column.plain
    async with desk.nextrung.database.read(HERE) as unit:
        (one,) = await unit.shares.by(ENGINEER)
        history = await unit.manager_marks.of(one.id)
    assert [each.status for each in history] == [Status.MET, None], "nothing of it is rewritten"


async def test_what_is_not_sent_goes_with_the_share(stored_desk: Desk) -> None:
    desk = stored_desk
    cells = await with_goal(desk)
    one = await share(desk)
    await _mark(desk, cells[0], "Not yet")
    await (await opened(desk, desk.manager)).press("Send 1 Mark")
    await _mark(desk, cells[1], "Met")
    await (await desk.home(desk.engineer)).press("Stop Sharing")
    await work(desk)
    assert "no longer shared" in as_modal(desk.manager.modal).plain
    async with desk.nextrung.database.read(HERE) as unit:
        history = await unit.manager_marks.of(one.id)
    assert [(each.cell, each.sent) for each in history] == [(cells[0], True)]
    assert "Their Marks" not in (await desk.home(desk.engineer)).plain


async def test_a_later_word_of_the_member_moves_what_differs(desk: Desk) -> None:
    cells = await with_goal(desk)
    await share(desk)
    await _mark(desk, cells[3], "Met")
    await (await opened(desk, desk.manager)).press("Send 1 Mark")
    shown = await opened(desk, desk.manager)
    assert "1 to talk about first" in shown.plain
    assert "Only you say something of it here" in shown.plain
    assert "differently" not in shown.plain, "they said nothing that could be different"
    desk.slack.advance(timedelta(hours=1).total_seconds())
    await mark(desk, cells[3])
    later = (await opened(desk, desk.manager)).plain
    assert "to talk about" not in later
    assert "Only you say" not in later


@pytest.mark.parametrize("choice", ["Met", "Working on it", "Not yet"])
async def test_what_the_member_said_nothing_of_is_never_said_to_be_a_view_of_theirs(
    desk: Desk, choice: str
) -> None:
    cells = await with_goal(desk)
    await share(desk)
    await _mark(desk, cells[3], choice)
    shown = as_modal(await (await opened(desk, desk.manager)).press("Send 1 Mark"))
    first = choice != "Not yet"
    assert ("1 to talk about first" in shown.plain) is first
    assert ("Only you say something of it here" in shown.plain) is first
    await work(desk)
    letter = desk.engineer.messages("dm")[-1]
    column = as_modal(await letter.press("Show")).plain
    for words in (letter.plain, column):
        assert "1 you have not assessed yet" in words
        assert "differently" not in words
        assert "alike" not in words
    assert "You: *Not assessed yet*" in column

    page = await packet(desk)
    assert f"Member: Not assessed yet · Sample Manager: {choice}" in page
    assert "Member: Not yet" not in page

    # In Chinese as well.
    await desk.engineer.command("/growth language 中文")
    chinese = as_modal(await letter.press("Show")).plain
    assert "1 项你还没有评估" in chinese
    assert "看法" not in chinese
    await desk.manager.command("/growth language 中文")
    shown = await opened(desk, desk.manager)
    assert ("这里只有你表达了看法" in shown.plain) is first
    assert "你们的看法不同" not in shown.plain


async def test_forgetting_either_forgets_the_marks(stored_desk: Desk) -> None:
    desk = stored_desk
    cells = await with_goal(desk)
    one = await share(desk)
    await _mark(desk, cells[0], "Not yet")
    await (await opened(desk, desk.manager)).press("Send 1 Mark")
    await work(desk)
    form = await desk.manager.command_view("/growth forget-me")
    await form.submit()
    await work(desk)
    async with desk.nextrung.database.read(HERE) as unit:
        assert await unit.manager_marks.of(one.id) == []
    assert MANAGER not in (await desk.home(desk.engineer)).plain


async def test_what_was_sent_stands_in_the_packet(desk: Desk) -> None:
    cells = await with_goal(desk)
    await share(desk)
    form = await _mark(desk, cells[0], "With a note…")
    await form.fill({"Mark": "Not yet", "Note": "one quiet launch is missing"})
    await form.submit()
    await work(desk)
    assert "one quiet launch" not in await packet(desk), "what is drafted is nobody's but theirs"
    await (await opened(desk, desk.manager)).press("Send 1 Mark")
    await work(desk)
    page = await packet(desk)
    assert "## The manager's column" in page
    assert "one quiet launch is missing" in page
    assert "Sample Manager" in page
