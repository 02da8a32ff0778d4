"""What the settings must hold for a command, said before anything is done."""

from bot.config import Settings
from bot.domain.errors import NextrungError


class MissingSetting(NextrungError):
    """A setting that this command needs is missing or refused. Params: `remedy`."""

    code = "setting_missing"


def require_web(settings: Settings) -> None:
    """Return where `nextrung web` can speak for somebody: by a token of the settings, or by OAuth.

    Raises:
        MissingSetting: it can speak for nobody, or OAuth is half set up.
    """
    require_whole_oauth(settings)
    token = settings.slack_bot_token or settings.installed_by_oauth
    if not token or settings.slack_signing_secret is None:
        raise MissingSetting(
            remedy="Put SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET into .env (see .env.example), "
            "or try the bot without Slack: nextrung sandbox"
        )


def require_whole_oauth(settings: Settings) -> None:
    """Return where OAuth is set up, or not at all.

    Raises:
        MissingSetting: it is half set up; the remedy names what is missing.
    """
    if settings.oauth_lacks:
        raise MissingSetting(remedy=oauth_remedy(settings.oauth_lacks))


def oauth_remedy(lacking: tuple[str, ...]) -> str:
    """Return what to do where OAuth is half set up."""
    return (
        f"For installations by OAuth also set {' and '.join(lacking)} (see .env.example), or "
        "remove SLACK_CLIENT_ID and SLACK_CLIENT_SECRET"
    )


def public_address(given: str | None) -> str:
    """Return where browsers reach us.

    Raises:
        MissingSetting: the settings do not say.
    """
    if given is None:
        raise MissingSetting(remedy="Put NEXTRUNG_PUBLIC_URL into .env (see .env.example)")
    return given
