"""A press on a message about one thing that is over: the reason takes the message's place.

Elsewhere a refusal stands beside what was pressed, which goes on offering the rest. A direct
message about one thing has no rest: its buttons would only lead to the same refusal again.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain.errors import ActionGone, DataForgotten, GoalDropped, NextrungError, NudgePast
from bot.domain.teams.agreed import CannotAgree
from bot.domain.teams.confirmation import NoLongerAsked
from bot.domain.teams.errors import NoLongerShared
from bot.slack.press import Asked, is_direct

_OVER = (ActionGone, DataForgotten, GoalDropped, NudgePast, NoLongerAsked, NoLongerShared)


class InPlace(Exception):
    """An error that is told in place of the message that was pressed."""

    def __init__(self, error: NextrungError) -> None:
        super().__init__(str(error))
        self.error = error


@contextmanager
def about_one_thing(asked: Asked) -> Iterator[None]:
    """Do what a press on a message about one thing asks for.

    Raises:
        InPlace: the thing is over, and the press was made in a direct message.
    """
    try:
        yield
    except NextrungError as error:
        if is_over(error) and asked.is_message and is_direct(asked.channel):
            raise InPlace(error) from error
        raise


def is_over(error: NextrungError) -> bool:
    """Tell whether what a card is about is over, so that no later press on it does anything."""
    answered = isinstance(error, CannotAgree) and error.params.get("why") == "answered"
    return answered or isinstance(error, _OVER)
