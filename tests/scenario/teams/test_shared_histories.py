"""Random histories of two people: nothing of one is shown to the other outside an accepted share.

Whatever either does, the other then looks everywhere and presses every control of every share that
ever was. What they are shown is compared with what the history allows at that moment.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.cards.ids import Action, Callback, numbered
from bot.cards.links import encode
from bot.domain.growth.assessment import Status
from bot.domain.teams.requests import OfShare, TeamAsk
from bot.domain.teams.share import ANSWER_WITHIN, RENEW_AFTER
from bot.sandbox.samples import ADMIN, ENGINEER, MANAGER, WORKSPACE
from bot.store.database import Database
from bot.store.teams.models import share as share_table
from tests.fakes.all_rows import all_rows
from tests.properties import sampled
from tests.scenario.desk import Desk
from tests.scenario.growing import lead_cells, mark, member
from tests.scenario.strangers import COLLEAGUE, Mouth, control, form, places
from tests.scenario.teams.shares import PAST, evidence, work
from tests.scenario.teams.team import share_of

# Never shown to anybody else, at no moment and in no share.
NOTE, UNCHOSEN, UNPLACED = "the quiet zebra", "an unchosen otter", "an unplaced heron"
# Shown in an accepted share alone; the last where it was chosen there. A team says the way in its
# own words, and beside whoever shares all along.
WAY, CHOSEN = "LLM Engineer: Senior → Lead", "a chosen walrus"
MET = "1 met · "
STEPS = 8
PRESSED = (
    *(Action.SHARE_OPEN, Action.SHARE_PAGE, Action.SHARE_ACCEPT, Action.SHARE_DECLINE),
    *(Action.SHARE_STOP, Action.SHARE_KEEP, Action.SHARE_CHANGE, Action.SHARE_LIST),
    Action.SHARE_MINE,
)
TEAM = (Action.TEAM, Action.TEAM_PAGE, Action.TEAM_LEVEL, Action.TEAM_ROLE)
SENT = (Action.TEAM_TABLE, Action.TEAM_PICTURE, Action.TEAM_FILE)
TYPED = ("", "status", f"share <@{ENGINEER}>", f"share <@{MANAGER}>", "team", "help")
# Of whom a team says something, for nobody else there aims for it.
RUNG = "LLM Engineer, Lead"


@dataclass
class Model:
    """What the history allows: whether the other may see the goal now, and how much."""

    asked: bool = False
    accepted: bool = False
    past: bool = False
    chosen: bool = False
    left: bool = False
    tally: Counter[str] = field(default_factory=Counter)

    def over(self) -> None:
        self.asked = self.accepted = False

    @property
    def shows(self) -> bool:
        return self.accepted and not self.left


class History:
    """One random history at a desk. `step` does something, `look` reads it all as the other."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.model = Model()
        self._chance = random.Random(seed)  # noqa: S311 - the same histories each time
        self._mouth = Mouth(desk, COLLEAGUE)
        self.told: list[str] = []

    async def others(self) -> None:
        """Let somebody else share another goal all along, so that there is a team."""
        await self.desk.admin.command("/growth goal data-scientist senior")
        await share_of(self.desk, ADMIN)

    async def begin(self) -> None:
        """Let the engineer hold a goal, and everything that must not be seen."""
        await self.desk.engineer.command("/growth role llm-engineer senior")
        await self.desk.engineer.command("/growth goal llm-engineer lead")
        cells = lead_cells(self.desk)
        await mark(self.desk, cells[0], note=NOTE)
        await mark(self.desk, cells[1], Status.NOT_RELEVANT, note=NOTE)
        for note, where in ((UNCHOSEN, cells[:1]), (UNPLACED, []), (CHOSEN, cells[:1])):
            await evidence(self.desk, note, where)

    async def step(self) -> str:
        names = [each for each in dir(self) if each.startswith("do_")]
        # Sharing is most of it, so that there is something to end.
        name = self._chance.choice([*names, "do_share", "do_share", "do_accept", "do_accept"])
        await getattr(self, name)()
        await work(self.desk)
        self.model.tally[name] += 1
        return name

    async def do_share(self) -> None:
        if self.model.asked or self.model.accepted or self.model.left:
            return
        outcome = await self.desk.engineer.command_outcome(f"/growth share <@{MANAGER}|x>")
        modal = self.desk.engineer.modal
        if outcome.view is None:
            # Whoever said no, or nothing, is left in peace for a while.
            assert "You asked them not long ago" in str(outcome.messages), outcome
            return
        assert modal is not None
        past, chosen = self._chance.random() < 0.5, self._chance.random() < 0.5
        if past:
            await modal.fill({"Statuses": PAST})
        if chosen:
            piece = next(each for each in modal.options("Evidence") if CHOSEN in each)
            await modal.fill({"Evidence": [piece]})
        await modal.submit()
        self.model.asked, self.model.past, self.model.chosen = True, past, chosen

    async def do_accept(self) -> None:
        if self.model.asked and not self.model.left:
            await self._newest("Accept")
            self.model.asked, self.model.accepted = False, True

    async def do_decline(self) -> None:
        if self.model.asked and not self.model.left:
            await self._newest("Decline")
            self.model.over()

    async def do_leave(self) -> None:
        if self.model.shows:
            await self._newest("Stop Seeing It")
            self.model.over()

    async def do_revoke(self) -> None:
        home = await self.desk.home(self.desk.engineer)
        if "Stop Sharing" in home.buttons:
            await home.press("Stop Sharing")
        self.model.over()

    async def do_drop_the_goal_and_set_it_again(self) -> None:
        await self.desk.nextrung.services.goals.drop(await member(self.desk))
        await self.desk.engineer.command("/growth goal llm-engineer lead")
        self.model.over()

    async def do_forget_the_owner(self) -> None:
        await (await self.desk.engineer.command_view("/growth forget-me")).submit()
        self.model.over()
        await work(self.desk)
        await self.begin()

    async def do_forget_the_other(self) -> None:
        await (await self.desk.manager.command_view("/growth forget-me")).submit()
        self.model.over()

    async def do_install_again(self) -> None:
        """Slack tells of a removal, late: our token works, so the app is installed again."""
        await self.desk.slack.event({"type": "app_uninstalled"})

    async def do_be_deactivated_for_a_while(self) -> None:
        who = self._chance.choice((ENGINEER, MANAGER))
        self.desk.slack.disable(who)
        await self._gone(who, {"deleted": True})
        self.desk.slack.disable(who, on=False)

    async def do_be_a_guest_for_a_while(self) -> None:
        who = self._chance.choice((ENGINEER, MANAGER))
        self.desk.slack.world.change_member(who, is_restricted=True)
        await self._gone(who, {"is_restricted": True})
        self.desk.slack.world.change_member(who, is_restricted=False)

    async def do_let_time_pass(self) -> None:
        days = self._chance.choice((1, ANSWER_WITHIN.days + 1, RENEW_AFTER.days + 20))
        for _ in range(2):
            await work(self.desk, timedelta(days=days))
        if days > ANSWER_WITHIN.days:
            self.model.asked = False
        if days > RENEW_AFTER.days:
            self.model.over()

    async def do_nothing(self) -> None:
        pass

    async def _gone(self, who: str, state: dict[str, bool]) -> None:
        """Let Slack tell of it, or not: then it is learned within a day."""
        if self._chance.random() < 0.5:
            await self.desk.slack.event({"type": "user_change", "user": {"id": who, **state}})
            self.model.over()
        else:
            self.model.left = True
            await work(self.desk, timedelta(days=1, hours=1))
            await self.look("somebody has left")
            self.model.left = False
        self.model.over()

    async def _newest(self, label: str) -> None:
        found = [each for each in self.desk.manager.messages() if label in each.buttons]
        await found[-1].press(label)

    async def look(self, after: str) -> None:
        """Look everywhere as the other, press everything, and compare."""
        manager = self.desk.manager
        shares = await all_shares(self.desk.nextrung.database)
        await self._compare(after, "what came by itself", "")
        await self._compare(after, "Home", (await self.desk.home(manager)).plain)
        for typed in TYPED:
            await self._compare(
                after, f"/growth {typed}", await self._mouth.command("/growth", typed)
            )
        await self._compare(after, "/growth export", await self._mouth.command("/growth", "export"))
        for share_id in [*shares[-2:], max(shares, default=0) + 1]:
            value = encode(OfShare(share_id))
            for action in PRESSED:
                if action in self._would_change(share_id, shares):
                    continue
                for action_id in (str(action), numbered(action, 0)):
                    for place in places(value)[:: 1 if action is Action.SHARE_OPEN else 3]:
                        answer = await self._mouth.press(control(action_id, value), place)
                        await self._compare(after, f"{action_id} {value}", answer)
            answer = await self._mouth.submit(form(Callback.SHARE, value))
            await self._compare(after, f"form {value}", answer)
        await self._look_at_the_team(after)

    async def _look_at_the_team(self, after: str) -> None:
        """Open it everywhere, and have it sent each way."""
        value = encode(TeamAsk())
        for action in (*TEAM, *SENT):
            for action_id in (str(action), numbered(action, 0)):
                place = self._chance.choice(places(value))
                answer = await self._mouth.press(control(action_id, value), place)
                if action in SENT:
                    await work(self.desk)
                await self._compare(after, action_id, answer)

    def _would_change(self, share_id: int, shares: list[int]) -> tuple[Action, ...]:
        """Return what is the other's own right to press: the history decides when they do."""
        if shares and share_id == shares[-1] and (self.model.asked or self.model.accepted):
            return (Action.SHARE_ACCEPT, Action.SHARE_DECLINE)
        return ()

    async def _compare(self, after: str, how: str, answer: str) -> None:
        assert await self.desk.nextrung.app.drained(10)
        self.model.tally["reads"] += 1
        manager = self.desk.manager
        seen = [answer, manager.home.plain if self._has_home() else ""]
        seen += [each.plain for each in manager.messages()]
        stack = self.desk.slack.world.modals.get(MANAGER) or []
        seen += [str(each.blocks) for each in stack]
        for entry in self.desk.slack.world.files.values():
            seen.append((entry.content or b"").decode(errors="replace"))
        shown = "\n".join(seen)
        case = (after, how, self.told)
        for secret in (NOTE, UNCHOSEN, UNPLACED):
            assert secret not in shown, (case, secret)
        if not self.model.shows:
            assert WAY not in shown, case
            assert RUNG not in shown, case
            # Of the file: a row of hers.
            assert f"\n{ENGINEER}," not in shown, case
            assert CHOSEN not in shown, case
        else:
            self.model.tally["shown"] += WAY in shown
            self.model.tally["team"] += RUNG in shown
            self.model.tally["file"] += f"\n{ENGINEER}," in shown
            assert self.model.chosen or CHOSEN not in shown, case
            if not self.model.past:
                assert MET not in shown, (case, shown[max(0, shown.find(MET) - 200) :][:400])
        # Only what stands open may go on standing open; the rest is looked at anew each time.
        if how != "somebody has left":
            stack.clear()

    def _has_home(self) -> bool:
        return MANAGER in self.desk.slack.world.homes


async def all_shares(database: Database) -> list[int]:
    async with all_rows(database._reader) as connection:
        return [*(await connection.scalars(select(share_table.c.id).order_by(share_table.c.id)))]


@sampled("seed", range(16))
async def test_nothing_is_shown_outside_an_accepted_share(desk: Desk, seed: int) -> None:
    desk.faults_expected = True
    history = History(desk, seed)
    await desk.home(desk.manager)
    await history.begin()
    await history.others()
    for _ in range(STEPS):
        history.told.append(await history.step())
        await history.look(history.told[-1])
    print(dict(history.model.tally))
    assert history.model.tally["reads"] > 20 * STEPS


@pytest.mark.sampled
async def test_a_history_that_shares_does_show_something(desk: Desk) -> None:
    """What is looked for is really there to be seen, once it is shared."""
    history = History(desk, 0)
    await desk.home(desk.manager)
    await history.begin()
    await history.others()
    await history.do_share()
    await work(desk)
    await history.look("asked")
    assert history.model.tally["shown"] == history.model.tally["team"] == 0
    await history.do_accept()
    await work(desk)
    await history.look("accepted")
    for what in ("shown", "team", "file"):
        assert history.model.tally[what] > 0, what
    assert WORKSPACE in {each.id for each in desk.slack.world.workspaces.values()}
