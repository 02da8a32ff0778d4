"""What surrounds a setting's value, and what is as good as none.

Orchestrators and secret stores add line breaks, quotes, empty values and variables that only look
like settings.
"""

import re
from collections.abc import Mapping
from typing import Any

from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource

# Kubernetes sets NEXTRUNG_PORT to this for a service that is called nextrung.
_SERVICE_LINK = re.compile(r"(?:tcp|udp|sctp)://")
_INVISIBLE = "\ufeff\u200b\u2060\0"
_QUOTES = ('""', "''", "“”", "‘’")


class Tidied(PydanticBaseSettingsSource):
    """What an environment gives, less what surrounds its values and what is no value.

    Every setting is one text, so none of its values is parsed as JSON, as the source itself would
    ask of each field anew.
    """

    def __init__(
        self, settings_cls: type[BaseSettings], source: PydanticBaseSettingsSource
    ) -> None:
        super().__init__(settings_cls)
        self._given = given_by(source)

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        del field
        return self._given.get(field_name), field_name, False

    def __call__(self) -> dict[str, Any]:
        tidy = {name: tidied(self._given.get(name)) for name in self.settings_cls.model_fields}
        return {name: value for name, value in tidy.items() if value is not None}


def given_by(source: PydanticBaseSettingsSource) -> Mapping[str, str | None]:
    """Return all that an environment, or a `.env` file, gives; names in lower case."""
    assert isinstance(source, EnvSettingsSource)  # noqa: S101 - a `.env` file's is one, too
    return source.env_vars


def tidied(value: Any) -> Any:
    """Return what a value means: stripped of spaces, line breaks and quotes; None where nothing."""
    if not isinstance(value, str):
        return value
    plain = value.strip(_INVISIBLE).strip()
    if len(plain) > 1 and plain[0] + plain[-1] in _QUOTES:
        plain = plain[1:-1].strip()
    return None if not plain or _SERVICE_LINK.match(plain) else plain


def is_service_link(value: str) -> bool:
    """Tell whether it is what Kubernetes says of a service, and no setting."""
    return _SERVICE_LINK.match(value.strip()) is not None
