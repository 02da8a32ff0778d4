"""What is done to installations from outside: by the page, and by other tools."""

from bot.sandbox.backend import Backend
from bot.sandbox.model import Json
from bot.sandbox.state.installs import KINDS

SWITCHES = ("rotates", "org_answers_name_a_team", "org_payloads_lack_team")


async def change(backend: Backend, wish: Json, *, member_id: str) -> None:
    """Do one thing with an installation, as `do` says, on behalf of a member.

    Raises ValueError where that makes no sense, KeyError for a place that there is not.
    """
    what, events = wish.get("do"), backend.install_events
    match what:
        case "install" | "remove":
            await _install(backend, _text(wish, "place"), member_id, remove=what == "remove")
        case "give":
            await events.give(_text(wish, "place"))
        case "take":
            await events.take([_text(wish, "place")])
        case "migrate":
            await events.start_migration(_text(wish, "place"))
        case "migrated":
            place_id = _text(wish, "place")
            people = backend.site.world.people(place_id)
            await events.finish_migration(place_id, renamed=[one.id for one in people])
        case "send":
            kind = next((each for each in KINDS if each == wish.get("kind")), None)
            if kind is None:
                raise ValueError(f"choose an event: {', '.join(KINDS)}")
            await events.send(kind, _text(wish, "place"))
        case "again":
            await backend.events.repeat(_number(_text(wish, "number")))
        case "switch":
            _switch(backend, _text(wish, "name"), on=wish.get("on") is True)
        case other:
            raise ValueError(f"{other} is nothing that is done with an installation")
    backend.site.world.publish("installs")


async def _install(backend: Backend, place_id: str, member_id: str, *, remove: bool) -> None:
    installs = backend.site.installs
    if installs.place(place_id) not in installs.places_for(member_id):
        raise ValueError("only a member of the workspace, or an owner of the organisation, can")
    if remove:
        await backend.install_events.uninstall(place_id)
    else:
        installs.install_again(place_id, member_id)


def _switch(backend: Backend, name: str, *, on: bool) -> None:
    if name not in SWITCHES:
        raise ValueError(f"{name} is no switch")
    setattr(backend.site.installs, name, on)


def _text(wish: Json, name: str) -> str:
    value = wish.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(f"{name} is missing or no text")
    return value


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise ValueError("the number must be a whole number")
    return int(text)
