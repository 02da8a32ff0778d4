"""A colleague is asked about one expectation; what becomes of the answer the member decides."""

import asyncio
from datetime import timedelta

import pytest

from bot.documents.my_data.as_json import my_data
from bot.domain.growth.packet import Saw
from bot.domain.teams.confirmation import (
    OPEN_FOR,
    SAME_ASK_AFTER,
    SAME_PERSON_AFTER,
    ConfirmationState,
    NoLongerAsked,
)
from bot.sandbox.handles import ViewHandle
from bot.sandbox.samples import (
    ADMIN,
    BOT,
    CHINESE_ENGINEER,
    DEACTIVATED,
    ENGINEER,
    GUEST,
    MANAGER,
)
from bot.store.database import Database
from tests.scenario.desk import Desk, as_modal
from tests.scenario.growing import member
from tests.scenario.teams.asking import (
    HERE,
    SENTENCE,
    answer,
    ask,
    details,
    kept,
    letters,
    only,
    work,
)
from tests.scenario.teams.packets import packet

WORDS = "I was in the *room*, and <!here> it changed what we built"
MINUTE = timedelta(minutes=1)


def wrong(form: ViewHandle) -> str:
    assert form.is_open
    return " ".join(form.errors.values())


async def test_a_colleague_is_asked_answers_and_the_answer_is_taken_along(
    stored_desk: Desk,
) -> None:
    desk = stored_desk
    told = await ask(desk)
    assert f"I asked <@{MANAGER}>" in told.plain
    (letter,) = letters(desk)
    assert "review" in letter.plain
    assert "Technical Strategy" in letter.plain
    assert "in a packet with your name" in letter.plain, "consent is named in the ask"
    assert "<!channel>" not in letter.plain

    await answer(desk, "Saw It", WORDS)
    assert "You told" in letters(desk)[0].plain
    got = desk.engineer.messages()[-1]
    assert f"<@{MANAGER}>: saw it" in got.plain
    assert "it changed what we built" in got.plain
    assert "<!here>" not in got.plain
    assert "not in your packet" in got.plain
    assert "Voices" not in await packet(desk)

    await got.press("Put into My Packet")
    assert "It is in your packet" in desk.engineer.messages()[-2].plain
    page = await packet(desk)
    assert "## Voices" in page
    assert "it changed what we built" in page
    assert "0 of" in page.partition("Where I stand")[2][:40], "an answer is no mark"
    shown = await details(desk)
    await shown.press("Leave Out of My Packet")
    assert "Voices" not in await packet(desk)


async def test_details_show_who_was_asked_and_how_to_withdraw(desk: Desk) -> None:
    shown = await details(desk)
    assert "Nobody was asked yet" in shown.plain
    form = as_modal(await shown.press("Ask a Colleague"))
    await form.fill({"Whom do you ask?": MANAGER, "What did they see?": SENTENCE})
    await form.submit()
    await work(desk)
    again = await details(desk)
    assert f"<@{MANAGER}> was asked on" in again.plain

    await again.press("Withdraw")
    await work(desk)
    assert letters(desk) == []
    assert "Nobody was asked yet" in (await details(desk)).plain
    found = await only(desk)
    assert (found.state, found.sentence) == (ConfirmationState.OVER, "")


async def test_an_answer_is_taken_back_everywhere(desk: Desk) -> None:
    await ask(desk)
    await answer(desk, "Not Really", WORDS)
    await desk.engineer.messages()[-1].press("Put into My Packet")
    assert "## Voices" in await packet(desk)

    await letters(desk)[0].press("Take My Answer Back")
    await work(desk)
    assert "No answer of yours is kept" in desk.manager.messages()[-1].plain
    assert "changed what we built" not in "".join(
        each.plain for each in desk.engineer.messages() if not each.shared
    )
    assert "Voices" not in await packet(desk)
    assert (await only(desk)).words == ""


async def test_declined_or_left_an_ask_leaves_no_trace(desk: Desk) -> None:
    await ask(desk)
    before = len(desk.engineer.messages())
    await letters(desk)[0].press("Rather Not Answer")
    await work(desk)
    assert letters(desk) == []
    assert len(desk.engineer.messages()) == before, "nobody is told"

    await work(desk, OPEN_FOR + MINUTE)
    assert (await only(desk)).sentence == ""
    await ask(desk, number=1)
    assert len(letters(desk)) == 1
    await work(desk, OPEN_FOR + MINUTE)
    assert letters(desk) == []
    await work(desk, SAME_ASK_AFTER - OPEN_FOR + MINUTE)
    assert await kept(desk) == ()
    assert len(desk.engineer.messages()) == before


async def test_who_asked_cannot_tell_declined_from_not_answered(desk: Desk) -> None:
    """Details, the limits and the file are the same for both, at every moment."""
    for who, number in ((MANAGER, 0), (ADMIN, 1)):
        await ask(desk, who, number=number)
    await letters(desk)[0].press("Rather Not Answer")
    await work(desk)
    me = await member(desk)
    for days in (1, 7, 8, 13, 15, 20):
        start = (await kept(desk))[0].asked_at
        await work(desk, start + timedelta(days=days) - desk.slack.clock.now() + 2 * MINUTE)
        seen = []
        for who, number in ((MANAGER, 0), (ADMIN, 1)):
            details_say = (await details(desk, number)).plain
            refused = wrong(await ask(desk, who, number=number))
            seen.append((f"<@{who}> was asked on" in details_say, refused))
        assert seen[0] == seen[1]
        assert seen[0][0] is (days < 14)
        record = await desk.nextrung.services.records.everything(me)
        told = my_data(record)["confirmations"]
        assert told[0]["state"] == told[1]["state"]
        assert told[0]["sentence"] == told[1]["sentence"]
    await work(desk, timedelta(days=1, minutes=2))
    assert await kept(desk) == ()
    await ask(desk, MANAGER)
    assert len(await kept(desk)) == 1


async def test_who_declined_is_not_asked_about_the_same_for_a_while(desk: Desk) -> None:
    await ask(desk)
    await letters(desk)[0].press("Rather Not Answer")
    await work(desk, SAME_PERSON_AFTER + timedelta(days=1))
    assert "about this lately" in wrong(await ask(desk))
    assert letters(desk) == []
    await ask(desk, number=1)
    assert len(letters(desk)) == 1


async def test_who_asked_may_withdraw_what_was_declined(desk: Desk) -> None:
    await ask(desk)
    await letters(desk)[0].press("Rather Not Answer")
    await work(desk)
    await (await details(desk)).press("Withdraw")
    assert "was asked on" not in (await details(desk)).plain
    assert (await only(desk)).sentence == ""


async def test_ask_and_answer_arrive_at_once(desk: Desk) -> None:
    """What a press writes goes out beside its answer, before any turn of the errands."""
    form = as_modal(await (await details(desk)).press("Ask a Colleague"))
    await form.fill({"Whom do you ask?": MANAGER, "What did they see?": SENTENCE})
    await form.submit()
    await desk.nextrung.app.drained(5)
    assert len(letters(desk)) == 1
    form = as_modal(await letters(desk)[0].press("Saw It"))
    await form.submit()
    await desk.nextrung.app.drained(5)
    assert f"<@{MANAGER}>: saw it" in desk.engineer.messages()[-1].plain
    await letters(desk)[0].press("Take My Answer Back")
    await desk.nextrung.app.drained(5)
    assert not any("saw it" in each.plain for each in desk.engineer.messages())


async def test_three_may_wait_and_the_same_person_is_asked_once_a_week(desk: Desk) -> None:
    await ask(desk, MANAGER)
    assert "less than a week ago" in wrong(await ask(desk, MANAGER, number=1))
    await ask(desk, ADMIN, number=1)
    await ask(desk, CHINESE_ENGINEER, number=2)
    assert len(await kept(desk)) == 3
    assert "你是否见过这件事" in desk.chinese.messages()[-1].plain
    await work(desk, SAME_PERSON_AFTER + MINUTE)
    assert "Three of your asks wait" in wrong(await ask(desk, MANAGER, number=3))
    await answer(desk)
    await ask(desk, MANAGER, number=3)
    assert len(await kept(desk)) == 4


@pytest.mark.parametrize(
    ("who", "why"),
    [
        (ENGINEER, "Choose somebody else"),
        (GUEST, "Guests and people of other workspaces"),
        (BOT, "an app, not a person"),
        (DEACTIVATED, "deactivated"),
    ],
)
async def test_whom_nobody_can_ask(desk: Desk, who: str, why: str) -> None:
    assert why in wrong(await ask(desk, who))
    assert await kept(desk) == ()


async def test_slack_that_does_not_say_who_it_is_means_no(desk: Desk) -> None:
    desk.faults_expected = True
    desk.slack.faults.error("users.info", error="internal_error", times=9)
    assert "does not tell me who this is" in wrong(await ask(desk, MANAGER))
    assert letters(desk) == []


async def test_an_ask_needs_words(desk: Desk) -> None:
    assert "Say in a sentence" in wrong(await ask(desk, sentence=" \n "))


async def test_answered_twice_the_first_answer_holds(desk: Desk) -> None:
    await ask(desk)
    (letter,) = letters(desk)
    form = as_modal(await letter.press("Saw It"))
    await desk.nextrung.services.confirmations.answer(
        await member(desk, MANAGER), (await only(desk)).id, Saw.CANNOT_SAY, ""
    )
    await form.submit()
    assert "This ask is over" in wrong(form)
    assert (await only(desk)).saw is Saw.CANNOT_SAY


async def test_withdrawn_and_answered_at_once_only_one_holds(stored_desk: Desk) -> None:
    desk = stored_desk
    await ask(desk)
    found, services = await only(desk), desk.nextrung.services.confirmations
    done = await asyncio.gather(
        services.answer(await member(desk, MANAGER), found.id, Saw.SAW_IT, WORDS),
        services.withdraw(await member(desk), found.id),
        return_exceptions=True,
    )
    assert not isinstance(done[1], Exception), "a withdrawal ends an answer too"
    await work(desk)
    after = await only(desk)
    assert (after.state, after.words, after.saw) == (ConfirmationState.OVER, "", None)
    assert letters(desk) == []
    assert "changed what we built" not in "".join(e.plain for e in desk.engineer.messages())


async def test_a_button_of_somebody_elses_ask_says_nothing_of_it(desk: Desk) -> None:
    await ask(desk)
    found, services = await only(desk), desk.nextrung.services.confirmations
    stranger = await member(desk, ADMIN)
    for act in (
        services.of(stranger, found.id),
        services.answer(stranger, found.id, Saw.SAW_IT, ""),
        services.decline(stranger, found.id),
        services.withdraw(stranger, found.id),
        services.include(stranger, found.id, included=True),
        services.of(stranger, found.id + 99),
    ):
        with pytest.raises(NoLongerAsked):
            await act
    assert (await only(desk)).state is ConfirmationState.ASKED


async def test_who_left_before_answering_leaves_an_ask_that_ends(desk: Desk) -> None:
    await ask(desk)
    desk.slack.world.members[MANAGER].deleted = True
    await work(desk, OPEN_FOR + MINUTE)
    assert (await only(desk)).state is ConfirmationState.OVER
    await work(desk, SAME_ASK_AFTER - OPEN_FOR)
    assert await kept(desk) == ()


@pytest.mark.parametrize("who", [ENGINEER, MANAGER])
async def test_forgetting_either_takes_the_words_of_both_away(desk: Desk, who: str) -> None:
    await ask(desk)
    await answer(desk, "Saw It", WORDS)
    services = desk.nextrung.services
    record = await services.records.everything(await member(desk, who))
    assert [each.words for each in record.confirmations] == [WORDS]

    await services.records.forget(await member(desk, who))
    await work(desk)
    assert await kept(desk) == ()
    assert letters(desk) == []
    both = [*desk.engineer.messages(), *desk.manager.messages()]
    assert "changed what we built" not in "".join(each.plain for each in both)
    assert "review" not in "".join(each.plain for each in both)


async def test_what_another_process_kept_is_heard_of(stored_desk: Desk, bot_url: str) -> None:
    desk = stored_desk
    await ask(desk)
    assert "was asked on" in (await details(desk)).plain
    await desk.nextrung.services.members.refresh()
    found, elsewhere = await only(desk), Database(bot_url)
    now = desk.nextrung.services.clock.now()
    async with elsewhere.write(HERE) as work_there:
        repository = work_there.confirmations
        assert await repository.answer(found.id, MANAGER, Saw.SAW_IT, "There", at=now) == ENGINEER
        assert await repository.answer(found.id, MANAGER, Saw.SAW_IT, "Twice", at=now) is None
    await elsewhere.dispose()

    heard = await desk.nextrung.services.members.refresh()

    assert (HERE, ENGINEER) in heard.members
    assert "There" in (await details(desk)).plain
