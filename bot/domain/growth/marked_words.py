"""What a mark was made on: the expectation as it read on the day, from the revision of that day."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from bot.domain.framework import CellKey, Expectation
from bot.domain.growth.assessment import Assessment, Status
from bot.domain.revision import Catalogue, expectation_at

RolePart = tuple[int, str]
"""A role in a revision, by the revision's id and the role's key."""

NO_PARTS: Mapping[RolePart, Catalogue] = MappingProxyType({})


class MarkedWords:
    """Answers what an expectation said when it was marked; each is looked up once."""

    def __init__(
        self,
        catalogue: Catalogue,
        newest: Catalogue | None = None,
        parts: Mapping[RolePart, Catalogue] = NO_PARTS,
    ) -> None:
        """Look in `catalogue`, which members are measured on, in `newest`, and in `parts`.

        Args:
            catalogue: the revision that the questions are about, perhaps in part.
            newest: the newest revision of the same catalogue, whole; None where it is the same.
            parts: older revisions, as far as `wanted_parts` asks for them.
        """
        self.catalogue = catalogue
        self.newest = newest or catalogue
        self._whole = (catalogue,) if newest is None else (catalogue, newest)
        self._parts = parts
        self._found: dict[tuple[int | None, CellKey, CellKey], Expectation | None] = {}
        self._described = frozenset(
            depth.key
            for each in self._whole
            for depth in each.content.proficiencies
            if depth.summary is not None
        )

    def of(self, mark: Assessment) -> Expectation | None:
        """Return the expectation as it was marked.

        Where that revision is not at hand, it is taken to have said what it says now; None where
        no revision at hand has the expectation.
        """
        key = (mark.revision_id, mark.made_on, mark.cell)
        if key not in self._found:
            self._found[key] = self._look_up(mark)
        return self._found[key]

    def describes(self, proficiency: str | None) -> bool:
        """Tell whether the catalogue says what a depth means, more than its name."""
        return proficiency in self._described

    def _look_up(self, mark: Assessment) -> Expectation | None:
        places = [each for each in self._whole if each.revision.id == mark.revision_id]
        part = self._parts.get((mark.revision_id, mark.made_on.role)) if mark.revision_id else None
        then = (
            expectation_at(each, mark.made_on) for each in (*places, *((part,) if part else ()))
        )
        now = (expectation_at(each, mark.cell) for each in self._whole)
        return next((each for found in (then, now) for each in found if each is not None), None)


def wanted_parts(
    marks: Iterable[Assessment], catalogue: Catalogue, newest: Catalogue | None = None
) -> frozenset[RolePart]:
    """Return what must be at hand to know what these marks were made on.

    Only a *met* speaks for anything but its own expectation, or becomes due by changed words.
    """
    whole = [each for each in (catalogue, newest) if each is not None]
    return frozenset(
        (mark.revision_id, mark.made_on.role)
        for mark in marks
        if mark.status is Status.MET
        and mark.revision_id is not None
        and not any(
            each.revision.id == mark.revision_id and each.role(mark.made_on.role) for each in whole
        )
    )


def same_words(one: Expectation, other: Expectation) -> bool:
    """Tell whether two expectations read the same in the base language, but for line breaks.

    Where neither has words, the same stated depth is as much as can be the same.
    """
    first, second = one.wording, other.wording
    if first is None and second is None:
        depths = one.proficiency, other.proficiency
        return all(depths) and len({each.key for each in depths if each}) == 1
    if first is None or second is None:
        return False
    return first.base == second.base or first.base.split() == second.base.split()
