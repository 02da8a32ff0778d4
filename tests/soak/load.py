"""What members do all day, at an even pace however slow the answers are."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count

from bot.cards.ids import Action, Shortcut
from bot.sandbox.handles import MemberHandle
from bot.sandbox.handles.surface import NoAnswer, NoSuchElement, WrongSurface
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.model import Member
from bot.sandbox.samples import WORKSPACE
from tests.soak.tally import in_trouble

MEMBERS = 60
OWNER = "ULOAD0000"
"""Who owns the catalogue, and does nothing else."""
MOST_AT_ONCE = 200
# What a member meets whose answer did not come, or was a card that says why not now.
BROKEN_OFF = (NoAnswer, NoSuchElement, WrongSurface, KeyError, ValueError)
COMMANDS = (
    *(
        "/skill mlops senior",
        "/skill ml-experiment-tracking lead",
        "/promote-gap llm-engineer lead",
    ),
    *("/growth", "/growth status", "/skill kubernets", "/promote-gap llm-engineer principal"),
)
_TABLE = b"role,level,skill,text\nBaker,Junior,Dough,Kneads.\nBaker,Senior,Dough,Adapts.\n"


@dataclass(slots=True)
class Written:
    """What members were told is kept: `notes` of evidence, and `goals` by member."""

    notes: list[str] = field(default_factory=list)
    goals: list[str] = field(default_factory=list)
    exports: int = 0


class Load:
    """Members of the sample workspace, who do something `rate` times a second."""

    def __init__(self, slack: LocalSlack, *, seed: int, rate: float) -> None:
        self.written = Written()
        self.rate = rate
        self._slack = slack
        self._chance = random.Random(seed)  # noqa: S311 - the same day each time
        self._numbers = count(1)
        self._under_way: set[asyncio.Task[None]] = set()
        self._message = ""
        for number in range(MEMBERS):
            self._join(f"ULOAD{number:04d}")
        self._idle = [f"ULOAD{number:04d}" for number in range(1, MEMBERS)]
        self._ways: list[tuple[Callable[[MemberHandle], Awaitable[None]], int]] = [
            (self._command, 40),
            (self._press, 15),
            (self._suggest, 10),
            (self._home, 10),
            (self._keep_evidence, 15),
            (self._set_goal, 6),
            (self._export, 2),
            (self._upload, 1),
        ]

    async def run(self) -> None:
        """Go on until cancelled."""
        if not self._message:
            posted = await self._slack.member(self._idle[0]).say("We cut the run to ten minutes.")
            self._message = posted.ts
        while True:
            await asyncio.sleep(self._chance.expovariate(self.rate))
            if self._idle and len(self._under_way) < MOST_AT_ONCE:
                task = asyncio.create_task(self._act())
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)

    async def settled(self) -> None:
        """Wait for what is under way."""
        if self._under_way:
            await asyncio.wait(self._under_way)

    def _join(self, name: str) -> None:
        self._slack.world.members[name] = Member(
            id=name, workspace_id=WORKSPACE, handle=name.lower(), name="Sample Member"
        )
        general = self._slack.world.channel_named(WORKSPACE, "general")
        assert general is not None
        general.member_ids.add(name)

    async def _act(self) -> None:
        ways, weights = zip(*self._ways, strict=True)
        (way,) = self._chance.choices(ways, weights)
        name = self._idle.pop(self._chance.randrange(len(self._idle)))
        try:
            await way(self._slack.member(name))
        except BROKEN_OFF:
            pass  # the way to the bot has counted what it was
        finally:
            modals = self._slack.world.modals.get(name)
            if modals:
                modals.clear()  # they close it, and go on
            self._idle.append(name)

    async def _command(self, who: MemberHandle) -> None:
        await who.command(self._chance.choice(COMMANDS))

    async def _press(self, who: MemberHandle) -> None:
        card = await who.command("/skill ml-experiment-tracking senior")
        await card.choose("Choose a level", self._chance.choice(("junior", "lead", "principal")))

    async def _suggest(self, who: MemberHandle) -> None:
        await (await who.command("/skill")).suggest(
            Action.FIND, self._chance.choice(("ml", "eval"))
        )

    async def _home(self, who: MemberHandle) -> None:
        event = {"type": "app_home_opened", "user": who.id, "channel": "D0HOME", "tab": "home"}
        await self._slack.event(event)

    async def _keep_evidence(self, who: MemberHandle) -> None:
        form = await who.message_shortcut(Shortcut.SAVE_EVIDENCE, self._message)
        note = f"soak {next(self._numbers)}"
        await form.fill({"Note": note})
        if "Only you see it" in (await form.submit()).plain:
            self.written.notes.append(note)

    async def _set_goal(self, who: MemberHandle) -> None:
        card = await who.command("/growth goal llm-engineer lead")
        if not in_trouble(card.plain) and "Lead" in card.plain:
            self.written.goals.append(who.id)

    async def _export(self, who: MemberHandle) -> None:
        card = await who.command("/growth export")
        self.written.exports += not in_trouble(card.plain)

    async def _upload(self, who: MemberHandle) -> None:
        """Let an owner upload a framework, which is read beside the answer; it is not published."""
        await self._home(owner := self._slack.member(OWNER))
        form = await owner.home.press("Upload a File")
        await form.fill({"File": owner.upload("framework.csv", _TABLE)})
        with suppress(NoSuchElement):
            await form.fill({"What is your framework called?": "Framework"})
        await form.submit()
        del who
