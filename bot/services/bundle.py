"""The services that listeners call, built once by the composition root."""

from dataclasses import dataclass

from bot.services.catalogues import Catalogues
from bot.services.members import Members
from bot.services.ports import Clock
from bot.text.translator import Translators


@dataclass(frozen=True, slots=True)
class Services:
    """Everything a listener may use."""

    catalogues: Catalogues
    members: Members
    translators: Translators
    clock: Clock
