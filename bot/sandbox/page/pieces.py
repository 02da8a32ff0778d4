"""Keyed pieces of the page: what may change while it is open, each with a version."""

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Piece:
    """HTML that the page replaces when ``version`` changed under the same ``key``."""

    key: str
    version: str
    html: Markup

    def as_json(self) -> dict[str, str]:
        """The piece for the page's scripts."""
        return {"key": self.key, "version": self.version, "html": str(self.html)}
