"""`nextrung db lock-tenants`: PostgreSQL's own lock between tenants, turned and told."""

import asyncio

import typer

from bot.config import Settings
from bot.services.clock import SystemClock
from bot.store.fitness.tenant_lock import turn
from bot.store.isolation.policies import RULES


def turn_lock(*, on: bool) -> None:
    """Turn it, and say what holds from now on."""
    state = asyncio.run(turn(Settings().database, on=on, now=SystemClock().now()))
    if not on:
        typer.echo("Unlocked. The queries alone keep tenants apart; older versions may start.")
        return
    typer.echo(
        f"Locked: {len(RULES)} tables show a transaction one tenant's rows only, and what crosses "
        f"tenants takes the role {state.role}. Versions from before the lock do not start any more."
    )
    if state.bypasses:
        typer.echo(
            f"But {state.account} passes the lock by: it is a superuser, or has BYPASSRLS. Let the "
            "bot connect as a role that has neither, and owns the tables."
        )
