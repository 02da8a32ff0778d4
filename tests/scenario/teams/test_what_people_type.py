"""What people type to each other: emoji, commands to Slack, right to left, far too much of it."""

import pytest

from bot.domain.teams.talk import MAX_POINT
from bot.sandbox.handles import MemberHandle, ViewHandle
from bot.sandbox.samples import ENGINEER, MANAGER
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import lead_cells, mark, member
from tests.scenario.teams.asking import answer as answer_ask
from tests.scenario.teams.asking import ask as ask_colleague
from tests.scenario.teams.shares import letters as share_letters
from tests.scenario.teams.shares import opened, work
from tests.scenario.teams.shares import share as share_goal
from tests.scenario.teams.test_agreed import propose, talks
from tests.scenario.teams.two_people import deliver, share, told
from tests.unit.cards.surfaces import objects

LIVE = ("<!channel>", "<!here>", "<@U0ADMIN>")
TYPED = "🚀 <!channel> <@U0ADMIN> *bold* `x` & שלום עולם, مرحبا"
LONG = TYPED + " long" * 600


def nothing_live(*people: MemberHandle) -> bool:
    """Tell whether nobody was called by what somebody typed; the card's own mentions aside."""
    sent = [each for one in people for each in one.messages()]
    blocks = [block for each in sent for block in each.blocks]
    for one in people:
        if isinstance(one.modal, ViewHandle):
            blocks += one.modal.blocks
    # What is plain text, such as a label for screen readers, calls nobody whatever it says.
    shown = [each["text"] for each in objects(blocks) if each.get("type") == "mrkdwn"]
    assert shown
    shown += [each.text for each in sent]
    return not any(each in one for one in shown for each in LIVE)


@pytest.mark.parametrize("typed", [TYPED, LONG], ids=["odd", "long"])
async def test_notes_of_marks_and_answers_are_shown_and_call_nobody(desk: Desk, typed: str) -> None:
    await desk.engineer.command("/growth goal llm-engineer lead")
    await mark(desk, lead_cells(desk)[0])
    await share_goal(desk)
    shown = await opened(desk, desk.manager)
    form = as_modal(await shown.choose("manager_mark.0", "With a note…"))
    await form.fill({"Mark": "Met", "Note": typed[:3000]})
    kept = await form.submit()
    if typed == LONG and isinstance(kept, ViewHandle) and kept.errors:
        # Told at the field, and nothing typed is lost.
        assert kept.is_open
        await form.fill({"Note": typed[:1000]})
        await form.submit()
    await work(desk)
    await (await opened(desk, desk.manager)).press("Send 1 Mark")
    await work(desk)
    column = as_modal(await (await desk.home(desk.engineer)).press("Their Marks"))
    assert "🚀" in column.plain
    assert nothing_live(desk.engineer, desk.manager)
    form = as_modal(await column.press("Reply…"))
    await form.fill({"What do you want to say to it?": TYPED})
    await form.submit()
    await work(desk)
    assert "answers your mark" in desk.manager.messages("dm")[-1].plain
    assert nothing_live(desk.engineer, desk.manager)


async def test_points_of_a_talk_are_kept_or_told_at_their_field(desk: Desk) -> None:
    await share(desk)
    form = as_modal(await (await talks(desk, desk.manager)).press("Note What You Agreed"))
    await form.fill({"What did you agree?": LONG[:3000]})
    again = as_modal(await form.submit())
    assert str(MAX_POINT) in str(again.errors)
    await again.fill({"What did you agree?": "\n".join(f"{n}" for n in range(11))})
    again = as_modal(await again.submit())
    assert again.errors
    await again.fill({"What did you agree?": f"\n\n- {TYPED}\n  \n"})
    await again.submit()
    await deliver(desk)
    assert "🚀" in (await talks(desk, desk.engineer)).plain
    assert nothing_live(desk.engineer, desk.manager)


async def test_sentences_and_answers_of_a_colleague_call_nobody(desk: Desk) -> None:
    await ask_colleague(desk, sentence=TYPED)
    await answer_ask(desk, "Not Really", TYPED)
    assert "🚀" in desk.engineer.messages()[-1].plain
    assert nothing_live(desk.engineer, desk.manager)


async def test_ended_while_the_other_types_nothing_is_kept(desk: Desk) -> None:
    await desk.engineer.command("/growth goal llm-engineer lead")
    await share_goal(desk)
    shown = await opened(desk, desk.manager)
    form = as_modal(await shown.choose("manager_mark.0", "With a note…"))
    await form.fill({"Mark": "Met", "Note": "typed too late"})
    await (await desk.home(desk.engineer)).press("Stop Sharing")
    await work(desk)
    await form.submit()
    await work(desk)
    everything = await desk.nextrung.services.records.everything(await member(desk, MANAGER))
    assert "typed too late" not in repr(everything)
    assert share_letters(desk) == []


async def test_each_may_share_with_the_other(desk: Desk) -> None:
    """A manager becomes somebody's report: the two shares know nothing of each other."""
    await desk.engineer.command("/growth goal llm-engineer lead")
    await share_goal(desk)
    await desk.manager.command("/growth goal mlops-engineer principal")
    form = await desk.manager.command_view(f"/growth share <@{ENGINEER}>")
    await form.submit()
    await work(desk)
    await desk.engineer.messages("dm")[-1].press("Accept")
    await work(desk)
    for handle, theirs in ((desk.engineer, "Lead → Principal"), (desk.manager, "Senior → Lead")):
        home = await desk.home(handle)
        assert "People who share with you" in home.plain
        assert "Who sees my goal" in home.plain
        assert theirs in (await opened(desk, handle)).plain
    await (await desk.home(desk.engineer)).press("Stop Sharing")
    await work(desk)
    assert "People who share with you" not in (await desk.home(desk.manager)).plain
    assert "Lead → Principal" in (await opened(desk, desk.engineer)).plain


async def test_proposal_whose_day_has_passed_can_still_be_put_away(desk: Desk) -> None:
    await share(desk)
    await propose(desk, desk.engineer, 0)
    desk.slack.advance(40 * 24 * 3600)
    await told(desk.manager, "proposes:")[-1].press("Accept")
    await deliver(desk)
    modal = await talks(desk, desk.engineer)
    assert "Nothing is agreed yet." in modal.plain
    assert "Withdraw" not in modal.buttons
