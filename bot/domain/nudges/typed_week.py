"""Names of weekdays as they are typed, English and Chinese; Monday = 0."""

import re

_LATIN = (
    "mondays?|mon",
    "tuesdays?|tues|tue",
    "wednesdays?|weds|wed",
    "thursdays?|thurs|thur|thu",
    "fridays?|fri",
    "saturdays?|sat",
    "sundays?|sun",
)
_CHINESE = ("一1", "二2", "三3", "四4", "五5", "六6", "日天7")
CHINESE_DAY = "[" + "".join(_CHINESE) + "]"
CHINESE_WEEK = "(?:周|週|星期|礼拜)"
DAY_NAME = f"(?:(?:{'|'.join(_LATIN)})(?![a-z])|{CHINESE_WEEK}{CHINESE_DAY})"
DAY_WORDS = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip


def weekday_named(name: str) -> int:
    """Return the weekday of a text that `DAY_NAME` matches, or of one Chinese sign for a day."""
    for number, pattern in enumerate(_LATIN):
        if re.fullmatch(pattern, name):
            return number
    return next(number for number, signs in enumerate(_CHINESE) if name[-1] in signs)
