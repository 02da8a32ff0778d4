"""A place of a nested document, looked at as its expectations; and those beside the best one."""

from collections.abc import Iterator, Sequence

from bot.domain.said import Said, said
from bot.formats.mapping.fields import Field
from bot.formats.nested.candidates import Candidate
from bot.formats.outlines.understand import Understanding
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A place with what its parts are, and how many records it has."""

    candidate: Candidate
    understanding: Understanding
    rows: int
    references: str = ""
    repeats: bool = False
    """Whether a word that names a skill stands in several places."""
    said: tuple[str, ...] = ()
    """What the only column of texts holds; none where there are several."""

    @property
    def rank(self) -> tuple[bool, bool, int, bool, int]:
        """How likely it is to be the expectations: the place of the highest is read."""
        told, place = self.understanding, self.candidate
        named = place.is_called_text
        return (told.has_texts, Field.ROLE in told.parts, self.rows, named, len(place.path))


def without_twins(found: Sequence[Found]) -> list[Found]:
    """Return the places; words in lists are no skills where, all differing, they do as texts."""
    texts = {
        each.candidate.path
        for each in found
        if each.understanding.has_texts and not each.candidate.skill
    }
    return [
        each
        for each in found
        if each.repeats
        or not each.candidate.skill
        or (*each.candidate.path[:-1], each.candidate.path[-1].removesuffix("[]")) not in texts
    ]


def unread(best: Found, found: Sequence[Found]) -> Iterator[Said]:
    """Tell of other places that might have been read, and are not above or below the best."""
    for each in found:
        path, other = best.candidate.path, each.candidate.path
        apart = path[: len(other)] != other and other[: len(path)] != path
        if apart and "**" not in (path[0], other[0]) and each.understanding.has_texts:
            yield said(
                "what stands under {records} reads like expectations too, and is not read",
                records=f"'records: {each.candidate.records}'",
            )
