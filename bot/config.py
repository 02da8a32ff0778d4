"""Settings: from the environment and a `.env` file, frozen, secrets kept out of every text."""

import re
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_MEMBER_ID = re.compile(r"[UW][A-Z0-9]{2,30}")


class Settings(BaseSettings):
    """What an operator may set. Every field is described in `.env.example`."""

    model_config = SettingsConfigDict(env_file=".env", extra="ignore", frozen=True)

    slack_bot_token: SecretStr | None = Field(
        default=None, description="Bot token (xoxb-…) from OAuth & Permissions."
    )
    slack_app_token: SecretStr | None = Field(
        default=None,
        description="App-level token (xapp-…) with connections:write, for Socket Mode.",
    )
    slack_signing_secret: SecretStr | None = Field(
        default=None, description="Signing secret, for HTTP mode (nextrung web)."
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/", description="Base address of Slack's Web API."
    )
    database_url: str | None = Field(
        default=None,
        description="postgresql://… or sqlite:///…; a SQLite file of your own by default.",
    )
    nextrung_host: str = Field(
        default="127.0.0.1", description="Address that nextrung web listens on."
    )
    nextrung_port: int = Field(default=3000, ge=0, le=65535, description="Port of nextrung web.")
    nextrung_catalogue_owners: str | None = Field(
        default=None,
        description="Slack ids of the members who may publish the catalogue from App Home.",
    )
    nextrung_fresh_days: int = Field(
        default=365,
        ge=1,
        le=36500,
        description="Days after which something met is due for a fresh look.",
    )
    nextrung_nudges_per_minute: int = Field(
        default=290,
        ge=1,
        le=100_000,
        description="Most nudges a minute to one workspace; Slack takes several hundred.",
    )
    nextrung_lease_seconds: int = Field(
        default=60,
        ge=1,
        le=1800,
        description="Seconds after which another worker takes over from one that is gone.",
    )
    nextrung_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much is logged."
    )
    nextrung_log_style: Literal["json", "console"] = Field(
        default="json", description="json for machines, console for a terminal."
    )

    @field_validator("nextrung_catalogue_owners")
    @classmethod
    def _slack_ids(cls, value: str | None) -> str | None:
        wrong = [each for each in _listed(value) if not _MEMBER_ID.fullmatch(each)]
        if wrong:
            raise ValueError(f"{', '.join(wrong)} is no member's id; one looks like U0123ABCD")
        return value

    @property
    def catalogue_owners(self) -> frozenset[str]:
        """The Slack ids of the members who own the catalogue."""
        return frozenset(_listed(self.nextrung_catalogue_owners))

    @property
    def database(self) -> str:
        """The database URL, by default a SQLite file in the per-user data folder."""
        return self.database_url or f"sqlite:///{default_database_file()}"


def _listed(value: str | None) -> list[str]:
    """Return the words of a setting; commas and spaces divide them."""
    return (value or "").replace(",", " ").split()


def default_database_file() -> Path:
    """Return where the embedded database is kept unless DATABASE_URL says otherwise."""
    return user_data_path("nextrung") / "nextrung.db"
