"""What the pages say where nothing was installed, or where nobody can tell yet.

Each says what happened, what is lost by it (nothing), and what to do. Most have one way on: to
begin again, which costs a press.
"""

from bot.slack.installs.oauth.exchange import Why
from bot.slack.installs.oauth.page import Link, Page
from bot.text.translator import Translator


def denied_page(tr: Translator, *, again: str) -> Page:
    """Somebody pressed Cancel, or may not install apps."""
    return Page(
        heading=tr("Nothing was installed"),
        lead=(
            tr("You chose not to add Nextrung to Slack, and nothing has changed."),
            tr(
                "Did Slack say that an admin has to agree? Once they have, come back and press "
                "the button again: that finishes it."
            ),
        ),
        links=(Link(tr("Back to the Start"), again),),
    )


def dead_page(tr: Translator, *, again: str) -> Page:
    """The state is missing, was used, is too old, or is another browser's."""
    return Page(
        heading=tr("This page cannot finish an installation"),
        lead=(
            tr(
                "It was used already, it is more than ten minutes old, or it was begun in another "
                "browser. Nothing has changed."
            ),
            tr("Did you see that Nextrung was installed? Then all is well: look for it in Slack."),
            tr(
                "Did an admin agree to it meanwhile, or install it for the whole organization? "
                "Then begin again: only that lets Nextrung answer there."
            ),
        ),
        links=(Link(tr("Begin Again"), again),),
        status=400,
        good=False,
    )


def odd_page(tr: Translator, *, again: str) -> Page:
    """The query is none that Slack makes."""
    return Page(
        heading=tr("This address cannot be understood"),
        lead=(tr("Something is missing from it, or was added to it. Nothing has changed."),),
        links=(Link(tr("Back to the Start"), again),),
        status=400,
        good=False,
    )


def refused_page(tr: Translator, error: str, *, again: str) -> Page:
    """Slack sent the browser back with an error of its own. `error` is a code of Slack's."""
    return Page(
        heading=tr("Slack did not install Nextrung"),
        lead=(
            tr("Slack says: {reason}. Nothing has changed.", reason=error),
            tr("Whoever runs this installation can look up what that means."),
        ),
        links=(Link(tr("Back to the Start"), again),),
        status=400,
        good=False,
    )


def store_page(tr: Translator, *, retry: str) -> Page:
    """The database did not answer, and Slack was not asked yet: the same address works later."""
    return Page(
        heading=tr("Not finished yet"),
        lead=(
            tr(
                "Nextrung’s database does not answer just now. Nothing is lost: try again in a "
                "moment."
            ),
        ),
        links=(Link(tr("Try Again"), retry),),
        status=503,
        good=False,
    )


def not_kept_page(tr: Translator, *, again: str) -> Page:
    """Slack installed it, and the database did not take it."""
    return Page(
        heading=tr("Not finished yet"),
        lead=(
            tr(
                "Slack has added Nextrung, but its database did not answer, so it cannot speak "
                "there yet."
            ),
            tr("Nothing is lost: begin again in a moment. Slack then hands over the same again."),
        ),
        links=(Link(tr("Begin Again"), again),),
        status=503,
        good=False,
    )


def busy_page(tr: Translator, *, again: str) -> Page:
    """More began an installation in this minute than this process allows."""
    return Page(
        heading=tr("Too many at once"),
        lead=(tr("Many people are on this page just now. Please try again in a minute."),),
        links=(Link(tr("Try Again"), again),),
        status=429,
        good=False,
    )


def broken_page(tr: Translator, *, again: str) -> Page:
    """Something that nobody thought of."""
    return Page(
        heading=tr("Not finished yet"),
        lead=(
            tr(
                "Something went wrong on our side, and it was noted. Nothing of anybody’s is lost: "
                "please begin again."
            ),
        ),
        links=(Link(tr("Begin Again"), again),),
        status=500,
        good=False,
    )


def not_granted_page(tr: Translator, why: Why, *, again: str) -> Page:
    """Slack gave no token, or one that does not work."""
    status, heading, lead = _not_granted(tr, why)
    return Page(
        heading=heading,
        lead=lead,
        links=(Link(tr("Begin Again"), again),),
        status=status,
        good=False,
    )


def _not_granted(tr: Translator, why: Why) -> tuple[int, str, tuple[str, ...]]:
    match why:
        case Why.CODE:
            words = tr(
                "Slack does not take this code: it was used, it is too old, or it belongs to "
                "another app. Nothing has changed."
            )
            return 400, tr("This page cannot finish an installation"), (words,)
        case Why.SETUP:
            words = tr(
                "The settings of this installation do not fit those of its Slack app. Whoever "
                "runs it finds the reason in the log, and by the command {command}.",
                command="nextrung doctor",
            )
            return 502, tr("Nextrung cannot be installed from here yet"), (words,)
        case Why.SILENT:
            words = tr(
                "Slack does not answer just now, so Nextrung cannot tell whether it was added. "
                "Nothing is lost: begin again in a moment."
            )
            return 502, tr("Not finished yet"), (words,)
        case Why.WITHDRAWN:
            words = tr(
                "Slack added Nextrung, and took it back before it could be used. Was it removed "
                "meanwhile? Nothing of anybody’s is lost."
            )
            return 409, tr("Nextrung was removed again"), (words,)
        case Why.ODD:
            words = tr(
                "Slack’s answer does not say which workspace it is for, so nothing was kept. "
                "Please begin again."
            )
            return 502, tr("Not finished yet"), (words,)
