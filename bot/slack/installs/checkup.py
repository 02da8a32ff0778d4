"""Whether Slack accepts the tokens, for `nextrung doctor`."""

from collections.abc import Callable
from datetime import datetime

from slack_sdk.errors import SlackApiError

from bot.log import scrubbed
from bot.slack.client import SlackClient
from bot.slack.installs.manifest import BOT_SCOPES, OPTIONAL_SCOPES
from bot.slack.refusals import CODES, UNANSWERED, WhyRefused, refusal_code
from bot.slack.tokens.identity import Identity, identify
from bot.values import dataclass

# No retry can mend these: the token itself is wrong, withdrawn, or of the wrong type.
REFUSED_TOKEN = CODES[WhyRefused.TOKEN] | CODES[WhyRefused.TOKEN_TYPE]


_UNREACHED = (
    "Check the network and SLACK_API_URL; behind a proxy, HTTPS_PROXY and NEXTRUNG_CA_FILE."
)
_UNTOLD = "cannot be told: Slack's answer came without the header X-OAuth-Scopes"
_UNTOLD_REMEDY = (
    "Something between strips it; let it pass, or compare OAuth & Permissions with "
    "nextrung manifest by eye."
)

_LEFT_OUT = "Install the app again, and leave nothing out, where members miss what needs them."

CLOCKS_APART_S = 5.0
"""More than this lies between no two clocks that are kept in time: those differ by milliseconds.

It is told long before anything breaks: Slack's signatures are valid for 300 seconds, and a nudge
worker's lease lasts 60 by its holder's clock.
"""
_CLOCK_REMEDY = (
    "Let this machine keep its clock in time (chrony, systemd-timesyncd): five minutes off, "
    "requests of Slack's are refused."
)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One checked thing. `remedy` says what to do where it is not `ok`."""

    subject: str
    ok: bool
    detail: str
    remedy: str = ""


def check_clock(
    whose: str, told: datetime, *, asked: datetime, answered: datetime, grain_s: float = 0.0
) -> CheckResult:
    """Compare this machine's clock with another one, which told its time meanwhile.

    `asked` and `answered` are by this machine; the other one counts in steps of `grain_s`. So the
    way there and back is never taken for a difference.
    """
    ahead = (asked - told).total_seconds() - grain_s
    behind = (told - answered).total_seconds()
    if max(ahead, behind) <= CLOCKS_APART_S:
        return CheckResult("Clock", True, f"goes with {whose}")
    way, apart = ("ahead of", ahead) if ahead > behind else ("behind", behind)
    return CheckResult("Clock", False, f"{apart:.0f} s {way} {whose}", _CLOCK_REMEDY)


async def check_bot_token(client: SlackClient, *, now: Callable[[], datetime]) -> list[CheckResult]:
    """Ask Slack who the bot token is, which scopes it has, and what time it is there."""
    asked = now()
    try:
        identity = await identify(client)
    except SlackApiError as error:
        code = refusal_code(error)
        return [
            CheckResult("Bot token", False, code, "Reinstall the app and copy the xoxb- token.")
        ]
    except UNANSWERED as error:
        return [CheckResult("Slack", False, scrubbed(str(error)), _UNREACHED)]
    found = [CheckResult("Bot token", True, f"workspace {identity.team_id}"), _scopes(identity)]
    if identity.told_at is not None:
        clock = check_clock("Slack's", identity.told_at, asked=asked, answered=now(), grain_s=1.0)
        found.append(clock)
    return found


def _scopes(identity: Identity) -> CheckResult:
    if identity.scopes is None:
        return CheckResult("Scopes", True, _UNTOLD, _UNTOLD_REMEDY)
    missing = [scope for scope in BOT_SCOPES if scope not in identity.scopes]
    if not missing:
        return CheckResult("Scopes", True, ", ".join(BOT_SCOPES))
    reasons = "; ".join(f"{scope} ({BOT_SCOPES[scope]})" for scope in missing)
    if set(missing) <= set(OPTIONAL_SCOPES):
        # Somebody chose so; what needs them tells members in words.
        return CheckResult("Scopes", True, f"left out when it was installed: {reasons}", _LEFT_OUT)
    remedy = "Add them under OAuth & Permissions, or update the app from nextrung manifest."
    return CheckResult("Scopes", False, f"missing: {reasons}", remedy)


async def check_app_token(client: SlackClient, app_token: str) -> CheckResult:
    """Ask Slack whether the app token may open a Socket Mode connection."""
    try:
        await client.apps_connections_open(app_token=app_token)
    except SlackApiError as error:
        code = refusal_code(error)
        remedy = "Create an app-level token with connections:write and switch Socket Mode on."
        return CheckResult("App token", False, code, remedy)
    except UNANSWERED as error:
        return CheckResult("App token", False, scrubbed(str(error)), _UNREACHED)
    return CheckResult("App token", True, "Socket Mode works")
