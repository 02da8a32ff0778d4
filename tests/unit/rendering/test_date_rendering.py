"""Date tokens in the viewer's zone and language."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.sandbox.rendering import Viewer, render_mrkdwn
from bot.sandbox.rendering.text.dates import clock_time, day_name, fill_date
from tests.unit.rendering.checked_html import CheckedHtml
from tests.unit.rendering.sample_viewers import NOW

MOMENT = 1392734382  # 2014-02-18 14:39:42 UTC
NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("pattern", "english", "chinese_text"),
    [
        ("{date_num}", "2014-02-18", "2014-02-18"),
        ("{date}", "February 18th, 2014", "2014年2月18日"),
        ("{date_short}", "Feb 18, 2014", "2014年2月18日"),
        ("{date_long}", "Tuesday, February 18th, 2014", "2014年2月18日星期二"),
        ("{time}", f"3:39{NO_BREAK}PM", "22:39"),
        ("{time_secs}", f"3:39:42{NO_BREAK}PM", "22:39:42"),
        ("{date_slash}", "2/18/2014", "2014/2/18"),
        (
            "on {date_num} at {nonsense}",
            "on 2014-02-18 at {nonsense}",
            "on 2014-02-18 at {nonsense}",
        ),
    ],
)
def test_tokens(
    viewer: Viewer, chinese: Viewer, pattern: str, english: str, chinese_text: str
) -> None:
    assert fill_date(viewer, MOMENT, pattern) == english
    assert fill_date(chinese, MOMENT, pattern) == chinese_text


@pytest.mark.parametrize(
    ("day", "ending"), [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (22, "22nd")]
)
def test_english_ordinals(viewer: Viewer, day: int, ending: str) -> None:
    moment = datetime(2026, 1, day, 12, tzinfo=UTC).timestamp()
    assert fill_date(viewer, moment, "{date}") == f"January {ending}, 2026"


@pytest.mark.parametrize(
    ("days", "english", "chinese_text"),
    [(-1, "Yesterday", "昨天"), (0, "Today", "今天"), (1, "Tomorrow", "明天")],
)
def test_pretty_days(
    viewer: Viewer, chinese: Viewer, days: int, english: str, chinese_text: str
) -> None:
    moment = (NOW + timedelta(days=days)).timestamp()
    for token in ("{date_pretty}", "{date_short_pretty}", "{date_long_pretty}"):
        assert fill_date(viewer, moment, token) == english
        assert fill_date(chinese, moment, token) == chinese_text


def test_the_day_is_that_of_the_viewers_own_zone(viewer: Viewer, chinese: Viewer) -> None:
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert day_name(viewer, late) == "Today"  # 00:30 in Berlin
    assert day_name(chinese, late) == "今天"
    assert clock_time(chinese, late) == "07:30"


def test_how_long_ago(viewer: Viewer, chinese: Viewer) -> None:
    moment = (NOW - timedelta(hours=3)).timestamp()
    assert fill_date(viewer, moment, "{ago}") == "3 hours ago"
    assert fill_date(chinese, moment, "{ago}") == "3小时前"


def test_the_fallback_stands_where_no_calendar_reaches(viewer: Viewer) -> None:
    html = render_mrkdwn("<!date^999999999999999^{date}|long from now>", viewer)
    assert CheckedHtml(html).text == "long from now"


def test_a_date_may_be_a_link(viewer: Viewer) -> None:
    html = render_mrkdwn(f"<!date^{MOMENT}^{{date_num}}^https://example.com/|then>", viewer)
    read = CheckedHtml(html)
    assert read.text == "2014-02-18"
    assert read.find("a")[0]["href"] == "https://example.com/"
    assert read.find("time")[0]["title"] == "then"


def test_an_unknown_zone_or_locale_falls_back(viewer: Viewer) -> None:
    odd = Viewer(now=NOW, locale="xx-YY", time_zone="Nowhere/Else")
    assert fill_date(odd, MOMENT, "{date_num} {time}") == f"2014-02-18 2:39{NO_BREAK}PM"
