"""Typed errors. Each carries a stable code and its parameters; the words are chosen at the edge."""

from typing import ClassVar


class NextrungError(Exception):
    """Base of every error that a member may see. `code` selects the text, `params` fill it."""

    code: ClassVar[str] = "unexpected"

    def __init__(self, **params: str | int) -> None:
        super().__init__(f"{self.code} {params}" if params else self.code)
        self.params = params


class QueryTooLong(NextrungError):
    """The typed text is longer than any name could be. Params: `limit` (characters)."""

    code = "query_too_long"


class OutdatedCard(NextrungError):
    """A button or select carries something that the current catalogue no longer has."""

    code = "outdated_card"


class CatalogueUnavailable(NextrungError):
    """No catalogue could be read yet; a later try may succeed."""

    code = "catalogue_unavailable"


class TooSlow(NextrungError):
    """The answer did not come in the time that Slack grants."""

    code = "too_slow"


class NotShown(NextrungError):
    """Slack did not show an answer. Params: `reason`."""

    code = "not_shown"


class NoGoalThere(NextrungError):
    """There is nothing to work towards: the target is not above where the member stands."""

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
