"""Time zones found by typing: by IANA name, or by the city's name in the member's language."""

import re
from collections.abc import Sequence
from functools import lru_cache
from zoneinfo import available_timezones

from bot.services.lookup.matching import nearest
from bot.text.translator import Translator

MOST = 30
_AREAS = (
    "Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/", "Europe/",
    "Indian/", "Pacific/",
)  # fmt: skip
_NOWHERE = 9  # a rank worse than all
_SLIP = 4  # characters that a word needs for one slip in it


@lru_cache
def zone_names() -> frozenset[str]:
    """Return every IANA name that this machine knows."""
    return frozenset(available_timezones())


@lru_cache
def offered_zones() -> tuple[str, ...]:
    """Return the names that are offered: those of places, and UTC."""
    return ("UTC", *sorted(each for each in zone_names() if each.startswith(_AREAS)))


def suggest_zones(typed: str, tr: Translator) -> tuple[str, ...]:
    """Return the zones that `typed` may mean, best first, at most `MOST`; none for nothing typed.

    A name that is not offered, such as ``US/Pacific``, is found where it is typed in full.
    """
    wanted = _evened(typed)
    if not wanted:
        return ()
    index = _index(tr)
    ranks = [min(_rank(wanted, name) for name in names) for _, names in index]
    ranked = sorted((rank, place) for place, rank in enumerate(ranks) if rank < _NOWHERE)
    found = [index[place][0] for _, place in ranked[:MOST]]
    exact = next((each for each in zone_names() if each.casefold() == typed.strip().casefold()), "")
    if exact and exact not in found:
        found.insert(0, exact)
    return tuple(found) or _misspelt(wanted, index)


def _rank(wanted: str, name: str) -> int:
    if name == wanted:
        return 0
    if name.startswith(wanted):
        return 1
    if f" {wanted}" in name:
        return 2
    return 3 if wanted in name else _NOWHERE


def _misspelt(wanted: str, index: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    if len(wanted) < _SLIP:
        return ()
    by_name = {name: zone for zone, names in index for name in names}
    near = nearest(wanted, tuple(by_name), 1 if len(wanted) < 7 else 2)
    return tuple(dict.fromkeys(by_name[name] for name, _ in near))[:MOST]


@lru_cache(maxsize=8)
def _index(tr: Translator) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each offered zone with the names it is found by."""
    return tuple((zone, _names(zone, tr)) for zone in offered_zones())


def _names(zone: str, tr: Translator) -> tuple[str, ...]:
    names = (tr.city(zone), zone.rpartition("/")[2], zone)
    return tuple(dict.fromkeys(_evened(each) for each in names))


def _evened(text: str) -> str:
    return re.sub(r"[\s_/\-,]+", " ", text.casefold()).strip()
