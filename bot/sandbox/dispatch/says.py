"""What Slack itself says to a member, in the language of the member's Slack."""

from typing import Literal

from bot.sandbox.words import words

Phrase = Literal[
    "trouble",
    "status",
    "no_results",
    "bad_command",
    "command_failed",
    "no_threads",
    "required",
    "email",
    "url",
    "number",
    "whole_number",
    "least_length",
    "most_length",
    "least_number",
    "most_number",
]


def says(locale: str, phrase: Phrase, **values: object) -> str:
    """Return a phrase for a member whose Slack has this locale ("zh-CN"); English by default."""
    return words("notices", locale.partition("-")[0])[phrase].format(**values)
