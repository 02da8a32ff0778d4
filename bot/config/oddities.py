"""Which settings were not read as they stand, for `nextrung doctor` and the log."""

from typing import Literal

from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource, PydanticBaseSettingsSource

from bot.config.settings import Settings
from bot.config.sources import given_by, is_service_link, tidied
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Oddity:
    """A setting that was not read as it stands. `kind` is what is odd about it."""

    name: str
    place: Literal["environment", ".env"]
    kind: Literal["service link", "empty", "surrounded"]


def oddities() -> list[Oddity]:
    """Return which settings of the environment and of `.env` were not read as they stand.

    Values are left out: they may be secrets.
    """
    sources: tuple[tuple[Literal["environment", ".env"], PydanticBaseSettingsSource], ...] = (
        ("environment", EnvSettingsSource(Settings)),
        (".env", DotEnvSettingsSource(Settings)),
    )
    return [
        Oddity(name.upper(), place, kind)
        for place, source in sources
        for given in [given_by(source)]
        for name in Settings.model_fields
        if (kind := _odd(given.get(name)))
    ]


def _odd(value: object) -> Literal["service link", "empty", "surrounded"] | None:
    if not isinstance(value, str) or tidied(value) == value:
        return None
    if tidied(value) is not None:
        return "surrounded"
    return "service link" if is_service_link(value) else "empty"
