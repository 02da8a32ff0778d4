"""What settings describe, as the values that the rest works with."""

from typing import TYPE_CHECKING

from bot.services.bundle import Services
from bot.services.installs.begun import BegunInstalls
from bot.services.installs.rotation import TokenExchange
from bot.slack.network import Network, trusting
from bot.store.database import Database
from bot.store.tokens.keys import TokenKeys, key_words, keys_in

if TYPE_CHECKING:
    # Who calls has read them; here they are a value like others, and need no pydantic.
    from bot.config import Settings
    from bot.slack.installs.oauth.app import OAuthApp
    from bot.slack.installs.oauth.flow import InstallPages


def network_of(settings: "Settings") -> Network:
    """Return the way to Slack that the settings describe.

    Raises:
        UnusableCertificates: the file of certificates cannot be used.
    """
    proxy, file = settings.https_proxy, settings.nextrung_ca_file
    return Network(
        proxy=proxy.get_secret_value() if proxy else None,
        no_proxy=settings.no_proxy or "",
        trusted=trusting(file) if file else None,
    )


def token_keys_of(settings: "Settings") -> TokenKeys:
    """Return the keys that the settings and their file hold.

    Raises:
        BadTokenKeys: one is no key, or the file cannot be read.
    """
    given, file = settings.nextrung_token_keys, settings.nextrung_token_keys_file
    keys = key_words(given.get_secret_value() if given else "")
    return TokenKeys([*keys, *(keys_in(file) if file else ())])


def install_pages_of(
    settings: "Settings", services: Services, database: Database, network: Network
) -> "InstallPages | None":
    """Return the pages of OAuth; None where it is not set up."""
    app, clock = oauth_app_of(settings), services.clock
    if app is None:
        return None
    from bot.slack.installs.oauth.exchange import Exchange
    from bot.slack.installs.oauth.flow import InstallPages

    return InstallPages(
        Exchange(app, settings.slack_api_url, network, clock.now),
        BegunInstalls(database, clock),
        services.installing,
        services.translators,
    )


def oauth_app_of(settings: "Settings") -> "OAuthApp | None":
    """Return who we are to Slack where people install the app by themselves."""
    client, secret = settings.slack_client_id, settings.slack_client_secret
    public = settings.nextrung_public_url
    if client is None or secret is None or public is None:
        return None
    from bot.slack.installs.oauth.app import OAuthApp

    return OAuthApp(client, secret.get_secret_value(), public, settings.slack_authorize_url)


def token_exchange_of(settings: "Settings", network: Network) -> TokenExchange | None:
    """Return what exchanges tokens that end; only whom Slack knows as the app can."""
    app = oauth_app_of(settings)
    if app is None:
        return None
    from bot.slack.tokens.exchange import SlackExchange

    return SlackExchange(app.client_id, app.client_secret, settings.slack_api_url, network)
