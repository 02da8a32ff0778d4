"""Sends every listener that the app has what a stranger may send, and looks at all that leaves."""

import json
from collections.abc import Iterator

import pytest

from bot.cards.ids import Action, Callback, Shortcut, numbered
from bot.sandbox.samples import ENGINEER, WORKSPACE
from bot.slack.press import Kind, Sent
from bot.slack.routes import Route
from tests.properties import tries_all
from tests.scenario.aiming import takes
from tests.scenario.desk import Desk, Json
from tests.scenario.members.holdings import SECRETS
from tests.scenario.strangers import (
    Mouth,
    Stranger,
    control,
    form,
    places,
)

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
