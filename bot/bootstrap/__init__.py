"""The composition root: settings in, a running Nextrung out. Nothing else builds services."""

from bot.bootstrap.building import bootstrap
from bot.bootstrap.running import Nextrung

__all__ = ["Nextrung", "bootstrap"]
