"""A picture for README and docs: who does what, and where, before it is taken."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.cli.local import Local
from tests.browser.visit import Seat
from tests.browser.windows import Scheme

SIZE = (1180, 1020)
Play = Callable[[Seat], Awaitable[None]]
Begin = Callable[[Local], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture. `begin` is what has happened before anybody sits down."""

    file: str
    member: str
    play: Play
    place: str = "C0GENERAL"
    begin: Begin | None = None
    scheme: Scheme = "light"
    size: tuple[int, int] = SIZE
