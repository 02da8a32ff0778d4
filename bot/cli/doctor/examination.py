"""`nextrung doctor`: what is wrong, and what to do about it."""

from rich.console import Console
from rich.markup import escape

from bot.bootstrap.from_settings import network_of, oauth_app_of
from bot.bootstrap.telemetry import missing_extras, remedy_of
from bot.cli.doctor.database import database_findings
from bot.cli.doctor.findings import commands_finding, settings_findings, temporary_findings
from bot.cli.doctor.installs import install_findings
from bot.cli.installs.settings import oauth_remedy
from bot.config import Settings
from bot.log import configure_logging, scrubbed
from bot.services.clock import SystemClock
from bot.slack.client import slack_client
from bot.slack.installs.checkup import CheckResult, check_app_token, check_bot_token
from bot.slack.installs.oauth.checkup import check_oauth
from bot.slack.network import Network, UnusableCertificates


async def examine() -> int:
    """Check everything and print one line each; returns 0 where all is well, else 1."""
    configure_logging("ERROR", "console")
    settings = Settings()
    findings = [
        *settings_findings(settings),
        *await database_findings(settings.database),
        *await install_findings(settings),
        *temporary_findings(settings),
        *_extras(settings),
        *await _slack(settings),
        commands_finding(settings.nextrung_command_prefix),
    ]
    console = Console()
    for finding in findings:
        mark = "[green]ok     [/]" if finding.ok else "[red]problem[/]"
        told = f"{mark} [bold]{finding.subject}[/]: {escape(finding.detail)}"
        console.print(told, highlight=False, soft_wrap=True)
        if finding.remedy:
            console.print(f"        {escape(finding.remedy)}", highlight=False, soft_wrap=True)
    return 0 if all(finding.ok for finding in findings) else 1


def _extras(settings: Settings) -> list[CheckResult]:
    """Name settings whose package is missing."""
    return [
        CheckResult("Extras", False, f"{setting} needs a package that is missing", remedy_of(extra))
        for setting, extra in missing_extras(settings).items()
    ]


async def _slack(settings: Settings) -> list[CheckResult]:
    bot, app, secret = (
        settings.slack_bot_token,
        settings.slack_app_token,
        settings.slack_signing_secret,
    )
    if bot is None and not (settings.installed_by_oauth or settings.oauth_lacks):
        remedy = "Put SLACK_BOT_TOKEN into .env; nextrung sandbox needs none."
        return [CheckResult("Bot token", False, "SLACK_BOT_TOKEN is not set", remedy)]
    try:
        network = network_of(settings)
    except UnusableCertificates as error:
        return [CheckResult("Certificates", False, "not usable", str(error.params["remedy"]))]
    api_url = settings.slack_api_url
    findings = [_way(network, api_url)]
    if bot is not None:
        speaking = slack_client(bot.get_secret_value(), api_url=api_url, network=network)
        findings += await check_bot_token(speaking, now=SystemClock().now)
    findings += await _oauth(settings, network)
    if app is not None:
        client = slack_client(None, api_url=api_url, network=network)
        findings.append(await check_app_token(client, app.get_secret_value()))
    if app is None and secret is None:
        remedy = "Set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP)."
        findings.append(CheckResult("Connection", False, "neither mode is set up", remedy))
    return findings


async def _oauth(settings: Settings, network: Network) -> list[CheckResult]:
    """Tell whether people can install the app by themselves, where that was begun to be set up."""
    lacking, app = settings.oauth_lacks, oauth_app_of(settings)
    if lacking:
        detail = f"{', '.join(lacking)} missing"
        return [CheckResult("OAuth", False, detail, f"{oauth_remedy(lacking)}.")]
    if app is None:
        return []
    return [await check_oauth(app, api_url=settings.slack_api_url, network=network)]


def _way(network: Network, api_url: str) -> CheckResult:
    """Tell how Slack is reached, since a proxy is easily forgotten."""
    proxy = network.proxy_for(api_url)
    return CheckResult("Way to Slack", True, f"by {scrubbed(proxy)}" if proxy else "directly")
