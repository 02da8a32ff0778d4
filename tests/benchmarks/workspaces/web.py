"""`nextrung web` for any number of workspaces: `python -m tests.benchmarks.workspaces.web`.

The command itself serves those whose installation it knows; this one takes every workspace for one
of ours, with the same token, and asks nobody. An answer to a request that had to wait for its
catalogue says so in a header. Everything else is the command's own.
"""

from collections.abc import AsyncIterator, MutableMapping, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import Any

from bot.bootstrap import building, ground
from bot.cli import run
from bot.cli.serving import serving
from bot.services.giving_way import run_watched
from bot.services.lookup.held_catalogues import Catalogues
from bot.services.lookup.shelves import Shelf
from bot.slack.auth import Connected, Workspaces
from bot.slack.client import SlackClient
from bot.slack.guard import ASGIApp, Receive, Scope, Send
from bot.slack.tokens.identity import Claim, Identity

LOADED = b"x-benchmark-loaded"
_waited: ContextVar[list[str] | None] = ContextVar("waited", default=None)


class AllWorkspaces(Workspaces):
    """Every workspace is ours."""

    def __init__(self, clients: Sequence[SlackClient], **more: Any) -> None:
        """Take the client that speaks for all."""
        super().__init__(clients, **more)
        self._ours = clients[0]

    async def claimed(self, claim: Claim) -> Connected | None:
        """Return an installation of the workspace that a request claims to be from."""
        return Connected(self._ours, Identity(None, claim.team_id, "B0BENCH", "U0BENCHBOT", None))


class TellingCatalogues(Catalogues):
    """Notes in the request's context that it had to wait."""

    async def of(self, catalogue_key: str | None = None, *, passing: bool = False) -> Shelf:
        """Return the shelf, as always."""
        told = _waited.get()
        if told is not None and catalogue_key and self._keep.peek(catalogue_key) is None:
            told.append(catalogue_key)
        return await super().of(catalogue_key, passing=passing)


def telling(http: ASGIApp) -> ASGIApp:
    """Return the same application, whose answers say whether they waited for a catalogue."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        told: list[str] = []
        _waited.set(told)

        async def send_telling(message: MutableMapping[str, Any]) -> None:
            if told and message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), (LOADED, b"1")]
            await send(message)

        await http(scope, receive, send_telling)

    return serve


@asynccontextmanager
async def _serving(http: ASGIApp, **where: Any) -> AsyncIterator[str]:
    async with serving(telling(http), **where) as address:
        yield address


def main() -> None:
    """Serve until SIGTERM."""
    for module, name, ours in (
        (ground, "Workspaces", AllWorkspaces),
        (building, "Catalogues", TellingCatalogues),
        (run, "serving", _serving),
    ):
        getattr(module, name)  # where it is taken from, or nothing would be in its place
        setattr(module, name, ours)
    run_watched(run.run_web())


if __name__ == "__main__":
    main()
