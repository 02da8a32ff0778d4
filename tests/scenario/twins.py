"""Two workspaces with the same ids in everything, each with a word that the other must never see.

A `Walk` does what members do, at random, in both by turns, and looks at all that leaves the bot.
"""

import json
import logging
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest

from bot.cards.ids import Action, Callback, Shortcut
from bot.domain.framework import CatalogueContent
from bot.domain.growth.assessment import Status
from bot.domain.tenancy import Tenant
from bot.domain.text import LocalText
from bot.sandbox.inspector import Entry
from bot.sandbox.samples import ENGINEER, OTHER_ENGINEER, OTHER_WORKSPACE, WORKSPACE
from tests.scenario.desk import Desk, Json
from tests.scenario.growing import lead_cells
from tests.scenario.nudging import pass_by
from tests.scenario.strangers import Mouth, Stranger, control, form, places

PEOPLE = (ENGINEER, OTHER_ENGINEER)
COMMANDS = (
    *(("/skill", each) for each in ("mlops senior", "llm-evaluation", "{word}", "help")),
    *(("/promote-gap", each) for each in ("", "llm-engineer lead", "{word} lead")),
    *(("/growth", each) for each in ("", "goal llm-engineer lead", "role llm-engineer senior")),
    *(("/growth", each) for each in ("export", "status", "nudges", "{word}", "language", "role")),
)
_FREE = "of the stranger"
_MOST_KEPT = 400


@dataclass(slots=True)
class Twin:
    """One of the two workspaces: its people have the ids of the other's."""

    team_id: str
    word: str
    face: str
    harvest: list[tuple[str, Json]] = field(default_factory=list)

    @property
    def tenant(self) -> Tenant:
        return Tenant(self.team_id)

    def mouth(self, desk: Desk, slack_id: str) -> Mouth:
        return Mouth(desk, Stranger(slack_id, self.team_id, self.face))

    def keep(self, text: str) -> None:
        """Remember the controls and forms that an answer or a call has."""
        try:
            self.harvest += harvested(json.loads(text))
        except ValueError:
            return
        del self.harvest[:-_MOST_KEPT]


def twins() -> tuple[Twin, Twin]:
    return (
        Twin(WORKSPACE, "amberfox", ENGINEER),
        Twin(OTHER_WORKSPACE, "cobaltowl", OTHER_ENGINEER),
    )


def harvested(found: Any) -> Iterator[tuple[str, Json]]:
    """Yield ("control" or "form", payload) of all that a card, a view or a call has."""
    match found:
        case {"action_id": str() as action, **more}:
            carriers: list[Any] = [more, more.get("initial_option"), *_listed(more.get("options"))]
            for each in carriers:
                if isinstance(each, dict) and isinstance(each.get("value"), str):
                    yield "control", control(action, each["value"])
        case {"callback_id": str() as callback, "private_metadata": str() as metadata}:
            yield "form", form(callback, metadata)
        case str() if found.startswith(("{", "[")):  # views and blocks within calls
            try:
                yield from harvested(json.loads(found))
            except ValueError:
                return
    parts = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    for part in parts:
        yield from harvested(part)


def _listed(found: Any) -> list[Any]:
    return found if isinstance(found, list) else []


async def own_framework(desk: Desk, twin: Twin) -> None:
    """Let a workspace have a framework with the built-in one's keys and names, and its word."""
    content = desk.nextrung.services.catalogues.shelf().catalogue.content
    key, now = f"own-{twin.team_id.lower()}", desk.slack.clock.now()
    await desk.nextrung.database.catalogues.publish(
        _worded(content, twin.word), catalogue_key=key, author="Sample Owner", note="", at=now
    )
    async with desk.nextrung.database.write(twin.tenant) as work:
        await work.workspaces.use_catalogue(key, at=now)


def _worded(content: CatalogueContent, word: str) -> CatalogueContent:
    def said(text: LocalText | None) -> LocalText:
        return LocalText(f"{word}: {text.base if text else ''}".strip())

    asked = tuple(replace(each, text=said(each.wording)) for each in content.expectations)
    return replace(content, name=LocalText(f"Framework {word}"), expectations=asked)


class Walk:
    """Random steps in both workspaces; `counts` says how much was looked at."""

    def __init__(self, desk: Desk, seed: int, caplog: pytest.LogCaptureFixture) -> None:
        self.desk = desk
        self.twins = twins()
        self.counts: Counter[str] = Counter()
        self._caplog = caplog
        self._chance = random.Random(seed)  # noqa: S311 - the same walk each time
        self._seen = 0
        caplog.set_level(logging.INFO)

    def other(self, twin: Twin) -> Twin:
        return self.twins[1] if twin is self.twins[0] else self.twins[0]

    async def begin(self) -> None:
        """Let each workspace have its framework, its people a goal and one of everything."""
        for twin in self.twins:
            await own_framework(self.desk, twin)
        await self.desk.nextrung.services.catalogues.refresh()
        await self.desk.nextrung.services.members.refresh()
        for twin in self.twins:
            for slack_id in PEOPLE:
                for text in ("role llm-engineer senior", "goal llm-engineer lead"):
                    await self.command(twin, slack_id, ("/growth", text))
                await self._hold(twin, slack_id)
        await pass_by(self.desk, timedelta(days=8))  # nudges, which quote what they hold
        await self._look(None, "time", "")
        self.counts["time"] += 1
        for twin in self.twins:
            for slack_id in PEOPLE:
                for text in ("", "evidence", "nudges"):
                    await self.command(twin, slack_id, ("/growth", text))

    async def _hold(self, twin: Twin, slack_id: str) -> None:
        """Let somebody hold marks with notes, evidence, and what they find unclear."""
        services = self.desk.nextrung.services
        shelf = services.catalogues.shelf(f"own-{twin.team_id.lower()}")
        cells = lead_cells(self.desk)
        who = await services.members.find(twin.tenant, slack_id)
        for cell in cells[3:6]:
            note = f"{twin.word} did it"
            await services.assessing.mark(who, shelf, cell, Status.MET, note=note)
        note, link = f"{twin.word} wrote this", f"https://{twin.word}.example/plan"
        await services.evidence.add(who, note=note, link=link, supports=cells[:3], token="V1")

    async def step(self) -> None:
        """Do one thing somewhere, and look at what came of it."""
        twin, slack_id = self._chance.choice(self.twins), self._chance.choice(PEOPLE)
        kind = self._chance.choices(
            ("command", "press", "submit", "suggest", "shortcut", "home", "time"),
            (4, 10, 5, 1, 1, 1, 0.3),
        )[0]
        match kind:
            case "command":
                await self.command(twin, slack_id, self._chance.choice(COMMANDS))
            case "press" | "submit" | "suggest":
                await self._use(kind, twin, slack_id)
            case "shortcut":
                said = {"type": "message", "user": slack_id, "text": twin.word, "ts": "1.000100"}
                callback = self._chance.choice([*Shortcut])
                answer = await twin.mouth(self.desk, slack_id).shortcut(callback, said)
                await self._look(twin, callback, answer)
            case "home":
                view = form("", "x") | {"type": "home"}
                event = {"type": "app_home_opened", "user": slack_id, "tab": "home", "view": view}
                await self._look(twin, "home", await twin.mouth(self.desk, slack_id).event(event))
            case _:
                await pass_by(self.desk, timedelta(days=self._chance.choice((1, 8))))
                await self._look(None, "time", "")
        self.counts[kind] += 1

    async def command(self, twin: Twin, slack_id: str, typed: tuple[str, str]) -> None:
        """Type something, and look at what came of it."""
        command, text = typed[0], typed[1].format(word=twin.word)
        answer = await twin.mouth(self.desk, slack_id).command(command, text)
        await self._look(twin, f"{command} {text}", answer)

    async def _use(self, kind: str, twin: Twin, slack_id: str) -> None:
        """Press or send what stood on a card of this workspace, or of the other one."""
        source = self._chance.choice((twin, twin, self.other(twin)))
        wanted = "form" if kind == "submit" else "control"
        known = [each for what, each in source.harvest if what == wanted]
        if not known:
            return
        payload = self._own(twin, self._chance.choice(known))
        self.counts["forged"] += source is not twin
        mouth = twin.mouth(self.desk, slack_id)
        if kind == "submit":
            answer = await mouth.submit(payload)
        elif kind == "suggest":
            view = form("", payload["value"])
            answer = await mouth.suggest(self._chance.choice([*Action]), payload["value"], view)
        else:
            answer = await mouth.press(
                payload, self._chance.choice(places(self._metadata(twin, source)))
            )
        await self._look(
            twin, f"{kind} {payload.get('action_id') or payload['callback_id']}", answer
        )

    def _metadata(self, twin: Twin, source: Twin) -> str:
        forms = [each for what, each in source.harvest if what == "form"]
        chosen = self._chance.choice(forms) if forms else form(Callback.DETAILS, "x")
        return str(self._own(twin, chosen)["private_metadata"])

    def _own(self, twin: Twin, payload: Json) -> Json:
        """Put this workspace's word into every free text: nobody sends the other's.

        Nor an address to answer at in the other: whoever has one may post there anyway.
        """
        other, text = self.other(twin), json.dumps(payload)
        for theirs, ours in (
            (other.word, twin.word),
            (f"/response/{other.team_id}/", f"/response/{twin.team_id}/"),
            (f"%2Fresponse%2F{other.team_id}%2F", f"%2Fresponse%2F{twin.team_id}%2F"),
            (_FREE, f"{twin.word} said so"),
            (_FREE.replace(" ", "-"), twin.word),
        ):
            text = text.replace(theirs, ours)
        own: Json = json.loads(text)
        return own

    async def _look(self, twin: Twin | None, case: str, answer: str) -> None:
        """Hold that an answer, and all that left the bot beside it, has no word of the other."""
        await self.desk.drained()
        if twin is not None:
            assert self.other(twin).word not in answer, case
            twin.keep(answer)
            self.counts["answers"] += 1
            self.counts["answers with the own word"] += twin.word in answer
        for entry in self._calls():
            owner = self._owner(entry, twin)
            # Whose the tokens are is asked for all of them at once.
            assert twin in (None, owner) or entry.name == "auth.test", (
                case,
                entry.name,
                entry.workspace_id,
            )
            sent = json.dumps([entry.request, entry.response], ensure_ascii=False, default=str)
            assert self.other(owner).word not in sent, (case, entry.name)
            owner.keep(json.dumps(entry.request))
            self.counts["calls"] += 1
            self.counts["calls with the own word"] += owner.word in sent
        logs = [*map(str, self.desk.logs), *(each.getMessage() for each in self._caplog.records)]
        self.desk.logs.clear()
        self._caplog.clear()
        for each in self.twins:
            assert not any(each.word in line for line in logs), (case, each.word)
        self.counts["log lines"] += len(logs)

    def _calls(self) -> Iterator[Entry]:
        for entry in [*self.desk.slack.inspector]:
            if entry.number > self._seen:
                self._seen = entry.number
                if entry.direction == "from_bot":
                    yield entry

    def _owner(self, entry: Entry, sender: Twin | None) -> Twin:
        if entry.workspace_id is None and sender is not None:
            return sender  # to an address that leads nowhere
        (found,) = [each for each in self.twins if each.team_id == entry.workspace_id]
        return found


def kept_by_tenant(root: object) -> Iterator[tuple[Tenant, str]]:
    """Yield (tenant, what is kept) of every mapping below an object that is keyed by tenants."""
    seen: set[int] = set()
    waiting: list[object] = [root]
    while waiting:
        found = waiting.pop()
        if id(found) in seen or isinstance(found, type | str | bytes):
            continue
        seen.add(id(found))
        if isinstance(found, Mapping):
            for key, value in [*found.items()]:
                tenant = _tenant_in(key)
                if tenant is None:
                    waiting.append(value)
                else:
                    yield tenant, f"{key!r} {value!r} {_inside(value)}"
        elif isinstance(found, list | tuple | set | frozenset):
            waiting += found
        else:
            waiting += _parts(found)


def _tenant_in(key: object) -> Tenant | None:
    if isinstance(key, Tenant):
        return key
    if isinstance(key, tuple):
        return next((each for each in map(_tenant_in, key) if each), None)
    owner = getattr(key, "tenant", None)
    return owner if isinstance(owner, Tenant) else None


def _parts(found: object) -> list[object]:
    if isinstance(found, Callable) and not hasattr(found, "__dict__"):  # type: ignore[arg-type]
        return []
    if not type(found).__module__.startswith("bot."):
        return []
    slots = [name for kind in type(found).__mro__ for name in getattr(kind, "__slots__", ())]
    return [
        *getattr(found, "__dict__", {}).values(),
        *(getattr(found, each, None) for each in slots),
    ]


def _inside(value: object) -> str:
    """Return what an object of ours holds, where its repr may not say."""
    return " ".join(map(repr, _parts(value)))
