"""What a control says that is about a share, or about what the other marks in it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfShare:
    """A share, by its id, and the page of what it shows."""

    share_id: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class OfItem:
    """An expectation of a shared goal, by its `item_key`, and the page that it stands on."""

    share_id: int
    item: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class OfMark:
    """A mark that was sent, by its id, in a share, and the page that it stands on."""

    share_id: int
    mark_id: int
    page: int = 0
