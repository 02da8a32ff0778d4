"""Everything a member can do in Slack that reaches the bot."""

from contextlib import suppress
from typing import Any

from bot.sandbox.blocks import PRESSED, SINGLE_CHOICES, elements, same_value
from bot.sandbox.dispatch import payloads
from bot.sandbox.dispatch.commands import Commands
from bot.sandbox.dispatch.events import Events
from bot.sandbox.dispatch.outcome import Outcome
from bot.sandbox.dispatch.payloads import Place
from bot.sandbox.dispatch.says import says
from bot.sandbox.dispatch.sender import Sender
from bot.sandbox.dispatch.shapes import message_json, readable_file_json, view_json
from bot.sandbox.dispatch.submissions import Submissions
from bot.sandbox.dispatch.transport import TIMEOUT, Answer, Delivery
from bot.sandbox.dispatch.typeahead import Typeahead
from bot.sandbox.dispatch.values import action_payload, entered, judged
from bot.sandbox.model import Channel, Json, Message, SharedFile, View
from bot.sandbox.site import Site


class Interactions:
    """Carries out what members do; each method returns once the bot's answer has been applied."""

    def __init__(self, site: Site, sender: Sender, events: Events) -> None:
        self._site = site
        self._sender = sender
        self._events = events
        self._commands = Commands(site, sender)
        self._submissions = Submissions(site, sender)
        self._typeahead = Typeahead(site, sender)

    async def command(
        self, member_id: str, text: str, channel_id: str, *, thread_ts: str | None = None
    ) -> Outcome:
        """Type a slash command ("/skill mlops") in a channel; any other text is a plain message.

        With `thread_ts` it is typed below that message, where Slack takes no commands. Raises
        KeyError for an unknown member, channel or message, ValueError where the member cannot type.
        """
        self._may_act(member_id)
        return await self._commands.run(member_id, text, channel_id, thread_ts=thread_ts)

    async def action(
        self, member_id: str, place: Place, block_id: str, action_id: str, value: Any = None
    ) -> Outcome:
        """Press a button, or choose or enter `value` in an element of a message or view.

        An element of an input block without `dispatch_action` only keeps the value: no payload. Nor
        is there one for the option that is shown as chosen already. Raises KeyError where there is
        no such element, ValueError for an option not on offer.
        """
        self._may_act(member_id)
        block, element = find_element(place, block_id, action_id)
        shown = payloads.state_at(place, member_id).get(block_id, {}).get(action_id, {})
        state = self.enter(member_id, place, block_id, action_id, value)
        if block.get("type") == "input" and not block.get("dispatch_action"):
            return Outcome()
        kind = element["type"]
        if kind in SINGLE_CHOICES and same_value({"type": kind, **state}, shown):
            return Outcome()
        world = self._site.world
        before = world.revision
        view_id = place.id if isinstance(place, View) and place.type == "modal" else None
        workspace_id = place.workspace_id
        trigger = world.new_trigger(member_id, view_id=view_id, workspace_id=workspace_id)
        payload = payloads.interaction(
            self._site,
            "block_actions",
            world.members[member_id],
            workspace_id,
            trigger_id=trigger.id,
            **payloads.place_fields(self._site, place, member_id),
            actions=[action_payload(block, element, state, action_ts=world.next_ts())],
        )
        if isinstance(place, Message):
            url = world.new_response_url(
                member_id=member_id,
                channel_id=place.channel_id,
                message=place,
                workspace_id=workspace_id,
            )
            payload["response_url"] = payloads.response_url(self._site, url)
        return await self._send(
            payload, workspace_id, name=action_id, member_id=member_id, before=before
        )

    def enter(
        self, member_id: str, place: Place, block_id: str, action_id: str, value: Any
    ) -> Json:
        """Keep what a member entered, without telling the bot; returns the element's new state."""
        _, element = find_element(place, block_id, action_id)
        if isinstance(value, list):
            value = [self._typeahead.offered(place, action_id, item) for item in value]
        else:
            value = self._typeahead.offered(place, action_id, value)
        if element["type"] in PRESSED:
            return {}
        if element["type"] == "feedback_buttons":
            return judged(element, value)
        state = entered(element, value)
        if element["type"] != "overflow":
            _keep(member_id, place, block_id, action_id, {"type": element["type"], **state})
        return state

    def upload(self, member_id: str, name: str, content: bytes) -> Json:
        """Choose a file of the member's machine: the value that a file input then holds.

        Raises KeyError for an unknown member, ValueError where the member cannot act.
        """
        self._may_act(member_id)
        world = self._site.world
        file = SharedFile(
            id=world.new_id("F"),
            workspace_id=world.members[member_id].workspace_id,
            name=name,
            length=len(content),
            owner_id=member_id,
            content=content,
            shared=True,
        )
        world.files[file.id] = file
        return readable_file_json(file, self._site.base_url)

    async def suggest(
        self, member_id: str, place: Place, block_id: str, action_id: str, typed: str
    ) -> Outcome:
        """Type into an external select; `options` of the outcome are what it then offers."""
        self._may_act(member_id)
        _, element = find_element(place, block_id, action_id)
        return await self._typeahead.ask(member_id, place, block_id, element, typed)

    async def submit(self, view: View) -> Outcome:
        """Press a modal's submit button; Slack's own checks of the inputs come first."""
        self._may_act(view.member_id)
        return await self._submissions.submit(view)

    async def close(self, view: View, *, clear: bool = False) -> Outcome:
        """Close a modal; `clear` closes the whole stack, as the cross at its top does."""
        return await self._submissions.close(view, clear=clear)

    async def global_shortcut(self, member_id: str, callback_id: str) -> Outcome:
        """Use a global shortcut."""
        self._may_act(member_id)
        workspace_id = self._app_of(member_id)
        trigger = self._site.world.new_trigger(member_id, workspace_id=workspace_id)
        payload = payloads.interaction(
            self._site,
            "shortcut",
            self._site.world.members[member_id],
            workspace_id,
            callback_id=callback_id,
            trigger_id=trigger.id,
            action_ts=self._site.world.next_ts(),
        )
        before = self._site.world.revision
        return await self._send(
            payload, workspace_id, name=callback_id, member_id=member_id, before=before
        )

    async def message_shortcut(self, member_id: str, message: Message, callback_id: str) -> Outcome:
        """Use a message shortcut on a message the member sees."""
        self._may_act(member_id)
        world = self._site.world
        channel = world.channels[message.channel_id]
        workspace_id = self._app_of(member_id, channel)
        trigger = world.new_trigger(member_id, workspace_id=workspace_id)
        url = world.new_response_url(
            member_id=member_id, channel_id=channel.id, workspace_id=workspace_id
        )
        payload = payloads.interaction(
            self._site,
            "message_action",
            world.members[member_id],
            workspace_id,
            callback_id=callback_id,
            trigger_id=trigger.id,
            action_ts=world.next_ts(),
            message_ts=message.ts,
            channel={"id": channel.id, "name": channel.name},
            response_url=payloads.response_url(self._site, url),
            message=message_json(world, message),
        )
        return await self._send(
            payload, workspace_id, name=callback_id, member_id=member_id, before=world.revision
        )

    async def open_home(self, member_id: str, *, tab: str = "home") -> Outcome:
        """Open the app's Home (or Messages) tab: the bot hears `app_home_opened`."""
        self._may_act(member_id)
        world = self._site.world
        channel, home, before = world.dm(member_id), world.homes.get(member_id), world.revision
        event: Json = {
            "type": "app_home_opened",
            "user": member_id,
            "channel": channel.id,
            "event_ts": world.next_ts(),
            "tab": tab,
        }
        if home is not None and tab == "home":
            event["view"] = view_json(world, home)
        answer = await self._events.send(
            event, workspace_id=self._app_of(member_id), member_id=member_id
        )
        outcome = self._outcome(answer, member_id, before)
        outcome.view = world.homes.get(member_id)
        return outcome

    def _app_of(self, member_id: str, channel: Channel | None = None) -> str:
        """Return the workspace whose app a member means. Raises ValueError where it has none."""
        workspace = self._site.world.app_workspace(member_id, channel)
        if not workspace.has_app:
            raise ValueError(f"{workspace.name} has not installed the app")
        return workspace.id

    def _may_act(self, member_id: str) -> None:
        member = self._site.world.members[member_id]
        if member.deleted or member.is_bot:
            raise ValueError(f"{member_id} is deactivated or a bot and cannot do this")

    async def _send(
        self, payload: Json, workspace_id: str, *, name: str, member_id: str, before: int
    ) -> Outcome:
        answer, entry = await self._sender.send(
            Delivery(kind="interactive", payload=payload),
            name=name,
            kind=payload["type"],
            member_id=member_id,
            workspace_id=workspace_id,
        )
        if answer.error is None and answer.body:
            entry.warn("ack_body_ignored", f"Slack ignores the ack's body for {payload['type']}")
        self._site.inspector.finish(entry)
        outcome = self._outcome(answer, member_id, before)
        outcome.entry = entry
        return outcome

    def _outcome(self, answer: Answer, member_id: str, before: int) -> Outcome:
        outcome = settle(self._site, member_id, before)
        if answer.error is not None:
            outcome.notice = _failure(answer, self._site.world.members[member_id].locale)
            self._site.world.notice(member_id, outcome.notice)
        return outcome


def settle(site: Site, member_id: str, before: int) -> Outcome:
    """Return what changed for a member since the revision `before`."""
    top = site.views.top(member_id)
    return Outcome(
        messages=site.world.changed_since(before, member_id),
        view=top if top is not None and top.revision > before else None,
    )


def find_element(place: Place, block_id: str, action_id: str) -> tuple[Json, Json]:
    """Return the block and the element with these ids. Raises KeyError where there is none."""
    for block, element in elements(place.blocks):
        with suppress(KeyError):
            if (block["block_id"], element["action_id"]) == (block_id, action_id):
                return block, element
    raise KeyError(f"no element {action_id} in block {block_id}")


def _keep(member_id: str, place: Place, block_id: str, action_id: str, value: Json) -> None:
    """Keep a value where it differs from what is shown: what nobody touched is no choice."""
    shown = payloads.state_at(place, member_id).get(block_id, {}).get(action_id, {})
    if same_value(value, shown):
        return
    if isinstance(place, View):
        place.state.setdefault(block_id, {})[action_id] = value
        place.entered.setdefault(block_id, {})[action_id] = value
    else:
        place.entered.setdefault(member_id, {}).setdefault(block_id, {})[action_id] = value


def _failure(answer: Answer, locale: str) -> str:
    if answer.error == TIMEOUT or answer.status is None:
        return says(locale, "trouble")
    return says(locale, "status", status=answer.status)
