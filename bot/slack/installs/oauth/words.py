"""What the pages of an installation say."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from bot.domain.installs.installation import Installation, Installed
from bot.slack.installs.manifest import BOT_SCOPES, OPTIONAL_SCOPES
from bot.slack.installs.oauth.page import Link, Page, Part
from bot.text.translator import Translator

Words = Callable[[Translator], str]

_REASONS: Mapping[str, Words] = MappingProxyType(
    {
        "commands": lambda tr: tr("Answer its commands and shortcuts"),
        "chat:write": lambda tr: tr(
            "Send nudges in a direct message, at the hour that each member chose"
        ),
        "im:write": lambda tr: tr("Open the direct message that files come in"),
        "files:write": lambda tr: tr("Send the files that somebody asks for"),
        "files:read": lambda tr: tr("Read a framework that its owner uploads"),
        "users:read": lambda tr: tr("See somebody’s language and time zone, and who is an admin"),
    }
)
_NO_FILES: Words = lambda tr: tr(  # noqa: E731 - two scopes have the same
    "Nobody is sent files: no packet for a promotion talk, no chart, no export."
)
_WITHOUT: Mapping[str, Words] = MappingProxyType(
    {
        "commands": lambda tr: tr("Nothing works: Slack does not pass on any command."),
        "chat:write": lambda tr: tr("Nothing comes by itself: there are no nudges."),
        "im:write": _NO_FILES,
        "files:write": _NO_FILES,
        "files:read": lambda tr: tr("No framework can be uploaded in Slack."),
        "users:read": lambda tr: tr(
            "Everybody reads English, nobody counts as an admin, and no nudges are sent."
        ),
    }
)


def install_page(tr: Translator, *, start: str) -> Page:
    """Return the page with the button; `start` is where it leads."""
    optional = tr("Can be left out")
    return Page(
        heading=tr("Add Nextrung to Slack"),
        lead=(
            tr("Your company’s career framework, where everybody works already."),
            tr(
                "Look up what a skill means at each level, see what you still miss for the next "
                "one, and get one well-chosen growth prompt at a time."
            ),
        ),
        links=(Link(tr("Add to Slack"), start),),
        parts=(
            Part(
                heading=tr("What it may do"),
                lines=tuple(_REASONS[scope](tr) for scope in BOT_SCOPES),
                notes=tuple(optional if each in OPTIONAL_SCOPES else "" for each in BOT_SCOPES),
            ),
        ),
        small=(
            tr(
                "It cannot read your messages, except one that a member chooses to keep. What "
                "members write is seen by them alone, and stays on the machines of whoever runs "
                "this installation."
            ),
            tr(
                "Your workspace may ask an admin first. Once they have agreed, come back to this "
                "page and press the button again: that finishes it."
            ),
        ),
    )


def installed_page(
    installation: Installation, installed: Installed, tr: Translator, *, open_at: str, add_at: str
) -> Page:
    """Return what comes next in Slack; `add_at` chooses an organisation's workspaces."""
    to_slack = Link(tr("Open in Slack"), open_at)
    again = _again(installed, tr)
    if installation.org_wide:
        heading = _organisation_heading(installation, tr)
        unseen = tr("It is in no workspace yet: nobody sees it before you choose the workspaces.")
        lead: tuple[str, ...] = (unseen, *again)
        links: tuple[Link, ...] = (Link(tr("Choose Workspaces"), add_at), to_slack)
    else:
        heading = _workspace_heading(installation, tr)
        lead = again or (tr("Everything is ready."),)
        links = (to_slack,)
    return Page(
        heading=heading,
        lead=lead,
        links=links,
        parts=(*_steps(installation, tr), *_changed(installed, tr), *_left_out(installation, tr)),
        good=True,
    )


def _workspace_heading(installation: Installation, tr: Translator) -> str:
    if installation.name:
        return tr("Nextrung is in {name}", name=installation.name)
    return tr("Nextrung is in your workspace")


def _organisation_heading(installation: Installation, tr: Translator) -> str:
    if installation.name:
        return tr("Nextrung is installed for {name}", name=installation.name)
    return tr("Nextrung is installed for your organization")


def _again(installed: Installed, tr: Translator) -> tuple[str, ...]:
    if installed.new and not installed.back:
        return ()
    return (tr("It was here before: everything that members keep is still there."),)


def _steps(installation: Installation, tr: Translator) -> tuple[Part, ...]:
    first = (
        (tr("Add it to one workspace or more. You can add others at any time."),)
        if installation.org_wide
        else ()
    )
    lines = (
        *first,
        tr("Type /skill in any channel, and look up a skill."),
        tr("Open Nextrung’s Home, and choose your role and your level."),
        tr(
            "As an admin of the workspace, upload your own framework there. Until then a built-in "
            "one is used."
        ),
    )
    return (Part(tr("What comes next"), lines, numbered=True),)


def _changed(installed: Installed, tr: Translator) -> tuple[Part, ...]:
    gained = _sentences(_REASONS, installed.scopes_gained, tr)
    if installed.new or not gained:
        return ()
    return (Part(tr("What it may do from now on"), gained),)


def _left_out(installation: Installation, tr: Translator) -> tuple[Part, ...]:
    missing = [scope for scope in BOT_SCOPES if scope not in installation.scopes]
    if not missing:
        return ()
    later = tr(
        "Everything else works. To allow it later, install Nextrung again from the page where "
        "you began."
    )
    without = _sentences(_WITHOUT, missing, tr)
    return (Part(tr("What was left out"), without, after=later),)


def _sentences(
    words: Mapping[str, Words], scopes: Sequence[str], tr: Translator
) -> tuple[str, ...]:
    """Return what is said of each scope, once where two have the same."""
    return tuple(dict.fromkeys(words[each](tr) for each in scopes if each in words))
