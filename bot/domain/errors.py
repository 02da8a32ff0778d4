"""Typed errors. Each carries a stable code and its parameters; the words are chosen at the edge."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from bot.domain.text import LocalText

Names = Mapping[str, LocalText]
_NO_NAMES: Names = MappingProxyType({})


class NextrungError(Exception):
    """Base of every error that a member may see. `code` selects the text, `params` fill it.

    `names` are those of the params that are names in a catalogue, in all their languages.
    """

    code: ClassVar[str] = "unexpected"
    names: Names = _NO_NAMES

    def __init__(self, **params: str | int) -> None:
        super().__init__(f"{self.code} {params}" if params else self.code)
        self.params = params


class QueryTooLong(NextrungError):
    """The typed text is longer than any name could be. Params: `limit` (characters)."""

    code = "query_too_long"


class OutdatedCard(NextrungError):
    """A control or form does not fit this version of the program.

    What fits, but is past, has an error of its own below. Each is an OutdatedCard too, for whoever
    only needs to know that nothing came of the press.
    """

    code = "outdated_card"


class LeftCatalogue(OutdatedCard):
    """The catalogue in force has no longer what a card names. Params: `kind`, `key`, `role`.

    `kind` is skill, group, domain, role, level (`role` says of which) or expectation, where `key`
    is the skill and `role` and `level` say for whom; goal, where the member's goal of this `role`
    and `level` has gone; or empty, where nothing is asked for at a `level` of a `role` any more.
    """

    code = "left_catalogue"

    def __init__(
        self, *, names: Names = _NO_NAMES, role_key: str = "", **params: str | int
    ) -> None:
        """`names` are params that the catalogue has names for, `role_key` is whose level it is."""
        super().__init__(**params, **{each: name.base for each, name in names.items()})
        self.names, self.role_key = names, role_key

    def called(self, name: LocalText) -> "LeftCatalogue":
        """Return the same of a thing whose `key` had this name."""
        kept = {each: value for each, value in self.params.items() if each not in self.names}
        del kept["key"]
        names = {**self.names, "key": name}
        return LeftCatalogue(names=names, role_key=self.role_key, **kept)


class DoneButLeft(OutdatedCard):
    """What a press asked for is done, but the catalogue in force has nothing to draw of it."""

    code = "done_but_left"


class DataForgotten(OutdatedCard):
    """A card is about something that was deleted with everything held about the member."""

    code = "data_forgotten"


class GoalDropped(OutdatedCard):
    """A card is about a goal, and the member has none: it was dropped."""

    code = "goal_dropped"


class GoalReached(OutdatedCard):
    """A card is about a goal that is worked towards; the member has reached theirs."""

    code = "goal_reached"


class NudgePast(OutdatedCard):
    """A nudge asks about a goal that the member has no longer, but has another."""

    code = "nudge_past"


class EvidenceGone(OutdatedCard):
    """A piece of evidence was deleted meanwhile."""

    code = "evidence_gone"


class ActionGone(OutdatedCard):
    """A dated action is done, dropped or deleted meanwhile."""

    code = "action_gone"


class MarkedSince(OutdatedCard):
    """A mark cannot be taken back, for another one has come since."""

    code = "marked_since"


class TriggerPast(OutdatedCard):
    """No form can be opened from a press. Params: `reason`, Slack's word for it, or missing."""

    code = "trigger_past"


class ModalClosed(OutdatedCard):
    """A form that should have been redrawn was closed meanwhile."""

    code = "modal_closed"


class CatalogueUnavailable(NextrungError):
    """No catalogue could be read yet; a later try may succeed."""

    code = "catalogue_unavailable"


class TooSlow(NextrungError):
    """The answer did not come in the time that Slack grants."""

    code = "too_slow"


class SlackSilent(NextrungError):
    """Slack gave no answer that could be read, or has no time now. Params: `reason`."""

    code = "slack_silent"


class SlackForbids(NextrungError):
    """The app or its token may not do this in the workspace. Params: `reason`, Slack's code."""

    code = "slack_forbids"


class NotShown(NextrungError):
    """Slack did not show an answer. Params: `reason`."""

    code = "not_shown"


class TooMuchAtOnce(NextrungError):
    """More was asked than is answered at once. Params: `seconds` to wait; `shared`: by many."""

    code = "too_much_at_once"


class EmptyAction(NextrungError):
    """A dated action does not say what is to be done."""

    code = "empty_action"


class TooManyActions(NextrungError):
    """The member has as many open actions as there may be. Params: `limit`."""

    code = "too_many_actions"


class UnusableDay(NextrungError):
    """A day cannot be planned for. Params: `why` (past, far or unclear), `day` as ISO or typed."""

    code = "unusable_day"


class NoGoalThere(NextrungError):
    """There is nothing to work towards. Params: `why`, which is not_above, foot or top."""

    code = "no_goal_there"


class UnusableLink(NextrungError):
    """A link is no address that a browser opens."""

    code = "unusable_link"


class EmptyEvidence(NextrungError):
    """Evidence has neither a note nor a link."""

    code = "empty_evidence"


class TextTooLong(NextrungError):
    """A note or link is too long. Params: `limit` (characters)."""

    code = "text_too_long"


class TooMuchEvidence(NextrungError):
    """The member keeps as many pieces of evidence as there may be. Params: `limit`."""

    code = "too_much_evidence"


class NotDelivered(NextrungError):
    """Slack did not take a direct message. Params: `reason`."""

    code = "not_delivered"


class FilesNotAllowed(NextrungError):
    """The app lacks what it needs to send files in this workspace. Params: `reason`."""

    code = "files_not_allowed"
