"""Somebody who sends whatever they like, signed: a colleague, or a person of another tenant."""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import Column, MetaData, Row, Table, or_, select

from bot.cards.ids import Action, Callback
from bot.cards.teams.manager_column import NOTE, STATUS
from bot.cards.teams.own_column import REPLY
from bot.domain.tenancy import Tenant
from bot.sandbox.model import Message
from bot.sandbox.samples import (
    ENGINEER,
    MANAGER,
    OTHER_ENGINEER,
    OTHER_WORKSPACE,
    VERIFICATION_TOKEN,
    WORKSPACE,
)
from bot.slack.app import NextrungApp
from bot.store.database import Database
from tests.fakes.all_rows import all_rows
from tests.scenario.desk import Desk, Json, command_fields, interaction_fields
from tests.scenario.presses import MODAL

_numbers = count(1)
# All databases of a kind have the same tables, and reading what they are takes a while.
_reflected: dict[str, MetaData] = {}


@dataclass(frozen=True, slots=True)
class Stranger:
    """Who sends. `face` is the member of the local Slack whose triggers and addresses they use."""

    slack_id: str
    team_id: str
    face: str
    enterprise_id: str | None = None
    org: bool = False

    @property
    def apart(self) -> bool:
        """Whether they are of another tenant than the engineer."""
        return (self.team_id, self.enterprise_id) != (WORKSPACE, None)


COLLEAGUE = Stranger(MANAGER, WORKSPACE, MANAGER)
STRANGERS = {
    "a colleague": COLLEAGUE,
    "the same id in another workspace": Stranger(ENGINEER, OTHER_WORKSPACE, OTHER_ENGINEER),
    "the same id in an organisation": Stranger(ENGINEER, WORKSPACE, MANAGER, "E0SAMPLE", org=True),
}


def install_for(who: Stranger, desk: Desk) -> None:
    """Let a stranger's organisation have the app, beside the workspaces that have it alone."""
    if who.org:
        other = desk.slack.world.workspaces[OTHER_WORKSPACE]
        other.enterprise_id, other.org_wide = who.enterprise_id, True
        desk.nextrung.app.workspaces.drop(Tenant(OTHER_WORKSPACE))


@dataclass(frozen=True, slots=True)
class Mouth:
    """A stranger at a desk: each method sends one payload and returns what was answered.

    What is answered to a press may edit `pressed`, where that is given.
    """

    desk: Desk
    who: Stranger
    pressed: Message | None = None

    async def command(self, command: str, text: str) -> str:
        fields = command_fields(
            team_id=self.who.team_id,
            enterprise_id=self.who.enterprise_id,
            is_enterprise_install=str(self.who.org).lower(),
            user_id=self.who.slack_id,
            command=command,
            text=text,
            response_url=self._response_url(),
            trigger_id=self._trigger(),
        )
        return (await self.desk.hand(fields)).text

    async def press(self, action: Json, place: Json) -> str:
        more = place | {"actions": [action]}
        if place["container"]["type"] == "message":
            more["response_url"] = self._response_url()
        return await self._interact("block_actions", more)

    async def submit(self, view: Json) -> str:
        return await self._interact("view_submission", {"view": view})

    async def close(self, view: Json) -> str:
        return await self._interact("view_closed", {"view": view, "is_cleared": False})

    async def suggest(self, action_id: str, typed: str, view: Json) -> str:
        asked = {"action_id": action_id, "block_id": typed, "value": typed, "view": view}
        return await self._interact("block_suggestion", asked)

    async def shortcut(self, callback_id: str, message: Json | None) -> str:
        if message is None:
            return await self._interact("shortcut", {"callback_id": callback_id})
        place = {"channel": {"id": "C0GENERAL", "name": "general"}}
        more = place | {"callback_id": callback_id, "message": message}
        return await self._interact("message_action", more | {"response_url": self._response_url()})

    async def other(self) -> str:
        """Send what an app of long ago would have got."""
        return await self._interact("dialog_submission", {"callback_id": "of_long_ago"})

    async def event(self, event: Json) -> str:
        ours = {
            "team_id": self.who.team_id,
            "enterprise_id": self.who.enterprise_id,
            "is_enterprise_install": self.who.org,
        }
        body = {
            "type": "event_callback",
            "token": VERIFICATION_TOKEN,
            "event_id": f"Ev{next(_numbers)}",
            "event": event,
            "authorizations": [ours | {"user_id": "U0BOT", "is_bot": True}],
        }
        sent = json.dumps(body | ours).encode()
        return (await self.desk.hand(sent, content_type="application/json")).text

    async def _interact(self, kind: str, more: Json) -> str:
        who = self.who
        enterprise = {"id": who.enterprise_id, "name": "sample"} if who.enterprise_id else None
        fields = interaction_fields(
            kind,
            user={"id": who.slack_id, "username": "x", "team_id": who.team_id},
            team={"id": who.team_id, "domain": "sample"},
            enterprise=enterprise,
            is_enterprise_install=who.org,
            trigger_id=self._trigger(),
            **more,
        )
        return (await self.desk.interact(fields)).text

    def _trigger(self) -> str:
        return self.desk.slack.world.new_trigger(self.who.face).id

    def _response_url(self) -> str:
        world = self.desk.slack.world
        place = world.channel_named(world.members[self.who.face].workspace_id, "general")
        assert place is not None
        url = world.new_response_url(
            member_id=self.who.face, channel_id=place.id, message=self.pressed
        )
        return f"{self.desk.slack.url}/response/{url.id}"


def control(action_id: str, value: str) -> Json:
    """Return a control that carries a value wherever one can."""
    chosen = {"text": {"type": "plain_text", "text": "x"}, "value": value}
    return {
        "type": "button",
        "action_id": action_id,
        "block_id": value,
        "value": value,
        "selected_option": chosen,
        "selected_options": [chosen],
        "action_ts": "1.3",
    }


def form(callback: str, metadata: str, view_id: str = "V0STRANGER") -> Json:
    """Return a modal with every field that any form of ours has filled in."""

    def chosen(value: str) -> Json:
        return {"selected_option": {"value": value}, "selected_options": [{"value": value}]}

    fields: Json = {
        "evidence.note": {Action.EVIDENCE_NOTE: {"value": "of the stranger"}},
        "evidence.link": {Action.EVIDENCE_LINK: {"value": "example.com/of-the-stranger"}},
        "evidence.cells": {
            Action.EVIDENCE_CELLS: chosen("evidence?k=llm-evaluation&r=llm-engineer&l=lead")
        },
        "note.1": {Action.MARK_NOTED: {"value": "of the stranger"}},
        "note.2": {Action.ASSESS_NOTE: {"type": "plain_text_input", "value": "Hello"}},
        "role": {Action.RUNG_ROLE: chosen("role?k=llm-engineer")},
        "level": {Action.RUNG_LEVEL: chosen("lead")},
        STATUS: {Action.MANAGER_STATUS: chosen("met")},
        NOTE: {Action.MANAGER_NOTE: {"value": "of the stranger"}},
        REPLY: {Action.MARK_REPLIED: {"value": "of the stranger"}},
        "nudges.cadence": {Action.NUDGE_CADENCE: chosen("daily")},
        "nudges.days": {Action.NUDGE_DAYS: chosen("2")},
        "nudges.time": {Action.NUDGE_TIME: {"selected_time": "11:00"}},
        "nudges.zone": {Action.NUDGE_ZONE: chosen("Europe/Paris")},
        "nudges.until": {Action.NUDGE_UNTIL: {"selected_date": None}},
        "nudges.state": {Action.NUDGE_STATE: chosen("on")},
    }
    blocks = [{"type": "input", "block_id": each} for each in fields]
    more = {"id": view_id, "callback_id": callback, "private_metadata": metadata}
    return MODAL | more | {"state": {"values": fields}, "blocks": blocks, "previous_view_id": "V1"}


def places(metadata: str) -> tuple[Json, Json, Json]:
    """Return where a control may be pressed: an ephemeral message, Home, and a modal."""
    message = {
        "container": {"type": "message", "message_ts": "1.2", "is_ephemeral": True},
        "channel": {"id": "C0GENERAL", "name": "general"},
    }
    inside = {"type": "view", "view_id": "V0STRANGER"}
    home = form("", metadata) | {"type": "home"}
    modal = form(Callback.DETAILS, metadata)
    return message, {"container": inside, "view": home}, {"container": inside, "view": modal}


@contextmanager
def watched(app: NextrungApp) -> Iterator[tuple[set[str], set[str]]]:
    """Give (the name of every listener of the app, the names of those called meanwhile)."""
    called: set[str] = set()
    routes = list(app.routes)
    kept: list[Callable[..., Any]] = [each.listener for each in routes]
    names = [
        f"{number} {each.__module__.rpartition('.')[2]}.{each.__name__}"
        for number, each in enumerate(kept)
    ]
    for name, route in zip(names, routes, strict=True):
        route.listener = _noted(route.listener, name, called)
    try:
        yield set(names), called
    finally:
        for original, route in zip(kept, routes, strict=True):
            route.listener = original


def _noted(listener: Callable[..., Any], name: str, called: set[str]) -> Callable[..., Any]:
    async def noted(*given: Any) -> Any:
        called.add(name)
        return await listener(*given)

    return noted


async def rows_of(database: Database, slack_id: str, team_id: str) -> dict[str, Sequence[Row[Any]]]:
    """Return every row that belongs to a member, of every table there is, by the foreign keys."""
    tables = _reflected.setdefault(database.dialect, MetaData())
    async with all_rows(database._reader) as connection:
        if not tables.tables:
            await connection.run_sync(tables.reflect)
        member, workspace = tables.tables["member"], tables.tables["workspace"]
        mine = select(member).join(workspace, workspace.c.id == member.c.workspace_id)
        found = {
            "member": (
                await connection.execute(
                    mine.where(
                        member.c.slack_id == slack_id,
                        workspace.c.team_id == team_id,
                        workspace.c.enterprise_id.is_(None),
                    )
                )
            ).all()
        }
        for table in tables.sorted_tables:
            owners = _owners_of(table, found)
            if owners:
                theirs = or_(
                    *(column.in_([row.id for row in found[name]]) for column, name in owners)
                )
                query = select(table).where(theirs).order_by(*table.primary_key)
                found[table.name] = (await connection.execute(query)).all()
    return found


def _owners_of(table: Table, found: dict[str, Any]) -> list[tuple[Column[Any], str]]:
    """Return the columns that lead to whose rows these are, each with the table it leads to."""
    keys = [
        (key.parent, key.column.table.name)
        for key in table.foreign_keys
        if key.column.table.name in found and key.column.table.name != table.name
    ]
    # Where there are two people to a row, it is theirs whom `member_id` names, else of both.
    named = [each for each in keys if each[0].name == "member_id"]
    return named or [each for each in keys if each[1] == "member"] or keys
