"""Control requests about where the app is installed."""

from bot.sandbox.backend import Backend
from bot.sandbox.control.arguments import text_of
from bot.sandbox.installing import SWITCHES, change
from bot.sandbox.model import Json
from bot.sandbox.state.installs import Place


async def installs(backend: Backend, _: Json) -> Json:
    """How every installation stands."""
    site = backend.site
    places: list[Place] = [*site.world.workspaces.values(), *site.world.organisations.values()]
    now = site.clock.now()
    found = []
    for place in places:
        token = site.world.tokens.get(place.bot_token)
        trouble = token.trouble(now) if token else None
        found.append(
            {"id": place.id, "name": place.name, "has_app": place.has_app, "trouble": trouble}
        )
    switches = {name: getattr(site.installs, name) for name in SWITCHES}
    return {"places": found, **switches}


async def change_installs(backend: Backend, args: Json) -> Json:
    """Install, remove, add, move, or send an event about it."""
    member_id = text_of(args, "member")
    backend.site.world.members[member_id]
    await change(backend, args, member_id=member_id)
    return await installs(backend, args)
