"""What a control says that is about a share."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OfShare:
    """A share, by its id, and the page of what it shows."""

    share_id: int
    page: int = 0
