"""What an answer to a nudge leads to, or none: another one, a question, quiet, a later day."""

import pytest

from bot.domain.errors import OutdatedCard
from bot.domain.growth.assessment import Status
from bot.domain.nudges.cadence import Cadence
from bot.domain.nudges.message import Digest, LessOften, NudgeAnswer, OneNudge, PutOff
from tests.integration.nudges.one_member import DAY, asked, mark_all, one
from tests.integration.nudges.post_office import TEN_O_CLOCK, WEEK, PostOffice


async def test_unanswered_nudges_lead_to_one_question_then_to_quiet_and_a_digest(
    office: PostOffice,
) -> None:
    member = await one(office)
    services = office.nextrung.services
    await office.work(TEN_O_CLOCK)
    for _ in range(9):
        await office.work(WEEK)
    rows = await office.rows(member)
    assert [row.form or row.reason for row in rows] == [
        *["one"] * 3,
        "less_often",
        *["quiet"] * 3,
        "digest",
        *["quiet"] * 2,
    ]
    question, digest = rows[3], rows[7]
    shown = await services.nudges.shown(member, office.shelf, digest.id)
    assert isinstance(shown.body, Digest)
    assert len(shown.body.choices) == 3
    asked_for = shown.body.choices[1].cell
    picked = await services.nudges.pick(member, office.shelf, digest.id, asked_for)
    assert picked.cell == asked_for
    assert (await office.plan(member)).ignored == 0
    answered = await services.nudges.less(member, question.id, NudgeAnswer.LESS_OFTEN)
    assert isinstance(answered.body, LessOften)
    assert answered.answer is NudgeAnswer.LESS_OFTEN
    again = await services.nudges.less(member, question.id, NudgeAnswer.STOPPED)
    assert again.answer is NudgeAnswer.LESS_OFTEN
    settings = (await office.plan(member)).plan.settings
    assert (settings.cadence, settings.stopped) == (Cadence.TWO_WEEKS, False)


async def test_an_answer_keeps_the_question_away(small_office: PostOffice) -> None:
    member = await one(small_office)
    await small_office.work(TEN_O_CLOCK)
    for _ in range(5):
        row = (await small_office.rows(member))[-1]
        await small_office.nextrung.services.nudges.answer(
            member,
            small_office.shelf,
            row.id,
            await asked(small_office, member),
            NudgeAnswer.WORKING,
        )
        await small_office.work(WEEK)
    assert [row.form for row in await small_office.rows(member)] == ["one"] * 6


async def test_later_comes_on_its_day_and_moves_nothing(office: PostOffice) -> None:
    member = await one(office)
    await office.work(TEN_O_CLOCK)
    (row,) = await office.rows(member)
    cell = await asked(office, member)
    nudges = office.nextrung.services.nudges
    regular = (await office.plan(member)).plan.regular_at
    shown = await nudges.later(member, office.shelf, row.id, cell, PutOff.TOMORROW)
    assert shown.answer is NudgeAnswer.LATER
    assert shown.until == office.now + DAY
    again = await nudges.later(member, office.shelf, row.id, cell, PutOff.IN_A_MONTH)
    assert again == shown
    assert (await office.plan(member)).plan.regular_at == regular
    await office.work(DAY)
    first, second = await office.rows(member)
    assert (second.kind, second.state, second.skill_key) == ("later", "sent", first.skill_key)
    assert (await office.plan(member)).plan.regular_at == regular
    await office.work(6 * DAY)
    third = (await office.rows(member))[2]
    assert (third.kind, third.state) == ("regular", "sent")
    assert third.skill_key != first.skill_key


async def test_what_was_put_off_and_is_met_meanwhile_stays_away(small_office: PostOffice) -> None:
    member = await one(small_office)
    await small_office.work(TEN_O_CLOCK)
    (row,) = await small_office.rows(member)
    cell = await asked(small_office, member)
    services = small_office.nextrung.services
    await services.nudges.later(member, small_office.shelf, row.id, cell, PutOff.TOMORROW)
    await services.assessing.mark(member, small_office.shelf, cell, Status.MET)
    await small_office.work(DAY)
    assert [(row.state, row.reason) for row in await small_office.rows(member)] == [
        ("sent", None),
        ("cancelled", "settled"),
    ]


async def test_another_offers_each_once(office: PostOffice) -> None:
    member = await one(office)
    await mark_all(office, member, Status.NOT_RELEVANT, but=3)
    await office.work(TEN_O_CLOCK)
    (row,) = await office.rows(member)
    nudges = office.nextrung.services.nudges
    seen = [await asked(office, member)]
    for left in (1, 0):
        shown = await nudges.another(member, office.shelf, row.id, seen[-1])
        assert isinstance(shown.body, OneNudge)
        assert shown.body.only is (left == 0)
        # A second device still shows the one before.
        assert await nudges.another(member, office.shelf, row.id, seen[-1]) == shown
        assert shown.cell is not None
        seen.append(shown.cell)
    assert len(set(seen)) == 3
    assert (await nudges.another(member, office.shelf, row.id, seen[-1])).cell == seen[-1]
    late = await nudges.answer(member, office.shelf, row.id, seen[0], NudgeAnswer.NOT_RELEVANT)
    assert late.answer is None
    await office.work(WEEK)
    assert (await asked(office, member)) != seen[-1]


async def test_an_answer_counts_once(office: PostOffice) -> None:
    member = await one(office)
    await office.work(TEN_O_CLOCK)
    (row,) = await office.rows(member)
    cell = await asked(office, member)
    services = office.nextrung.services
    for given in (NudgeAnswer.DID_IT, NudgeAnswer.NOT_RELEVANT):
        shown = await services.nudges.answer(member, office.shelf, row.id, cell, given)
        assert shown.answer is NudgeAnswer.DID_IT
    for given in (NudgeAnswer.MET, NudgeAnswer.WORKING, NudgeAnswer.MET):
        shown = await services.nudges.answer(member, office.shelf, row.id, cell, given)
        assert shown.answer is NudgeAnswer.MET
    record = await services.records.everything(member)
    assert [each.status for each in record.assessments] == [Status.MET]
    place = await services.nudges.place(member, row.id)
    assert place is not None
    assert (place.channel, place.ts) == (row.channel, row.ts)


async def test_someone_elses_nudge_is_an_old_card(small_office: PostOffice) -> None:
    member, other = await small_office.enlist(2)
    await small_office.work(TEN_O_CLOCK)
    theirs = (await small_office.rows(other))[0]
    nudges = small_office.nextrung.services.nudges
    with pytest.raises(OutdatedCard):
        await nudges.shown(member, small_office.shelf, theirs.id)
    assert await nudges.place(member, theirs.id) is None
