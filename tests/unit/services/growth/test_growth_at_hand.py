"""What members hold is kept at hand: a newer reading is never lost to an older one."""

from typing import cast

import pytest

from bot.domain.growth.holdings import Growth
from bot.domain.tenancy import Member, Tenant
from bot.services.growth.cache import GrowthCache
from bot.store.database import Database

ANN = Member(Tenant("T1"), "U1")
OLDER, NEWER = Growth(version=1), Growth(version=2)


@pytest.fixture
def cache() -> GrowthCache:
    """A cache whose database is not asked."""
    return GrowthCache(cast("Database", None))


async def test_what_was_read_before_a_change_is_used_once(cache: GrowthCache) -> None:
    before = cache.changes
    cache.put(ANN, NEWER)
    assert cache.read(ANN, OLDER, before).growth == OLDER
    assert (await cache.of(ANN)).growth == NEWER


async def test_of_two_changes_the_later_is_kept_whichever_comes_first(cache: GrowthCache) -> None:
    cache.put(ANN, NEWER)
    assert cache.put(ANN, OLDER).growth == OLDER
    assert (await cache.of(ANN)).growth == NEWER


@pytest.mark.parametrize("everybody", [True, False])
async def test_what_was_read_before_it_was_forgotten_does_not_come_back(
    cache: GrowthCache, everybody: bool
) -> None:
    cache.put(ANN, OLDER)
    before = cache.changes
    if everybody:
        cache.clear()
    else:
        cache.drop(ANN.tenant, ANN.slack_id)
    assert cache.read(ANN, OLDER, before).growth == OLDER
    with pytest.raises(AttributeError):  # it asks the database again
        await cache.of(ANN)
