"""Estimated weights, beside what the values take."""

import gc
import tracemalloc
from collections.abc import Callable

import pytest

from bot.domain.framework import CatalogueContent
from bot.domain.revision import Catalogue
from bot.services.lookup.shelves import Shelf
from tests.factories import big_catalogue
from tests.properties import sampled
from tests.unit.samples import ALL_WORDS, revision

SIZES = {
    "small": lambda: big_catalogue(skills=40, roles=4, expectations=400),
    "middling": lambda: big_catalogue(skills=80, roles=5, expectations=1_600),
    "many skills": lambda: big_catalogue(skills=200, roles=3, expectations=500),
    "many roles": lambda: big_catalogue(skills=30, roles=20, expectations=1_000),
}


@sampled("make", [*SIZES.values()], fewest=2, ids=[*SIZES])
def test_a_catalogue_weighs_about_what_is_estimated(
    make: Callable[[], CatalogueContent],
) -> None:
    Shelf(Catalogue(revision(1, "own"), make()), ALL_WORDS)  # what all share is there by now
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        shelf = Shelf(Catalogue(revision(1, "own"), make()), ALL_WORDS)
        gc.collect()
        named, _ = tracemalloc.get_traced_memory()
        names = shelf.weight
        shelf._index.search_texts()
        searched, _ = tracemalloc.get_traced_memory()
        texts = shelf.weight
    finally:
        tracemalloc.stop()
    assert names == pytest.approx(named - before, rel=0.2)
    assert texts == pytest.approx(searched - before, rel=0.2)
