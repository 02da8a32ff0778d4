"""How much somebody may ask for: so much at once, and after that so much a minute."""

from collections.abc import Hashable


class Allowance:
    """A token bucket for each key, as one number: when the bucket will be full again.

    Whoever asked for nothing for a minute may ask for a minute's worth at once. At most `most` keys
    are remembered; the one that asked longest ago is forgotten first, and has a full bucket then.
    """

    def __init__(self, per_minute: int, *, most: int) -> None:
        """`per_minute` is 0 where there is no limit."""
        self._seconds_each = 60 / per_minute if per_minute else 0.0
        self._full_at: dict[Hashable, float] = {}
        self._most = most

    def __len__(self) -> int:
        return len(self._full_at)

    def take(self, key: Hashable, now: float, cost: float = 1.0) -> float:
        """Take from the key's bucket; 0 where there was enough, else the seconds until there is.

        Where there was not, nothing is taken. `now` counts seconds and never goes back.
        """
        each = self._seconds_each
        if not each:
            return 0.0
        full_at = self._full_at
        before = full_at.pop(key, now)
        after = max(before, now) + cost * each
        wait = after - now - 60.0
        # Rounding alone must refuse nobody.
        enough = wait < 1e-6
        full_at[key] = after if enough else before
        if len(full_at) > self._most:
            del full_at[next(iter(full_at))]
        return 0.0 if enough else wait
