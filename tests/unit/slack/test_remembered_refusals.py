"""An error that is raised again and again keeps nothing of the requests that it ended."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from bot.domain.tenancy import Tenant
from bot.slack.auth import Workspaces
from bot.slack.client import SlackClient
from bot.slack.installs.stored import StoredInstallations
from bot.store.tokens.keys import TokenKeyMissing
from tests.fakes.clock import FrozenClock

TENANT = Tenant("T1")
TIMES = 5


async def depth(error: type[Exception], find: Any) -> int:
    """Return through how many frames what is raised says that it came."""
    with pytest.raises(error) as raised:
        await find()
    trace, frames = raised.value.__traceback__, 0
    while trace is not None:
        trace, frames = trace.tb_next, frames + 1
    return frames


async def test_a_token_that_slack_does_not_take() -> None:
    class Refusing:
        asked = 0

        async def auth_test(self) -> None:
            self.asked += 1
            raise ConnectionError("not here")

    client = Refusing()
    workspaces = Workspaces([cast("SlackClient", client)], counted=lambda: 0.0)
    # Twice in vain, and it is left alone for a while.
    for _ in range(2):
        await depth(ConnectionError, lambda: workspaces.find(TENANT))
    depths = {await depth(ConnectionError, lambda: workspaces.find(TENANT)) for _ in range(TIMES)}
    assert (client.asked, len(depths)) == (2, 1)


async def test_a_token_that_cannot_be_decrypted() -> None:
    class Store:
        asked = 0
        keys = True

        async def find(self, _tenants: object) -> list[Any]:
            self.asked += 1
            why = TokenKeyMissing(key_id="k", remedy="Set it.")
            return [SimpleNamespace(tenant=TENANT, installation=None, why=why)]

    store, installing = Store(), SimpleNamespace(listen=lambda _: None)
    stored = StoredInstallations(
        cast("Any", store),
        cast("Any", installing),
        FrozenClock(),
        cast("Any", None),
        counted=lambda: 0.0,
    )
    depths = {await depth(TokenKeyMissing, lambda: stored.find([TENANT])) for _ in range(TIMES)}
    assert (store.asked, len(depths)) == (1, 1)
