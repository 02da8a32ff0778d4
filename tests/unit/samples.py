"""Sample values that several tests use."""

from functools import lru_cache

from bot.domain.catalogue import Catalogue
from bot.formats.bundled import data_folder
from bot.formats.native import read_folder
from bot.services.catalogues import Shelf
from tests.strategies import REVISION


@lru_cache(maxsize=1)
def built_in() -> Shelf:
    """Return the catalogue that comes with Nextrung, read once."""
    return Shelf(Catalogue(REVISION, read_folder(data_folder() / "catalogue")))
