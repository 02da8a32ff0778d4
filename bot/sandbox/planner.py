"""What the bot's side says of when it will act next, so that the clock can be moved there."""

from datetime import datetime
from typing import Literal

from bot.sandbox.site import Site
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """When the bot will act next: `moment` is set where `state` is "planned".

    "untold": nobody tells; "nothing": nothing is planned; "failed": the bot's side could not say.
    """

    state: Literal["planned", "nothing", "untold", "failed"]
    moment: datetime | None = None


async def plan_of(site: Site) -> Plan:
    """Ask the bot's side; never raises for what it does."""
    if site.next_moment is None:
        return Plan("untold")
    try:
        moment = await site.next_moment()
    except Exception:  # noqa: BLE001 - the bot's side may fail in any way; the page must go on
        return Plan("failed")
    return Plan("nothing") if moment is None else Plan("planned", moment)


def move_by(site: Site, seconds: float) -> datetime:
    """Move the clock, back too, and return the moment it then shows; live pages hear of it."""
    moment = site.clock.advance(seconds)
    site.world.publish("clock", ref=moment.isoformat())
    return moment


async def move_to_next(site: Site) -> datetime | None:
    """Move the clock to when the bot will act next and return the moment it then shows.

    Returns None, the clock unmoved, where there is no such moment; one that has passed already is
    now. The clock never goes back here.
    """
    plan = await plan_of(site)
    if plan.moment is None:
        return None
    ahead = (plan.moment - site.clock.now()).total_seconds()
    return move_by(site, max(0.0, ahead))
