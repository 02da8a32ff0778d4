"""Emoji by the names Slack gives them."""

import re
import unicodedata
from functools import lru_cache

_EMOJI_BLOCKS = (
    range(0x2600, 0x27C0),
    range(0x2B00, 0x2C00),
    range(0x1F300, 0x1F650),
    range(0x1F680, 0x1F700),
    range(0x1F7E0, 0x1F7F0),
    range(0x1F900, 0x1FB00),
)
_PRESENTATION = "\ufe0f"
_TONES = {str(number): chr(0x1F3FB + number - 2) for number in range(2, 7)}
_TONE_NAME = re.compile(r"skin-tone-([2-6])")

# Slack's names that are not simply the Unicode name with underscores.
_NAMES = {
    "+1": "👍", "thumbsup": "👍", "-1": "👎", "thumbsdown": "👎", "tada": "🎉", "smile": "😄",
    "grinning": "😀", "joy": "😂", "wink": "😉", "blush": "😊", "slightly_smiling_face": "🙂",
    "thinking_face": "🤔", "wave": "👋", "clap": "👏", "muscle": "💪", "pray": "🙏", "eyes": "👀",
    "raised_hands": "🙌", "point_right": "👉", "point_left": "👈", "point_up": "☝️",
    "point_down": "👇", "ok_hand": "👌", "heart": "❤️", "fire": "🔥", "star": "⭐", "star2": "🌟",
    "sparkles": "✨", "zap": "⚡", "boom": "💥", "100": "💯", "bulb": "💡", "mag": "🔍",
    "mag_right": "🔎", "memo": "📝", "pencil": "📝", "pencil2": "✏️", "book": "📖",
    "books": "📚", "bookmark": "🔖", "link": "🔗", "pushpin": "📌", "round_pushpin": "📍",
    "paperclip": "📎", "calendar": "📆", "date": "📅", "spiral_calendar_pad": "🗓️",
    "alarm_clock": "⏰", "hourglass": "⌛", "hourglass_flowing_sand": "⏳", "stopwatch": "⏱️",
    "clock10": "🕙", "bell": "🔔", "no_bell": "🔕", "mute": "🔇", "lock": "🔒", "unlock": "🔓",
    "key": "🔑", "gear": "⚙️", "wrench": "🔧", "hammer": "🔨", "hammer_and_wrench": "🛠️",
    "toolbox": "🧰", "package": "📦", "bar_chart": "📊", "chart_with_upwards_trend": "📈",
    "chart_with_downwards_trend": "📉", "clipboard": "📋", "page_facing_up": "📄",
    "file_folder": "📁", "open_file_folder": "📂", "speech_balloon": "💬", "mega": "📣",
    "loudspeaker": "📢", "email": "✉️", "envelope": "✉️", "inbox_tray": "📥", "outbox_tray": "📤",
    "white_check_mark": "✅", "heavy_check_mark": "✔️", "ballot_box_with_check": "☑️", "x": "❌",
    "negative_squared_cross_mark": "❎", "heavy_plus_sign": "➕", "heavy_minus_sign": "➖",
    "warning": "⚠️", "no_entry": "⛔", "no_entry_sign": "🚫", "rotating_light": "🚨",
    "information_source": "ℹ️", "question": "❓", "exclamation": "❗", "bangbang": "‼️",
    "arrow_up": "⬆️", "arrow_down": "⬇️", "arrow_left": "⬅️", "arrow_right": "➡️",
    "arrow_upper_right": "↗️", "arrow_lower_right": "↘️", "arrows_counterclockwise": "🔄",
    "repeat": "🔁", "fast_forward": "⏩", "rewind": "⏪", "red_circle": "🔴",
    "large_orange_circle": "🟠", "large_yellow_circle": "🟡", "large_green_circle": "🟢",
    "large_blue_circle": "🔵", "large_purple_circle": "🟣", "white_circle": "⚪",
    "black_circle": "⚫", "large_green_square": "🟩", "large_yellow_square": "🟨",
    "large_red_square": "🟥", "large_blue_square": "🟦", "white_large_square": "⬜",
    "black_large_square": "⬛", "small_blue_diamond": "🔹", "small_orange_diamond": "🔸",
    "large_blue_diamond": "🔷", "large_orange_diamond": "🔶", "rocket": "🚀", "seedling": "🌱",
    "evergreen_tree": "🌲", "deciduous_tree": "🌳", "mountain": "⛰️", "ladder": "🪜",
    "checkered_flag": "🏁", "triangular_flag_on_post": "🚩", "trophy": "🏆", "medal": "🎖️",
    "first_place_medal": "🥇", "dart": "🎯", "compass": "🧭", "world_map": "🗺️",
    "house": "🏠", "office": "🏢", "robot_face": "🤖", "computer": "💻", "keyboard": "⌨️",
    "brain": "🧠", "test_tube": "🧪", "microscope": "🔬", "bug": "🐛", "shield": "🛡️",
    "coffee": "☕", "cake": "🍰", "sunny": "☀️", "cloud": "☁️", "umbrella": "☔",
    "snowflake": "❄️", "rainbow": "🌈", "earth_africa": "🌍", "earth_americas": "🌎",
    "earth_asia": "🌏", "one": "1️⃣", "two": "2️⃣", "three": "3️⃣", "four": "4️⃣", "five": "5️⃣",
    "six": "6️⃣", "seven": "7️⃣", "eight": "8️⃣", "nine": "9️⃣", "zero": "0️⃣",
    "keycap_ten": "🔟", "new": "🆕", "ok": "🆗", "up": "🆙", "zzz": "💤", "sweat_smile": "😅",
    "cry": "😢", "sob": "😭", "sunglasses": "😎", "hugging_face": "🤗", "mortar_board": "🎓",
    "bust_in_silhouette": "👤", "busts_in_silhouette": "👥", "handshake": "🤝", "writing_hand": "✍️",
    "female-technologist": "👩‍💻", "male-technologist": "👨‍💻", "technologist": "🧑‍💻",
}  # fmt: skip


@lru_cache(maxsize=2048)
def emoji(name: str) -> str | None:
    """The character(s) for a name such as ``rocket`` or ``wave::skin-tone-3``; else ``None``."""
    base, _, tone = name.partition("::")
    if base in _NAMES:
        found: str | None = _NAMES[base]
    elif toned := _TONE_NAME.fullmatch(base):
        found = _TONES[toned[1]]
    else:
        found = _by_unicode_name(base)
    if found is None or not tone:
        return found
    with_tone = _TONE_NAME.fullmatch(tone)
    return found.rstrip(_PRESENTATION) + _TONES[with_tone[1]] if with_tone else None


def _by_unicode_name(name: str) -> str | None:
    try:
        found = unicodedata.lookup(name.replace("_", " ").replace("-", " "))
    except KeyError:
        return None
    if len(found) != 1 or not any(ord(found) in block for block in _EMOJI_BLOCKS):
        return None
    return found


def from_code_points(unicode: str) -> str | None:
    """The emoji for Slack's ``unicode`` field, hexadecimal code points joined by hyphens."""
    try:
        return "".join(chr(int(point, 16)) for point in unicode.split("-")) or None
    except (ValueError, OverflowError):
        return None
