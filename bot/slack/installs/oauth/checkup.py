"""Whether Slack knows our side of OAuth, for `nextrung doctor`."""

from collections.abc import Mapping
from types import MappingProxyType

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.log import scrubbed
from bot.slack.client import exchange, slack_client
from bot.slack.installs.checkup import CheckResult
from bot.slack.installs.oauth.app import INSTALL_PATH, OAuthApp
from bot.slack.network import Network
from bot.slack.refusals import UNANSWERED, refusal_code

_SUBJECT = "OAuth"
# No code that Slack ever gave: it is looked at after who we are.
_NO_CODE = "nextrung-doctor"
_MENDED_BY: Mapping[str, str] = MappingProxyType(
    {
        "invalid_client_id": "Copy Client ID from Basic Information into SLACK_CLIENT_ID.",
        "bad_client_secret": "Copy Client Secret from Basic Information into SLACK_CLIENT_SECRET.",
    }
)


async def check_oauth(app: OAuthApp, *, api_url: str, network: Network) -> CheckResult:
    """Ask Slack to exchange a code that is none: what it says first is what is wrong."""
    client = slack_client(None, api_url=api_url, network=network)
    try:
        await exchange(
            client,
            client_id=app.client_id,
            client_secret=app.client_secret,
            code=_NO_CODE,
            redirect_uri=app.redirect_uri,
        )
    except SlackApiError as error:
        return _told(refusal_code(error), app)
    except (SlackClientError, *UNANSWERED) as error:
        remedy = "Check the network and SLACK_API_URL."
        return CheckResult(_SUBJECT, False, scrubbed(str(error)), remedy)
    return CheckResult(_SUBJECT, False, "Slack took a code that is none", "Check SLACK_API_URL.")


def _told(code: str, app: OAuthApp) -> CheckResult:
    if code == "invalid_code":
        remedy = f"The app's settings must list the redirect URL {app.redirect_uri}"
        detail = f"people install it at {app.public_url}{INSTALL_PATH}"
        return CheckResult(_SUBJECT, True, detail, remedy)
    listed = f"Add {app.redirect_uri} under OAuth & Permissions, Redirect URLs."
    return CheckResult(_SUBJECT, False, code, _MENDED_BY.get(code, listed))
