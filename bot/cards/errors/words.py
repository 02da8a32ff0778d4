"""What chooses the words of an error."""

from collections.abc import Callable, Mapping

from bot.cards.mrkdwn import safe
from bot.text.translator import Translator

Params = Mapping[str, str | int]
Words = Callable[[Params, Translator], str]


def reason(params: Params) -> str:
    """Return what Slack said, as code."""
    return f"`{safe(str(params.get('reason', '')), 60)}`"
