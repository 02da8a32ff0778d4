"""Settings: from the environment and a `.env` file, frozen, secrets kept out of every text.

They are taken as they come: orchestrators and secret stores add line breaks, quotes, empty values
and variables that only look like settings. What can mean one thing only is read as that.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

_MEMBER_ID = re.compile(r"[UW][A-Z0-9]{2,30}")
# Kubernetes sets NEXTRUNG_PORT to this for a service that is called nextrung.
_SERVICE_LINK = re.compile(r"(?:tcp|udp|sctp)://")
_INVISIBLE = "\ufeff\u200b\u2060\0"
_COMMAND_PREFIX = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
# Slack takes 32 characters; /promote-gap and a hyphen are 13 of them.
_LONGEST_PREFIX = 19
_CLIENT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.]{2,63}")
_COLLECTOR = re.compile(r"https?://[^\s/?#]+(?:/[^\s?#]*)?")
_HEADER = re.compile(r"\s*[A-Za-z0-9!#$%&'*+.^_`|~-]+=[!-+\--~]+\s*")
_DSN = re.compile(r"https?://[^\s/@:]+(?::[^\s/@]*)?@[^\s/@]+(?:/[^\s/]+)*/\d+")
_PROXY = re.compile(r"https?://[^\s/]+/?")
# What an address may hold as it stands; spaces, quotes and brackets it may not.
_OF_ADDRESSES = re.compile(r"[!#-;=?-\[\]_a-z~]+")
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_QUOTES = ('""', "''", "“”", "‘’")


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

    @field_validator(
        "slack_bot_token", "slack_app_token", "slack_signing_secret", "slack_client_secret"
    )
    @classmethod
    def _one_word(cls, value: SecretStr | None) -> SecretStr | None:
        found = value.get_secret_value() if value else ""
        if not found.isascii() or not found.isprintable():
            raise ValueError("it holds a line break or a character that no secret of Slack's has")
        return value

    @field_validator("slack_api_url")
    @classmethod
    def _base_address(cls, value: str) -> str:
        if not value.startswith(("https://", "http://")):
            raise ValueError("write it as https://slack.com/api/")
        return value.rstrip("/") + "/"

    @field_validator("slack_client_id")
    @classmethod
    def _client(cls, value: str | None) -> str | None:
        if value is not None and not _CLIENT_ID.fullmatch(value):
            raise ValueError("write it as 1234567890.1234567890, from Basic Information")
        return value

    @field_validator("slack_authorize_url")
    @classmethod
    def _page_of_slack(cls, value: str) -> str:
        if not _is_page(value):
            raise ValueError("write it as https://slack.com/oauth/v2/authorize")
        return value

    @field_validator("nextrung_public_url")
    @classmethod
    def _browsers_address(cls, value: str | None) -> str | None:
        if value is not None and not _is_page(value):
            example = "https://nextrung.example.com"
            raise ValueError(f"write it as {example}: HTTPS, unless it is this machine itself")
        return value.rstrip("/") if value else None

    @field_validator("nextrung_otlp_url")
    @classmethod
    def _collector(cls, value: str | None) -> str | None:
        if value is not None and not _COLLECTOR.fullmatch(value):
            raise ValueError("write it as http://collector.example.com:4318")
        return value

    @field_validator("nextrung_otlp_headers")
    @classmethod
    def _headers(cls, value: SecretStr | None) -> SecretStr | None:
        words = value.get_secret_value().split(",") if value else []
        if not all(_HEADER.fullmatch(each) for each in words):
            raise ValueError("write it as name=value, and commas between several")
        return value

    @field_validator("nextrung_sentry_dsn")
    @classmethod
    def _faults_address(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _DSN.fullmatch(value.get_secret_value()):
            raise ValueError("write it as https://key@sentry.example.com/1")
        return value

    @field_validator("https_proxy")
    @classmethod
    def _proxy(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _PROXY.fullmatch(value.get_secret_value()):
            raise ValueError("write it as http://proxy.example.com:3128")
        return value

    @field_validator("nextrung_command_prefix")
    @classmethod
    def _part_of_a_name(cls, value: str | None) -> str | None:
        if value is not None and not _COMMAND_PREFIX.fullmatch(value):
            raise ValueError("write it as acme: lower-case letters, digits, and hyphens between")
        if value is not None and len(value) > _LONGEST_PREFIX:
            reason = f"/{value}-promote-gap has more than the 32 characters that Slack takes"
            raise ValueError(f"{reason}; the prefix may have {_LONGEST_PREFIX}")
        return value

    @field_validator("nextrung_catalogue_owners")
    @classmethod
    def _slack_ids(cls, value: str | None) -> str | None:
        wrong = [each for each in _listed(value) if not _MEMBER_ID.fullmatch(each)]
        if wrong:
            raise ValueError(f"{', '.join(wrong)} is no member's id; one looks like U0123ABCD")
        return value

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
            _Tidied(settings_cls, env_settings),
            _Tidied(settings_cls, dotenv_settings),
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
        return frozenset(_listed(self.nextrung_catalogue_owners))

    @property
    def database(self) -> str:
        """The database URL, by default a SQLite file in the per-user data folder."""
        return self.database_url or f"sqlite:///{default_database_file()}"


class _Tidied(PydanticBaseSettingsSource):
    """Another source, less what surrounds its values and what is no value."""

    def __init__(
        self, settings_cls: type[BaseSettings], source: PydanticBaseSettingsSource
    ) -> None:
        super().__init__(settings_cls)
        self._source = source

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return self._source.get_field_value(field, field_name)

    def __call__(self) -> dict[str, Any]:
        tidy = {name: tidied(value) for name, value in self._source().items()}
        return {name: value for name, value in tidy.items() if value is not None}


def tidied(value: Any) -> Any:
    """Return what a value means: stripped of spaces, line breaks and quotes; None where nothing."""
    if not isinstance(value, str):
        return value
    plain = value.strip(_INVISIBLE).strip()
    if len(plain) > 1 and plain[0] + plain[-1] in _QUOTES:
        plain = plain[1:-1].strip()
    return None if not plain or _SERVICE_LINK.match(plain) else plain


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
        for name, value in source().items()
        if name in Settings.model_fields and (kind := _odd(value))
    ]


def _odd(value: object) -> Literal["service link", "empty", "surrounded"] | None:
    if not isinstance(value, str) or tidied(value) == value:
        return None
    if tidied(value) is not None:
        return "surrounded"
    return "service link" if _SERVICE_LINK.match(value.strip()) else "empty"


def _listed(value: str | None) -> list[str]:
    """Return the words of a setting; commas and spaces divide them."""
    return (value or "").replace(",", " ").split()


def _is_page(address: str) -> bool:
    """Tell whether it is the plain address of a page that browsers may be sent to."""
    try:
        found = urlsplit(address)
        named = found.hostname and (found.port is None or found.port > 0)
    except ValueError:  # a port or an address that is none
        return False
    plain = not (found.query or found.fragment or found.username or found.password is not None)
    safe = found.scheme == "https" or (found.scheme == "http" and found.hostname in _THIS_MACHINE)
    return bool(named) and plain and safe and _OF_ADDRESSES.fullmatch(address) is not None


def data_folder() -> Path:
    """Return the folder of this user's that holds what Nextrung keeps; it may not exist yet."""
    return user_data_path("nextrung")


def default_database_file() -> Path:
    """Return where the embedded database is kept unless DATABASE_URL says otherwise."""
    return data_folder() / "nextrung.db"
