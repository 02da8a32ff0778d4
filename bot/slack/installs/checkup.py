"""Whether Slack accepts the tokens, for `nextrung doctor`."""

from dataclasses import dataclass

from slack_sdk.errors import SlackApiError

from bot.log import scrubbed
from bot.slack.auth import identify
from bot.slack.client import SlackClient
from bot.slack.installs.manifest import BOT_SCOPES
from bot.slack.refusals import CODES, UNANSWERED, WhyRefused, refusal_code

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


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One checked thing. `remedy` says what to do where it is not `ok`."""

    subject: str
    ok: bool
    detail: str
    remedy: str = ""


async def check_bot_token(client: SlackClient) -> list[CheckResult]:
    """Ask Slack who the bot token is and which scopes it has."""
    try:
        identity = await identify(client)
    except SlackApiError as error:
        code = refusal_code(error)
        return [
            CheckResult("Bot token", False, code, "Reinstall the app and copy the xoxb- token.")
        ]
    except UNANSWERED as error:
        return [CheckResult("Slack", False, scrubbed(str(error)), _UNREACHED)]
    found = CheckResult("Bot token", True, f"workspace {identity.team_id}")
    if identity.scopes is None:
        return [found, CheckResult("Scopes", True, _UNTOLD, _UNTOLD_REMEDY)]
    missing = [scope for scope in BOT_SCOPES if scope not in identity.scopes]
    if not missing:
        return [found, CheckResult("Scopes", True, ", ".join(BOT_SCOPES))]
    reasons = "; ".join(f"{scope} ({BOT_SCOPES[scope]})" for scope in missing)
    remedy = "Add them under OAuth & Permissions, or update the app from nextrung manifest."
    return [found, CheckResult("Scopes", False, f"missing: {reasons}", remedy)]


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
