"""Why a goal cannot be shared with somebody, and what to do."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from bot.cards.errors.words import Params
from bot.text.translator import Translator


def cannot_share(params: Params, tr: Translator) -> str:
    """Say why; see `CannotShare`. Nothing was shared."""
    if params.get("why") == "lately":
        return tr(
            "You asked them not long ago. From {date} you can ask them again.",
            date=tr.date(date.fromisoformat(str(params["until"]))),
        )
    return _WORDS.get(str(params.get("why")), _unknown)(tr)


def _unknown(tr: Translator) -> str:
    return tr(
        "Slack does not say right now who they are, so I show nothing to anybody. Please try again "
        "in a moment."
    )


_WORDS: Mapping[str, Callable[[Translator], str]] = MappingProxyType(
    {
        "no_goal": lambda tr: tr(
            "There is no goal to share yet: set one with `/growth goal` or on Home, then share it "
            "with somebody."
        ),
        "nobody": lambda tr: tr("Choose whom to share it with."),
        "self": lambda tr: tr("That is you. Choose somebody else: you see your own goal anyway."),
        "twice": lambda tr: tr(
            "They see this goal already, or have been asked. Home says who sees what, with the way "
            "to change it."
        ),
        "too_many": lambda tr: tr(
            "That is shared with as many people as it can be. Stop sharing with one of them first."
        ),
        "deactivated": lambda tr: tr(
            "They are not in this workspace any more, so nothing can be shared with them."
        ),
        "bot": lambda tr: tr("That is an app. A goal is shared with a person."),
        "guest": lambda tr: tr(
            "They are a guest here. A goal is shared with members of the workspace only."
        ),
        "external": lambda tr: tr(
            "They belong to another workspace. A goal is shared within your own workspace only."
        ),
        "refused": lambda tr: tr(
            "Nextrung may not be used where they are, so nothing can be shared with them."
        ),
    }
)
