"""What everything in one process stands on: its clocks, its database, its ways to Slack."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from bot.bootstrap.from_settings import network_of, token_exchange_of, token_keys_of
from bot.bootstrap.telemetry import Telemetry, telemetry_of
from bot.services.clock import Steadiness, SystemClock, always_steady
from bot.services.figures.process import Figures
from bot.services.installs.installing import Installing
from bot.services.installs.rotation import Rotation, TokenExchange
from bot.services.ports import Clock
from bot.services.two_clocks import TwoClocks, no_other
from bot.slack.auth import Workspaces
from bot.slack.client import slack_client
from bot.slack.installs.stored import StoredInstallations
from bot.slack.network import Network, Pool
from bot.store.database import Database
from bot.values import dataclass

if TYPE_CHECKING:
    # Who calls has read them; here they are a value like others, and need no pydantic.
    from bot.config import Settings


@dataclass(frozen=True, slots=True)
class Ground:
    """What is there before any service. `counted` only counts, in seconds, from wherever."""

    settings: "Settings"
    clock: Clock
    counted: Callable[[], float]
    clocks: TwoClocks
    database: Database
    figures: Figures
    telemetry: Telemetry
    pool: Pool
    network: Network


def ground_of(settings: "Settings", clock: Clock | None, *, compared: bool | None) -> Ground:
    """Build it; a `clock` that is handed in is moved by hand, unless it is to be `compared`.

    Raises:
        BadDatabaseUrl, BadTokenKeys: a setting cannot be used.
    """
    time = clock or SystemClock()
    pool, figures = Pool(), Figures()
    database = Database(settings.database, token_keys=token_keys_of(settings))
    compared = clock is None if compared is None else compared
    return Ground(
        settings=settings,
        clock=time,
        # A clock that is moved by hand, in the sandbox, counts for all waiting.
        counted=(lambda: time.now().timestamp()) if clock else monotonic,
        # It jumps on purpose, and nothing else goes by it.
        clocks=TwoClocks(
            time,
            database.moment if compared else no_other,
            always_steady if clock else Steadiness(time),
        ),
        database=database,
        figures=figures,
        telemetry=telemetry_of(settings),
        pool=pool,
        network=replace(network_of(settings), pool=pool, heard=figures.called),
    )


@dataclass(frozen=True, slots=True)
class Reached:
    """How workspaces are reached; `rotation` where tokens end and are exchanged."""

    tokens: Sequence[str]
    workspaces: Workspaces
    stored: StoredInstallations
    installing: Installing
    rotation: Rotation | None


def reached_of(
    ground: Ground, bot_tokens: Sequence[str], token_exchange: TokenExchange | None
) -> Reached:
    """Build it. `bot_tokens` takes the place of the settings' token where there are several."""
    settings, database, time = ground.settings, ground.database, ground.clock
    token = settings.slack_bot_token
    tokens = bot_tokens or ([token.get_secret_value()] if token else [])
    client_for = partial(slack_client, api_url=settings.slack_api_url, network=ground.network)
    installing = Installing(database, time)
    stored = StoredInstallations(
        database.installations, installing, time, client_for, counted=ground.counted
    )
    rotation, exchange = None, token_exchange or token_exchange_of(settings, ground.network)
    if exchange is not None:
        rotation = Rotation(database, exchange, time, changed=stored.drop)
        stored.renewing = rotation
    workspaces = Workspaces(
        [client_for(each) for each in tokens],
        stored=stored,
        works=installing.works,
        counted=ground.counted,
    )
    return Reached(tokens, workspaces, stored, installing, rotation)
