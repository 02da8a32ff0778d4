"""The engineer holds one of everything: payloads that name it, and words that tell of it."""

from bot.cards.links import encode
from bot.cards.lookup.helpers_line import encode_helpers
from bot.cards.teams.helping.offer_links import encode_offer, encode_pair
from bot.cards.teams.talk_links import Of, encode_of
from bot.domain.growth.assessment import Status
from bot.domain.growth.packet import Saw
from bot.domain.growth.requests import (
    AddEvidence,
    Assess,
    EditEvidence,
    HandleAction,
    MarkCell,
    MarkOtherwise,
    PlanAction,
    ShowActions,
    ShowEvidence,
    UndoMark,
)
from bot.domain.lookup.requests import ShowDetails, ShowGap, ShowRole, ShowSkill
from bot.domain.lookup.skill_offer import HelpSide
from bot.domain.nudges.requests import AnswerNudge
from bot.domain.teams.confirmation import AskColleague, OfConfirmation
from bot.domain.teams.helping.pairs import Proposal
from bot.domain.teams.manager_marks import item_key
from bot.domain.teams.requests import (
    AnswerPair,
    ChangeOffer,
    OfItem,
    OfMark,
    OfShare,
    ShowHelpers,
    TeamAsk,
)
from bot.sandbox.samples import ADMIN, ENGINEER, WORKSPACE
from tests.scenario.desk import Desk
from tests.scenario.growing import lead_cells, mark, member
from tests.scenario.nudging import begin
from tests.scenario.strangers import rows_of

NOTE = "the quiet zebra wrote this"
LINK = "https://quiet-zebra.example/plan"
# What only the engineer's own cards say: words of theirs, and how much of the goal is met.
SECRETS = ("quiet zebra", "quiet-zebra", "5 of 23")


async def held_by_the_engineer(desk: Desk) -> dict[str, str]:
    """Let the engineer hold one of everything; return payloads of buttons that name it."""
    services = desk.nextrung.services
    await begin(desk, desk.engineer)
    cells, back = lead_cells(desk), ShowGap("llm-engineer", ("lead",))
    for cell in cells[3:8]:
        await mark(desk, cell, note=NOTE)
    me = await member(desk)
    await services.evidence.add(me, note=NOTE, link=LINK, supports=cells[:3], token="V0STRANGER")
    shelf = services.catalogues.shelf()
    await services.confirmations.ask(me, shelf, cells[0], other=ADMIN, sentence=NOTE)
    await shared_with_somebody_else(desk)
    today = services.actions.today(me)
    await services.actions.plan(me, cells[0], text=NOTE, due=today, token="V0STRANGER")
    skill = cells[0].skill
    await marked_and_paired(desk, skill)
    await desk.engineer.command("/growth")
    await desk.home(desk.engineer)
    rows = await rows_of(desk.nextrung.database, ENGINEER, WORKSPACE)
    (piece,), (nudge,) = rows["evidence"], rows["nudge"]
    cell = cells[0]
    requests = (
        EditEvidence(piece.id),
        AnswerNudge(nudge.id, cell),
        AddEvidence(cell, back, nudge.id),
        ShowDetails(cell.skill, cell.role, cell.level, back),
        Assess(back, cell.skill),
        MarkCell(cell, Status.WORKING, back),
        MarkOtherwise(cell, back),
        UndoMark(cell, 1, back),
        ShowEvidence(),
        OfConfirmation(rows["confirmation"][0].id, Saw.SAW_IT),
        AskColleague(cell, in_details=True, back=back),
        OfShare(rows["share"][0].id),
        OfItem(rows["share"][0].id, item_key(cell)),
        OfMark(rows["share"][0].id, rows["manager_mark"][0].id),
        TeamAsk(),
        PlanAction(cell, back),
        HandleAction(1),
        ShowActions(),
        ShowSkill(cell.skill, (cell.level,), cell.role),
        ShowRole(cell.role, ("junior",)),
        back,
    )
    return {encode(each).partition("?")[0]: encode(each) for each in requests} | {
        "id": ENGINEER,
        "helpers": encode_helpers(ShowHelpers(skill)),
        "offer": encode_offer(ChangeOffer(skill, HelpSide.HELP, on=False)),
        "pair": encode_pair(AnswerPair(rows["skill_pair"][0].id, yes=True)),
        **{f"talk {each.value}": encode_of(each, 1) for each in Of},
    }


async def shared_with_somebody_else(desk: Desk) -> None:
    """Let the engineer share all of it, with a person who is no stranger here."""
    other = desk.chinese
    form = await desk.engineer.command_view(f"/growth share <@{other.id}>")
    piece = form.options("Evidence")[0]
    await form.fill({"Statuses": "Also what I said before", "Evidence": [piece]})
    await form.submit()
    await form.close()
    assert await desk.nextrung.app.drained(10)
    await other.messages("dm")[-1].press("接受")
    assert await desk.nextrung.app.drained(10)
    shown = await (await desk.home(other)).press("打开")
    assert any(secret in shown.plain for secret in SECRETS)


async def marked_and_paired(desk: Desk, skill: str) -> None:
    """Let whom the engineer shares with mark the goal, and want to learn what the engineer offers.

    The engineer answers the mark, and neither answers whether they want to be introduced.
    """
    services = desk.nextrung.services
    catalogue = services.catalogues.shelf().catalogue
    me, other, at = await member(desk), await member(desk, desk.chinese.id), desk.slack.clock.now()
    async with desk.nextrung.database.read(me.tenant) as work:
        share_id = (await work.shares.by(ENGINEER))[0].id
    first, second = (item_key(each) for each in lead_cells(desk)[:2])
    await services.marking.mark(other, share_id, first, Status.WORKING, NOTE)
    await services.marking.send(other, share_id)
    await services.marking.mark(other, share_id, second, Status.WORKING, NOTE)
    async with desk.nextrung.database.read(me.tenant) as work:
        (sent,) = await work.manager_marks.about(ENGINEER)
    await services.marking.reply(me, share_id, sent.id, NOTE)
    await services.help_offers.change(me, catalogue, skill, HelpSide.HELP, on=True)
    await services.help_offers.change(other, catalogue, skill, HelpSide.LEARN, on=True)
    async with desk.nextrung.database.write(me.tenant) as work:
        hands = {each.side: each for each in (await work.pairs.meeting(now=at)).hands}
        pair = Proposal(skill, hands[HelpSide.HELP], hands[HelpSide.LEARN])
        assert await work.pairs.propose(pair, at=at)
    await desk.drained()
