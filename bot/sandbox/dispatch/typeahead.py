"""Typing into an external select: block_suggestion and its options."""

from typing import Any

from bot.sandbox.blocks import text_of
from bot.sandbox.dispatch import payloads
from bot.sandbox.dispatch.outcome import Outcome
from bot.sandbox.dispatch.payloads import Place
from bot.sandbox.dispatch.says import says
from bot.sandbox.dispatch.sender import Sender
from bot.sandbox.dispatch.transport import Answer, Delivery
from bot.sandbox.inspector import Entry
from bot.sandbox.judge import judge_options
from bot.sandbox.model import Json, View
from bot.sandbox.site import Site


class Typeahead:
    """Asks the bot for options and remembers what was last offered where."""

    def __init__(self, site: Site, sender: Sender) -> None:
        self._site = site
        self._sender = sender
        self._offered: dict[tuple[str, str], list[Json]] = {}

    def offered(self, place: Place, action_id: str, wanted: Any) -> Any:
        """Return the option last offered under this value or text; else `wanted` itself."""
        for option in self._offered.get((_key(place), action_id), []):
            if wanted in (option.get("value"), text_of(option.get("text"))):
                return option
        return wanted

    async def ask(
        self, member_id: str, place: Place, block_id: str, element: Json, typed: str
    ) -> Outcome:
        """Return the options for what was typed; a notice where the bot gave none that is valid."""
        site, action_id = self._site, str(element["action_id"])
        if "external" not in element["type"]:
            raise ValueError(f"{action_id} is no external select")
        if len(typed) < int(element.get("min_query_length", 3)):
            return Outcome()
        answer, entry = await self._send(member_id, place, block_id, action_id, typed)
        verdict = judge_options(answer.body) if answer.error is None else None
        if verdict is not None:
            entry.record(verdict)
        site.inspector.finish(entry)
        if verdict is None or verdict.code:
            locale = site.world.members[member_id].locale
            return Outcome(notice=says(locale, "no_results"), entry=entry)
        options = _options(answer.body)
        self._offered[_key(place), action_id] = options
        return Outcome(options=options, entry=entry)

    async def _send(
        self, member_id: str, place: Place, block_id: str, action_id: str, typed: str
    ) -> tuple[Answer, Entry]:
        fields = payloads.place_fields(self._site, place, member_id)
        fields.pop("state", None)
        payload = payloads.interaction(
            self._site,
            "block_suggestion",
            self._site.world.members[member_id],
            place.workspace_id,
            action_id=action_id,
            block_id=block_id,
            value=typed,
            **fields,
        )
        return await self._sender.send(
            Delivery(kind="interactive", payload=payload),
            name=action_id,
            kind="block_suggestion",
            member_id=member_id,
            workspace_id=place.workspace_id,
        )


def _key(place: Place) -> str:
    return place.id if isinstance(place, View) else f"{place.channel_id}/{place.ts}"


def _options(body: Json) -> list[Json]:
    groups: list[Json] = body.get("option_groups") or [{"options": body.get("options") or []}]
    return [option for group in groups for option in group["options"]]
