"""Settings: from the environment and a `.env` file."""

from bot.config.folders import data_folder, default_database_file
from bot.config.oddities import Oddity, oddities
from bot.config.settings import Settings

__all__ = ["Oddity", "Settings", "data_folder", "default_database_file", "oddities"]
