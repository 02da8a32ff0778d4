"""What is done to installations from outside: by the page, and by other tools."""

from collections.abc import Awaitable, Callable

from bot.sandbox.backend import Backend
from bot.sandbox.model import Json
from bot.sandbox.state.installs import KINDS

SWITCHES = ("rotates", "needs_approval", "org_answers_name_a_team", "org_payloads_lack_team")

Deed = Callable[[Backend, Json, str], Awaitable[None]]


async def change(backend: Backend, wish: Json, *, member_id: str) -> None:
    """Do one thing with an installation, as `do` says, on behalf of a member.

    Raises ValueError where that makes no sense, KeyError for a place that there is not.
    """
    deed = _DEEDS.get(str(wish.get("do")))
    if deed is None:
        raise ValueError(f"{wish.get('do')} is nothing that is done with an installation")
    await deed(backend, wish, member_id)
    backend.site.world.publish("installs")


async def _install(backend: Backend, wish: Json, member_id: str) -> None:
    backend.site.installs.install_again(_own_place(backend, wish, member_id), member_id)


async def _remove(backend: Backend, wish: Json, member_id: str) -> None:
    await backend.install_events.uninstall(_own_place(backend, wish, member_id))


async def _approve(backend: Backend, wish: Json, member_id: str) -> None:
    backend.site.installs.approve(_text(wish, "place"), member_id)


async def _give(backend: Backend, wish: Json, _: str) -> None:
    await backend.install_events.give(_text(wish, "place"))


async def _take(backend: Backend, wish: Json, _: str) -> None:
    await backend.install_events.take([_text(wish, "place")])


async def _migrate(backend: Backend, wish: Json, _: str) -> None:
    await backend.install_events.start_migration(_text(wish, "place"))


async def _migrated(backend: Backend, wish: Json, _: str) -> None:
    place_id = _text(wish, "place")
    people = [one.id for one in backend.site.world.people(place_id)]
    await backend.install_events.finish_migration(place_id, renamed=people)


async def _send(backend: Backend, wish: Json, _: str) -> None:
    kind = next((each for each in KINDS if each == wish.get("kind")), None)
    if kind is None:
        raise ValueError(f"choose an event: {', '.join(KINDS)}")
    await backend.install_events.send(kind, _text(wish, "place"))


async def _again(backend: Backend, wish: Json, _: str) -> None:
    number = _text(wish, "number")
    if not (number.isascii() and number.isdigit()):
        raise ValueError("the number must be a whole number")
    await backend.events.repeat(int(number))


async def _switch(backend: Backend, wish: Json, _: str) -> None:
    name = _text(wish, "name")
    if name not in SWITCHES:
        raise ValueError(f"{name} is no switch")
    setattr(backend.site.installs, name, wish.get("on") is True)


_DEEDS: dict[str, Deed] = {
    "install": _install,
    "remove": _remove,
    "approve": _approve,
    "give": _give,
    "take": _take,
    "migrate": _migrate,
    "migrated": _migrated,
    "send": _send,
    "again": _again,
    "switch": _switch,
}


def _own_place(backend: Backend, wish: Json, member_id: str) -> str:
    place_id, installs = _text(wish, "place"), backend.site.installs
    if installs.place(place_id) not in installs.places_for(member_id):
        raise ValueError("only a member of the workspace, or an owner of the organisation, can")
    return place_id


def _text(wish: Json, name: str) -> str:
    value = wish.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(f"{name} is missing or no text")
    return value
