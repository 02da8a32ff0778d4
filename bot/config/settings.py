"""Settings: from the environment and a `.env` file, frozen, secrets kept out of every text.

They are taken as they come: orchestrators and secret stores add line breaks, quotes, empty values
and variables that only look like settings. What can mean one thing only is read as that.
"""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from bot.config import checks
from bot.config.folders import default_database_file
from bot.config.sources import Tidied


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
    slack_client_id: str | None = Field(
        default=None, description="Client ID, where people install the app by themselves (OAuth)."
    )
    slack_client_secret: SecretStr | None = Field(
        default=None, description="Client secret, for the same."
    )
    slack_authorize_url: str = Field(
        default="https://slack.com/oauth/v2/authorize",
        description="Where a browser asks Slack for an installation.",
    )
    nextrung_public_url: str | None = Field(
        default=None,
        description="Address at which browsers reach nextrung web, for OAuth.",
    )
    slack_api_url: str = Field(
        default="https://slack.com/api/", description="Base address of Slack's Web API."
    )
    database_url: str | None = Field(
        default=None,
        description="postgresql://… or sqlite:///…; a SQLite file of your own by default.",
    )
    https_proxy: SecretStr | None = Field(
        default=None, description="Proxy to Slack: http://host:port, with name and password or not."
    )
    no_proxy: str | None = Field(
        default=None, description="Hosts that are reached without the proxy; commas divide them."
    )
    nextrung_ca_file: Path | None = Field(
        default=None,
        description="Certificates (PEM) of a private authority, besides the system's.",
    )
    nextrung_host: str = Field(
        default="127.0.0.1", description="Address that nextrung web listens on."
    )
    nextrung_port: int = Field(default=3000, ge=0, le=65535, description="Port of nextrung web.")
    nextrung_metrics_port: int | None = Field(
        default=None,
        ge=0,
        le=65535,
        description="Port of health and metrics of nextrung run and worker; none by default.",
    )
    nextrung_keep_alive_seconds: int = Field(
        default=75,
        ge=1,
        le=3600,
        description="Seconds for which nextrung web keeps an idle connection; longer than others.",
    )
    nextrung_request_seconds: int = Field(
        default=10,
        ge=1,
        le=300,
        description="Seconds within which the headers of a request, then its body, must be there.",
    )
    nextrung_drain_seconds: int = Field(
        default=3,
        ge=0,
        le=300,
        description="Seconds for which nextrung web is unready at SIGTERM before it stops.",
    )
    nextrung_socket_connections: int = Field(
        default=2,
        ge=1,
        le=10,
        description="Connections of nextrung run to Slack at once.",
    )
    nextrung_catalogue_owners: str | None = Field(
        default=None,
        description="Slack ids of the members who may publish the catalogue from App Home.",
    )
    nextrung_command_prefix: str | None = Field(
        default=None,
        description="What stands before the names of the commands: acme for /acme-skill.",
    )
    nextrung_fresh_days: int = Field(
        default=365,
        ge=1,
        le=36500,
        description="Days after which something met is due for a fresh look.",
    )
    nextrung_keep_removed_days: int = Field(
        default=14,
        ge=0,
        le=365,
        description="Days for which what is held of a workspace that removed the app is kept.",
    )
    nextrung_token_keys: SecretStr | None = Field(
        default=None,
        description="Keys that tokens of installations are encrypted with, the newest first.",
    )
    nextrung_token_keys_file: Path | None = Field(
        default=None, description="A file with such keys, one a line, after those of the setting."
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
    nextrung_member_per_minute: int = Field(
        default=120,
        ge=0,
        le=100_000,
        description="Commands and presses of one member a minute; 0 sets no limit.",
    )
    nextrung_workspace_per_minute: int = Field(
        default=6000,
        ge=0,
        le=1_000_000,
        description="Commands and presses of a whole workspace a minute; 0 sets no limit.",
    )
    nextrung_catalogue_memory_mb: int = Field(
        default=256,
        ge=16,
        le=1_000_000,
        description="Most memory for catalogues and drawn cards, in MB; what is quiet makes room.",
    )
    nextrung_audit_days: int = Field(
        default=365,
        ge=1,
        le=3650,
        description="Days that it is kept what admins, owners and the operator did.",
    )
    nextrung_otlp_url: str | None = Field(
        default=None, description="Collector of traces (OpenTelemetry, OTLP over HTTP)."
    )
    nextrung_otlp_headers: SecretStr | None = Field(
        default=None, description="Headers for it, such as a key: name=value; commas divide them."
    )
    nextrung_traced_share: float = Field(
        default=1.0, ge=0.0, le=1.0, description="Share of requests and nudges that is traced."
    )
    nextrung_sentry_dsn: SecretStr | None = Field(
        default=None, description="Address (DSN) at Sentry, or what speaks as it does, for faults."
    )
    nextrung_log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much is logged."
    )
    nextrung_log_style: Literal["json", "console"] = Field(
        default="json", description="json for machines, console for a terminal."
    )

    _one_word = field_validator(
        "slack_bot_token", "slack_app_token", "slack_signing_secret", "slack_client_secret"
    )(checks.one_word)
    _base_address = field_validator("slack_api_url")(checks.base_address)
    _client = field_validator("slack_client_id")(checks.client)
    _page_of_slack = field_validator("slack_authorize_url")(checks.page_of_slack)
    _browsers_address = field_validator("nextrung_public_url")(checks.browsers_address)
    _collector = field_validator("nextrung_otlp_url")(checks.collector)
    _headers = field_validator("nextrung_otlp_headers")(checks.headers)
    _faults_address = field_validator("nextrung_sentry_dsn")(checks.faults_address)
    _proxy = field_validator("https_proxy")(checks.proxy)
    _part_of_a_name = field_validator("nextrung_command_prefix")(checks.part_of_a_name)
    _slack_ids = field_validator("nextrung_catalogue_owners")(checks.slack_ids)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read the environment, then `.env`; what is as good as missing hides nothing below it."""
        return (
            init_settings,
            Tidied(settings_cls, env_settings),
            Tidied(settings_cls, dotenv_settings),
            file_secret_settings,
        )

    @property
    def installed_by_oauth(self) -> bool:
        """Whether people install the app by themselves: OAuth is set up as a whole."""
        return self.slack_client_id is not None and not self.oauth_lacks

    @property
    def oauth_lacks(self) -> tuple[str, ...]:
        """What is missing for OAuth, where it was begun to be set up; () also where it was not."""
        needed = {
            "SLACK_CLIENT_ID": self.slack_client_id,
            "SLACK_CLIENT_SECRET": self.slack_client_secret,
            "NEXTRUNG_PUBLIC_URL": self.nextrung_public_url,
            "SLACK_SIGNING_SECRET": self.slack_signing_secret,
            "NEXTRUNG_TOKEN_KEYS": self.nextrung_token_keys or self.nextrung_token_keys_file,
        }
        begun = self.slack_client_id or self.slack_client_secret
        return tuple(name for name, value in needed.items() if begun and not value)

    @property
    def catalogue_owners(self) -> frozenset[str]:
        """The Slack ids of the members who own the catalogue."""
        return frozenset(checks.listed(self.nextrung_catalogue_owners))

    @property
    def database(self) -> str:
        """The database URL, by default a SQLite file in the per-user data folder."""
        return self.database_url or f"sqlite:///{default_database_file()}"
