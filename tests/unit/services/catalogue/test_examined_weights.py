"""What an upload is thought to weigh, beside what it takes."""

import gc
import tracemalloc

import pytest

from bot.formats.imports.report import Accounting, ImportResult
from bot.services.catalogue.weights import weight_of_examined
from tests.factories import big_catalogue


@pytest.mark.parametrize(("roles", "expectations"), [(4, 800), (10, 4_000)])
def test_what_was_read_weighs_about_what_is_estimated(roles: int, expectations: int) -> None:
    big_catalogue(skills=40, roles=2, expectations=100)  # what all share is there by now
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        content = big_catalogue(skills=120, roles=roles, expectations=expectations)
        gc.collect()
        taken = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    weight = weight_of_examined((ImportResult(content, (), (), (), Accounting()), None))
    # Texts are as long as their owner likes; half of it or double is near enough for a bound.
    assert taken / 2 <= weight <= taken * 2
