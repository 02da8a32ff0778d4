"""What `nextrung doctor` says of settings that arrived otherwise than they were meant."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from pydantic import SecretStr

from bot.cli.temporary import NoTemporaryFolder, settle_temporary_files
from bot.config import Oddity, Settings, data_folder, oddities
from bot.domain.installs.command_names import CommandNames
from bot.domain.installs.moves import UNDER_WAY, GridMove, Stage
from bot.domain.members.effects import EffectOverview
from bot.slack.installs.checkup import CheckResult
from bot.store.nudges.operator import NudgeOverview

_SIGNING_SECRET = re.compile(r"[0-9a-f]{32}")
# Elsewhere stands a gateway or a Slack for tests, with secrets of any form.
_SLACK = "https://slack.com/api/"
_ODD: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "service link": (
            "is an address that Kubernetes sets for a service of this name; it is ignored",
            "Put enableServiceLinks: false into the pod's spec, or give the service another name.",
        ),
        "empty": (
            "is empty, which counts as not set",
            "Remove it, or give it a value.",
        ),
        "surrounded": (
            "has quotes, spaces or line breaks around it; they are left out",
            "Store it without them (echo -n, no quotes in an env file of Docker's).",
        ),
    }
)


def settings_findings(settings: Settings) -> list[CheckResult]:
    """Return what was not read as it stands, then what cannot be what it claims to be."""
    return [*map(_odd, oddities()), *_mistaken(settings)]


def _odd(oddity: Oddity) -> CheckResult:
    detail, remedy = _ODD[oddity.kind]
    where = "" if oddity.place == "environment" else " in .env"
    return CheckResult("Settings", True, f"{oddity.name}{where} {detail}", remedy)


def _mistaken(settings: Settings) -> list[CheckResult]:
    found: list[CheckResult] = []
    bot, app = _plain(settings.slack_bot_token), _plain(settings.slack_app_token)
    secret = _plain(settings.slack_signing_secret)
    if bot.startswith("xapp-"):
        remedy = "Copy the bot token (xoxb-…) from OAuth & Permissions."
        found.append(CheckResult("Settings", False, "SLACK_BOT_TOKEN is an app token", remedy))
    if app.startswith("xox"):
        remedy = "Copy the app-level token (xapp-…) from Basic Information."
        found.append(CheckResult("Settings", False, "SLACK_APP_TOKEN is no app token", remedy))
    if secret and settings.slack_api_url == _SLACK and not _SIGNING_SECRET.fullmatch(secret):
        detail = "SLACK_SIGNING_SECRET does not look like one: 32 digits and letters a to f"
        remedy = "Copy Signing Secret from Basic Information; requests of Slack's fail otherwise."
        found.append(CheckResult("Settings", False, detail, remedy))
    return found


def _plain(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


def commands_finding(prefix: str | None) -> CheckResult:
    """Return the names that the bot answers to, and how to see whether another app has them.

    No method of Slack's tells a bot which commands other apps have, nor what its own app's settings
    say: the operator has to look.
    """
    remedy = (
        "Your app's settings must name the same (nextrung manifest prints them). Where several "
        "apps share a name, Slack calls the one that was installed last, and does not tell the "
        "others; on an Enterprise Grid look in each workspace: type the name in Slack and see "
        "which app stands beside it. NEXTRUNG_COMMAND_PREFIX gives you names of your own."
    )
    return CheckResult("Commands", True, ", ".join(CommandNames(prefix).all), remedy)


def reached_finding(somebody: bool) -> CheckResult:
    """Return whether anybody's command, press or Home has ever reached the bot."""
    if somebody:
        return CheckResult("Reached", True, "members have reached the bot")
    remedy = "Type a command in Slack. If another app answers, or nobody, see Commands below."
    return CheckResult("Reached", True, "nobody has reached the bot yet", remedy)


def errands_finding(overview: EffectOverview) -> CheckResult:
    """Return how what members asked for stands: files, outcomes, deletions."""
    detail = f"{overview.waiting} under way, {overview.late} to be taken up"
    if not overview.given_up:
        return CheckResult("Errands", True, detail)
    named = "; ".join(
        f"{each.kind} for {each.workspace} ({each.reason}, {each.since:%Y-%m-%d %H:%M} UTC)"
        for each in overview.given_up
    )
    remedy = "Look for effect_failed in the log. Files can be asked for again; deletions cannot."
    return CheckResult("Errands", False, f"{detail}; given up: {named}", remedy)


def moves_findings(moves: Sequence[GridMove], now: datetime) -> list[CheckResult]:
    """Return workspaces that are paused because they move, or whose move did not end as it should.

    None where there is no such workspace.
    """
    return [_move(each, now) for each in moves]


def _move(move: GridMove, now: datetime) -> CheckResult:
    subject, team = "Workspace moves", move.tenant.team_id
    since, until = f"{move.since:%Y-%m-%d %H:%M} UTC", f"{move.until:%Y-%m-%d %H:%M} UTC"
    trouble = f"; {move.trouble}" if move.trouble else ""
    if move.stage in UNDER_WAY:
        detail = f"{team} is {move.stage.value} since {since}"
        if move.pauses(now):
            remedy = f"It is paused until that is over, {until} at the longest; nothing is lost."
            return CheckResult(subject, True, f"{detail}{trouble}", remedy)
        remedy = "It takes longer than a day, so the workspace is served again meanwhile."
        return CheckResult(subject, False, f"{detail}{trouble}", remedy)
    if move.stage is Stage.LAPSED:
        detail = f"{team} began to move {since}, and Slack never said that it had"
        remedy = "Slack says it is in no organisation: it is served as before, with all it held."
        return CheckResult(subject, False, detail, remedy)
    detail = f"{team} moved {since}: {move.mapped} people mapped, {move.unknown} unknown{trouble}"
    remedy = "Who is unknown to Slack keeps the old id: people who had left by then."
    return CheckResult(subject, True, detail, remedy)


def plans_finding(overview: NudgeOverview) -> CheckResult:
    """Return whether a clock that was wrong has planned nudges for a time that never comes."""
    if not overview.astray:
        return CheckResult("Plans", True, f"{overview.plans} members with nudges to come")
    detail = f"{overview.astray} lie impossibly far: a clock was wrong"
    remedy = "A running process plans them anew in ten minutes; see that clocks are kept in time."
    return CheckResult("Plans", False, detail, remedy)


def temporary_findings(settings: Settings) -> list[CheckResult]:
    """Return where uploads and files for members are made."""
    try:
        folder = settle_temporary_files(settings.database, data_folder())
    except NoTemporaryFolder as error:
        remedy = str(error.params["remedy"])
        return [CheckResult("Temporary files", False, "no folder can be written", remedy)]
    return [CheckResult("Temporary files", True, str(folder))]
