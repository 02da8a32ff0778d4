"""A bot beside a local Slack for tests of nudges: members with goals, a clock, what was posted."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import SecretStr
from sqlalchemy import select

from bot.bootstrap import Nextrung, bootstrap
from bot.config import Settings
from bot.domain.nudges.cadence import NudgeSettings
from bot.domain.nudges.decision import PlanStatus
from bot.domain.nudges.plan import begin
from bot.domain.tenancy import Member, Tenant
from bot.sandbox.clock import LocalClock
from bot.sandbox.local_slack import LocalSlack
from bot.sandbox.model import Member as Person
from bot.sandbox.model import Message, Token, Workspace
from bot.sandbox.samples import BOT_SCOPES, WORKSPACE
from bot.services.lookup.shelves import Shelf
from bot.store.database import Database
from bot.store.models import member as members
from bot.store.nudges.models import nudge, nudge_plan
from tests.fakes.all_rows import all_rows
from tests.fakes.kept_catalogue import kept_catalogue

# A Tuesday, before anybody's ten o'clock in Berlin.
START = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
ZONE = "Europe/Berlin"
TEN_O_CLOCK = timedelta(hours=2)
WEEK = timedelta(days=7)
ROLE, LEVEL = "llm-engineer", "lead"
NOW_AT = "senior"
WEEKLY = NudgeSettings()


@dataclass(slots=True)
class PostOffice:
    """The bot, its local Slack, and the members whom a test has enlisted."""

    slack: LocalSlack
    nextrung: Nextrung

    @property
    def database(self) -> Database:
        return self.nextrung.database

    @property
    def now(self) -> datetime:
        return self.slack.clock.now()

    @property
    def shelf(self) -> Shelf:
        return self.nextrung.services.catalogues.shelf()

    def person(self, name: str, *, workspace: str = WORKSPACE, zone: str = ZONE) -> Member:
        """Let somebody be in Slack; the bot has not met them yet."""
        self.slack.world.members[name] = Person(
            id=name, workspace_id=workspace, handle=name.lower(), name=name, tz=zone
        )
        return Member(
            Tenant(workspace),
            name,
            locale="en-US",
            time_zone=zone,
            role_key=ROLE,
            level_key=NOW_AT,
        )

    async def enlist(
        self,
        count: int,
        *,
        workspace: str = WORKSPACE,
        settings: NudgeSettings = WEEKLY,
        zone: str = ZONE,
        known: bool = True,
    ) -> list[Member]:
        """Let members have a goal and a plan; `known` ones were looked up in Slack just now."""
        people = [
            self.person(f"U{workspace}{number:05d}", workspace=workspace, zone=zone)
            for number in range(count)
        ]
        for start in range(0, count, 15):
            await self._enlist(people[start : start + 15], settings, known=known)
        return people

    async def _enlist(
        self, people: Sequence[Member], settings: NudgeSettings, *, known: bool
    ) -> None:
        async with self.database.write(people[0].tenant) as work:
            working = (await work.plans.policy()).working
            for person in people:
                await work.members.add(person, at=self.now)
                owner = await work.members.hold(person.slack_id, at=self.now)
                assert owner is not None
                await work.goals.set(
                    owner,
                    role=ROLE,
                    level=LEVEL,
                    origin=None,
                    revision_id=self.shelf.catalogue.revision.id,
                    at=self.now,
                )
                plan = begin(settings, working, zone=person.time_zone, now=self.now)
                checked = self.now if known else None
                await work.plans.keep(owner, PlanStatus(plan, checked_at=checked))

    def advance(self, by: timedelta) -> None:
        self.slack.advance(by.total_seconds())

    async def work(self, by: timedelta = timedelta()) -> None:
        """Move the clock on, then plan and send everything that is due."""
        self.advance(by)
        await self.nextrung.nudging.plan()
        await self.send()

    async def send(self) -> None:
        """Send everything that is planned and due."""
        await self.nextrung.nudging.send()
        await self.nextrung.nudging.sending.settled()

    def posts(self, member: Member | None = None) -> list[Message]:
        """Return the nudges that the local Slack took, in order."""
        found = posts_of(self.slack)
        if member is not None:
            found = [each for each in found if each.channel_id == f"D{member.slack_id[1:]}"]
        return found

    async def rows(self, member: Member | None = None) -> list[Any]:
        """Return the rows of nudges, oldest first; `slack_id` is whose."""
        query = (
            select(nudge, members.c.slack_id)
            .join(members, members.c.id == nudge.c.member_id)
            .order_by(nudge.c.id)
        )
        async with all_rows(self.database._reader) as connection:
            rows = (await connection.execute(query)).all()
        return [row for row in rows if member is None or row.slack_id == member.slack_id]

    async def plan(self, member: Member) -> PlanStatus:
        async with self.database.read(member.tenant) as work:
            status = await work.plans.of(member.slack_id)
        assert status is not None
        return status

    async def plans(self) -> list[Any]:
        async with all_rows(self.database._reader) as connection:
            return list((await connection.execute(select(nudge_plan))).all())

    async def reconcile(self) -> Counter[str]:
        """Hold what must be true whatever happened; return how many nudges are in each state."""
        rows = await self.rows()
        check(rows, self.posts())
        return Counter(row.state for row in rows)


def posts_of(slack: LocalSlack) -> list[Message]:
    """Return the nudges that a local Slack took, in order."""
    found = [
        message
        for messages in slack.world.messages.values()
        for message in messages
        if message.metadata and message.metadata.get("event_type") == "nextrung_nudge"
    ]
    return sorted(found, key=lambda each: each.ts)


def check(rows: Sequence[Any], posts: Sequence[Message]) -> None:
    """Compare the outbox with what Slack took: nothing twice, nothing without a row."""
    by_id: dict[int, list[Message]] = {}
    for post in posts:
        assert post.metadata is not None
        by_id.setdefault(post.metadata["event_payload"]["id"], []).append(post)
    assert [nudge_id for nudge_id, found in by_id.items() if len(found) > 1] == []
    states = {row.id: row for row in rows}
    assert set(by_id) <= set(states)
    for nudge_id, row in states.items():
        taken = by_id.get(nudge_id, [])
        if row.state == "sent":
            assert [(post.channel_id, post.ts) for post in taken] == [(row.channel, row.ts)]
        elif row.state not in {"unknown", "sending"}:
            assert taken == [], (nudge_id, row.state, row.reason)


@asynccontextmanager
async def opened(
    database_url: str, *, start: datetime = START, workspaces: int = 0, per_minute: int = 100_000
) -> AsyncIterator[PostOffice]:
    """Open an office; the clock stands still unless the test moves it."""
    async with LocalSlack(clock=LocalClock(lambda: start)) as slack:
        for number in range(workspaces):
            _add_workspace(slack, number)
        async with another_bot(slack, database_url, per_minute=per_minute) as nextrung:
            yield PostOffice(slack, nextrung)


@asynccontextmanager
async def another_bot(
    slack: LocalSlack,
    database_url: str,
    *,
    per_minute: int = 100_000,
    compared: bool = False,
) -> AsyncIterator[Nextrung]:
    """Run a bot of its own on the same database, as another process would.

    `compared`: its clock, the local Slack's, is compared with the database's.
    """
    settings = Settings(
        slack_bot_token=SecretStr(slack.bot_token),
        slack_api_url=slack.api_url,
        database_url=database_url,
        nextrung_nudges_per_minute=per_minute,
        # Years pass within a minute here.
        nextrung_member_per_minute=0,
    )
    tokens = [place.bot_token for place in slack.world.workspaces.values()]
    nextrung = bootstrap(settings, clock=slack.clock, bot_tokens=tokens, compared=compared)
    try:
        with kept_catalogue():
            await nextrung.services.catalogues.begin()
        yield nextrung
    finally:
        await nextrung.nudging.stop()
        await nextrung.pool.close()
        await nextrung.database.dispose()


def _add_workspace(slack: LocalSlack, number: int) -> None:
    place = Workspace(
        id=f"T{number:05d}",
        name=f"Sample Workspace {number}",
        domain=f"sample-{number}",
        bot_member_id=f"U0BOT{number}",
        bot_id=f"B{number:05d}",
        bot_token=f"xoxb-local-{number}",
    )
    world = slack.world
    world.workspaces[place.id] = place
    world.members[place.bot_member_id] = Person(
        id=place.bot_member_id, workspace_id=place.id, handle="app", name="app", is_bot=True
    )
    world.tokens[place.bot_token] = Token(
        value=place.bot_token, kind="bot", workspace_id=place.id, scopes=BOT_SCOPES
    )
