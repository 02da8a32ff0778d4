"""How a group says what it is doing."""

from collections.abc import Callable

Tell = Callable[[str], None]
