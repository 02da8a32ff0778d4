"""What came of something a member did."""

from dataclasses import field

from bot.sandbox.inspector import Entry
from bot.sandbox.model import Json, Message, View
from bot.values import dataclass


@dataclass(slots=True, kw_only=True)
class Outcome:
    """What came of something a member did, for the page and for the tests.

    `notice` is what Slack tells the member when the bot failed, else None. `messages` are those the
    member saw appear, change or vanish, oldest change first. `view` is the modal that opened or
    changed. `errors` are validation messages by block_id. `options` are a typeahead's. `entry` is
    the inspector's, None where Slack itself answered without asking the bot.
    """

    notice: str | None = None
    messages: list[Message] = field(default_factory=list)
    view: View | None = None
    errors: dict[str, str] = field(default_factory=dict)
    options: list[Json] = field(default_factory=list)
    entry: Entry | None = None

    @property
    def ok(self) -> bool:
        """True where nothing went wrong that the member was told about."""
        return self.notice is None and not self.errors
