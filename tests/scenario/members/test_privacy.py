"""What one member holds, no other member, workspace or organisation sees or changes.

Every listener that the app has is sent payloads in which a stranger names the engineer's rows.
"""

import io
import json
import logging
import re
import zipfile
from collections.abc import Iterator

import pytest

from bot.cards.ids import Action, Callback, Shortcut, numbered
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
from bot.slack.press import Kind, Sent
from bot.slack.routes import Route
from tests.properties import sampled, tries_all
from tests.scenario.aiming import takes
from tests.scenario.desk import Desk, Json
from tests.scenario.growing import lead_cells, mark, member
from tests.scenario.nudging import begin
from tests.scenario.strangers import (
    STRANGERS,
    Mouth,
    Stranger,
    control,
    form,
    install_for,
    places,
    rows_of,
    watched,
)

NOTE = "the quiet zebra wrote this"
LINK = "https://quiet-zebra.example/plan"
# What only the engineer's own cards say: words of theirs, and how much of the goal is met.
SECRETS = ("quiet zebra", "quiet-zebra", "5 of 23")
TYPED = ("", "help", f"<@{ENGINEER}>", ENGINEER, "llm-engineer lead", "mlops senior")
ORDERS = ("role llm-engineer junior", "goal llm-engineer lead", "status", "export", "stop")
FORMS = ("role", "goal", "nudges", "nudges weekly", "pause 2w", "resume", "language", "forget-me")
COMMANDS = {
    "/skill": TYPED,
    "/promote-gap": TYPED,
    "/growth": (*TYPED, *ORDERS, *FORMS),
    "/unknown": TYPED[:1],
}
# The kinds of value that name rows of one member, and those of modals that tell when they close.
NAMING = ("piece", "nudge", "evidence", "shared", "confirm", "action", "id")
CLOSED = (*NAMING, "assess", "details")
# What the second of two ids is sent besides: no listener of its own waits for it under the first.
AGAIN = (*NAMING, "actions", "talk share", "talk step")


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


class Watch:
    """Looks at all that leaves the bot, payload by payload.

    `met` names the functions that the last one was given to.
    """

    def __init__(
        self, desk: Desk, who: Stranger, called: set[str], caplog: pytest.LogCaptureFixture
    ) -> None:
        self._desk = desk
        self._who = who
        self._called = called
        self._caplog = caplog
        self.all_called: set[str] = set()
        self._seen = max(entry.number for entry in desk.slack.inspector)
        self.met: set[str] = set()

    async def check(self, case: str, answer: str) -> None:
        """Hold that an answer, and all that was called and logged beside it, shows nothing."""
        await self._desk.drained()
        self.met = {each.rpartition(".")[2] for each in self._called}
        self.all_called |= self._called
        self._called.clear()
        logs = [*map(str, self._desk.logs), *(each.getMessage() for each in self._caplog.records)]
        said = [answer, *self._calls(), *logs]
        self._desk.logs.clear()
        self._caplog.clear()
        for secret in SECRETS:
            assert not any(secret in each for each in said), (case, secret)

    def _calls(self) -> Iterator[str]:
        for entry in self._desk.slack.inspector:
            if entry.number > self._seen and entry.direction == "from_bot":
                self._addressed(entry.name, entry.request)
                yield json.dumps(entry.request, ensure_ascii=False)
                self._seen = entry.number

    def _addressed(self, method: str, request: dict[str, object]) -> None:
        """Hold that what is sent by itself goes to the stranger, and no message is edited."""
        assert method not in ("chat.update", "chat.delete")
        for field in ("user_id", "users"):
            assert request.get(field) in (None, self._who.slack_id), (method, request)


def files_of(desk: Desk) -> Iterator[str]:
    """Yield what is in every file that anybody was sent."""
    for file in desk.slack.world.files.values():
        content = file.content or b""
        if file.name.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                yield from (archive.read(name).decode() for name in archive.namelist())
        else:
            yield content.decode(errors="replace")


def pressed_in(values: dict[str, str]) -> Iterator[tuple[str, Json]]:
    """Yield (value, place): what names rows of the engineer's in every place, the rest in one."""
    for number, (kind, value) in enumerate(values.items()):
        every = places(value)
        yield from (
            (value, each) for each in (every if kind in NAMING else every[number % 3 :][:1])
        )


def pressed_again(values: dict[str, str], turn: int) -> Iterator[tuple[str, Json]]:
    """Yield it for the second of two ids that one listener waits for; `make test` takes a few.

    These name rows of the engineer's, each in one place, another one each turn.
    """
    if tries_all():
        yield from pressed_in(values)
        return
    for number, kind in enumerate(AGAIN):
        yield values[kind], places(values[kind])[(number + turn) % 3]


def worth_sending(route: Route, values: dict[str, str], turn: int) -> dict[str, str]:
    """Return what to send to a listener: in `make test` what it takes, and one that it does not.

    All of these are refused in one place, before a listener is called. The one names a row of the
    engineer's, another one each turn. Who takes whatever comes is sent what names such rows, and
    what nobody waits for one of them.
    """
    if tries_all():
        return values
    turned = NAMING[turn % len(NAMING)]
    taken = {kind for kind, value in values.items() if takes(route, value)}
    if not route.name:
        taken = set()
    elif len(taken) == len(values):
        taken = set(NAMING)
    return {kind: value for kind, value in values.items() if kind == turned or kind in taken}


def route_to(mouth: Mouth, kind: Kind, name: str) -> Route:
    """Return the listener that waits for a control or a form."""
    return mouth.desk.nextrung.app.routes.find(Sent(kind, name, None))


async def press_everything(mouth: Mouth, watch: Watch, values: dict[str, str]) -> None:
    """Press every control that there is, with every value that any control carries."""
    for turn, action in enumerate(Action):
        once, again = (
            pressed_in(worth_sending(route_to(mouth, Kind.PRESS, each), values, turn))
            for each in (str(action), numbered(action, 0))
        )
        if await press_with(mouth, watch, str(action), once):
            again = pressed_again(values, turn)
        await press_with(mouth, watch, numbered(action, 0), again)


async def press_with(
    mouth: Mouth, watch: Watch, action_id: str, ways: Iterator[tuple[str, Json]]
) -> bool:
    """Press a control in each of the ways; return whether any listener waits for it."""
    for value, place in ways:
        answer = await mouth.press(control(action_id, value), place)
        await watch.check(f"{action_id} {value} {place['container']['type']}", answer)
        if "unknown_control" in watch.met:
            return False
    return True


async def send_every_form(mouth: Mouth, watch: Watch, values: dict[str, str]) -> None:
    """Send and close every form that there is, with every value that any of them carries."""
    for turn, callback in enumerate((*Callback, "unknown")):
        for value in worth_sending(route_to(mouth, Kind.FORM, callback), values, turn).values():
            await watch.check(f"{callback} {value}", await mouth.submit(form(callback, value)))
        closing = worth_sending(route_to(mouth, Kind.CLOSED, callback), values, turn)
        for kind, value in closing.items():
            if kind in CLOSED:
                answer = await mouth.close(form(callback, value))
                await watch.check(f"{callback} {value} closed", answer)


async def sweep(mouth: Mouth, watch: Watch, values: dict[str, str]) -> None:
    """Send everything that a member can type, press, fill in and choose."""
    for command, texts in COMMANDS.items():
        for text in texts:
            await watch.check(f"{command} {text}", await mouth.command(command, text))
    await press_everything(mouth, watch, values)
    await send_every_form(mouth, watch, values)
    for action in (*Action, "unknown"):
        for kind in NAMING:
            view = form("", values[kind])
            answer = await mouth.suggest(str(action), values[kind], view)
            await watch.check(f"options of {action}", answer)
            if "nothing" in watch.met:
                break


async def shortcuts_and_events(mouth: Mouth, watch: Watch) -> None:
    """Use every shortcut, and let Slack tell what it tells of the stranger's own workspace."""
    message = {"type": "message", "user": ENGINEER, "text": "hello", "ts": "1790000000.000100"}
    for shortcut in (*Shortcut, "unknown"):
        await watch.check(shortcut, await mouth.shortcut(shortcut, None))
        await watch.check(shortcut, await mouth.shortcut(shortcut, message))
    await watch.check("another kind", await mouth.other())
    view = form("", "x") | {"type": "home"}
    events: list[dict[str, object]] = [
        {"type": "app_home_opened", "user": mouth.who.slack_id, "tab": "home", "view": view},
        {"type": "event_of_tomorrow", "user": mouth.who.slack_id},
    ]
    if mouth.who.apart:
        events += [
            {
                "type": "user_change",
                "user": {"id": ENGINEER, "locale": "zh-CN", "tz": "Asia/Tokyo"},
            },
            {"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}},
            {"type": "team_access_granted", "team_ids": [WORKSPACE]},
            {"type": "team_access_revoked", "team_ids": [WORKSPACE]},
            {"type": "grid_migration_started", "enterprise_id": "E0SAMPLE"},
            {"type": "grid_migration_finished", "enterprise_id": "E0SAMPLE"},
            {"type": "app_uninstalled"},
        ]
    for event in events:
        await watch.check(str(event), await mouth.event(event))


@sampled("name", [*STRANGERS])
async def test_no_stranger_sees_or_changes_what_a_member_holds(
    desk: Desk, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    who = STRANGERS[name]
    caplog.set_level(logging.INFO)
    desk.faults_expected = True
    values = await held_by_the_engineer(desk)
    install_for(who, desk)
    database = desk.nextrung.database
    rows = await rows_of(database, ENGINEER, WORKSPACE)
    assert all(rows[table] for table in ("assessment", "evidence", "evidence_support", "goal"))
    home = desk.engineer.home.plain
    assert any(secret in home for secret in SECRETS)

    with watched(desk.nextrung.app) as (every, called):
        mouth, watch = Mouth(desk, who), Watch(desk, who, called, caplog)
        if who.apart:
            answer = await mouth.command("/growth", "")
            assert "Which role is yours?" in answer, "they are another person"
        await sweep(mouth, watch, values)
        await shortcuts_and_events(mouth, watch)

    assert await rows_of(database, ENGINEER, WORKSPACE) == rows
    files = list(files_of(desk))
    assert files or who.apart
    assert not any(secret in each for secret in SECRETS for each in files)
    # What Slack tells of a workspace, no member of it sends.
    told = (" events.", " grid.")
    workspaces = {each for each in every if any(one in each for one in told) and not who.apart}
    # What they carry names a file and a revision, and no row of any member; or an upload, which is
    # looked for among one's own.
    rooms = (" publishing.", " drafts.", " wizard.", ".compare")
    drafts = {each for each in every if any(room in each for room in rooms)}
    assert every - watch.all_called - workspaces - drafts == set()
    if not who.org:
        assert desk.engineer.home.plain == home
        assert desk.engineer.modal is None


def tells_own(text: str) -> bool:
    """Tell whether a text says what only one member may read."""
    return any(each in text for each in SECRETS) or bool(
        re.search(r"\d+ of \d+ required met|\d+ met · ", text)
    )


@pytest.mark.sampled
async def test_no_press_on_a_message_of_a_channel_shows_what_its_presser_holds(desk: Desk) -> None:
    """Whatever stands under a shared card, the channel reads nothing of the one who presses it."""
    desk.faults_expected = True
    values = await held_by_the_engineer(desk)
    card = await desk.engineer.command("/promote-gap llm-engineer lead")
    await card.choose("more.0", "Share in Channel")
    (shared,) = [each.message for each in desk.manager.messages("general")]
    mouth = Mouth(desk, Stranger(ENGINEER, WORKSPACE, ENGINEER), shared)
    place: Json = {"container": {"type": "message", "is_ephemeral": False}}
    # Nudges stand in direct messages alone.
    actions = [each for each in Action if not each.startswith("nudge_")]
    for turn, action in enumerate(actions):
        for action_id in (str(action), numbered(action, 0)):
            # What nobody waits for is answered alike, whatever it carries.
            route = route_to(mouth, Kind.PRESS, action_id)
            few = not route.name or (action_id != action and not tries_all())
            worth = [*worth_sending(route, values, turn).values()]
            for value in worth[: 1 if few else None]:
                await mouth.press(control(action_id, value), place)
                await desk.drained()
                assert not tells_own(f"{shared.text} {shared.blocks}"), (action_id, value)

    posted = [f"{each.text} {each.blocks}" for each in desk.manager.messages("general")]
    assert len(posted) > 1
    assert not any(map(tells_own, posted))
