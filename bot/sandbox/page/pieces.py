"""Keyed pieces of the page: what may change while it is open, each with a version."""

from collections.abc import Callable, Mapping

from markupsafe import Markup

from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """HTML that the page replaces when ``version`` changed under the same ``key``.

    It is drawn only when somebody needs it: most pieces of a long conversation stay as they are.
    """

    key: str
    version: str
    draw: Callable[[], Markup]

    @property
    def html(self) -> Markup:
        return self.draw()

    def as_json(self, known: Mapping[str, object]) -> dict[str, str]:
        """The piece for the page's scripts, without the HTML of a version they have already."""
        told = {"key": self.key, "version": self.version}
        if known.get(self.key) != self.version:
            told["html"] = str(self.html)
        return told
