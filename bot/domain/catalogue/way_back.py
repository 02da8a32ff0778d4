"""Going back to an earlier revision: what ends with that, and whom it reaches."""

from dataclasses import replace

from bot.domain.catalogue.goings import Going, GoingPart, Goings, goings, keys_of
from bot.domain.catalogue.reach import Reach
from bot.domain.framework import CatalogueContent
from bot.domain.moves import Moves, taken_back
from bot.domain.revision import Catalogue
from bot.domain.text import LocalText
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class WayBack:
    """What going back does. `goings` has only what ends; `name` is what members see after it.

    `newest` is the number of the newest own revision, 0 for none.
    """

    name: LocalText
    goings: Goings
    reach: Reach
    newest: int


def ends_by_going_back(used: Catalogue, target: Catalogue) -> Goings:
    """Return what ends where `target` comes back in place of `used`.

    What took over from something that is back stands for it again: it ends for nobody.
    """
    own = used.revision.catalogue_key == target.revision.catalogue_key
    gone, led = goings(used.content, target.content), target.moves
    if own:
        led = taken_back(used.moves, target.moves, keys_of(target.content))
    ends = (each for each in gone.every if not _leads_on(each, led, used.content, target.content))
    return replace(gone, every=tuple(ends))


def _leads_on(going: Going, led: Moves, before: CatalogueContent, after: CatalogueContent) -> bool:
    at = going.at
    match at.part:
        case GoingPart.ROLE:
            return at.key in led.roles
        case GoingPart.SKILL:
            return at.key in led.skills
        case GoingPart.LEVEL:
            there = {each.key for each in after.roles if each.ladder.key == at.within}
            roles = (each for each in before.roles if each.key in there)
            return all(
                (role.key, at.key) in led.rungs for role in roles if role.ladder.level(at.key)
            )
