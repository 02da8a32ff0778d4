"""Which time zone a Slack profile says, and what the card says where it says none."""

from typing import Any

import pytest

from bot.cards.nudges.cadence_words import outlook_text, zone_text
from bot.domain.local_time import UNTOLD
from bot.domain.nudges.cadence import NudgeSettings, WorkingTime
from bot.domain.nudges.outlook import NudgeOutlook
from bot.domain.tenancy import Member, Tenant
from bot.slack.members.profiles import zone_of
from bot.text.translator import load_translators

TRANSLATORS = load_translators()


@pytest.mark.parametrize(
    ("person", "zone"),
    [
        ({"tz": "Europe/Berlin", "tz_offset": 3600}, "Europe/Berlin"),
        ({"tz": None, "tz_offset": 28_800}, "UTC+08:00"),
        ({"tz_offset": 19_800}, "UTC+05:30"),
        ({"tz": "", "tz_offset": -12_600}, "UTC-03:30"),
        ({"tz": "Mars/Olympus", "tz_offset": -10_800}, "UTC-03:00"),
        ({"tz": "../../etc/passwd", "tz_offset": 0}, "UTC+00:00"),
        ({"tz": 7, "tz_offset": "3600"}, None),
        ({"tz_offset": 10**12}, UNTOLD),
        ({}, None),
    ],
)
def test_the_zone_of_a_profile(person: dict[str, Any], zone: str | None) -> None:
    assert zone_of(person) == zone


def told(slack_zone: str, locale: str, own: str | None = None) -> str:
    outlook = NudgeOutlook(NudgeSettings(zone=own), WorkingTime(), slack_zone)
    return outlook_text(outlook, TRANSLATORS.for_locale(locale), paused=False)


def test_a_zone_that_slack_does_not_tell_is_said() -> None:
    unknown = "Your Slack time zone is unknown; using"
    assert f"{unknown} UTC+08:00 as Slack reports." in told("UTC+08:00", "en")
    assert "你的 Slack 时区未知，暂按 Slack 给出的 UTC+08:00。" in told("UTC+08:00", "zh")
    for zone in (UNTOLD, "Mars/Olympus"):
        assert f"{unknown} UTC." in told(zone, "en")
        assert "暂用 UTC。" in told(zone, "zh")
        assert zone_text(zone, TRANSLATORS.for_locale("en")) == "UTC"
    for zone in ("Europe/Berlin", "UTC"):
        assert "unknown" not in told(zone, "en")
    assert "unknown" not in told(UNTOLD, "en", own="Asia/Tokyo")


def test_a_member_of_whom_slack_told_nothing_has_no_zone() -> None:
    assert Member(Tenant("T0"), "U0").time_zone == UNTOLD
