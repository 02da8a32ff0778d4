"""Lets what was just kept for somebody else reach them now."""

from bot.slack.context import Here


def letters_out(here: Here) -> None:
    """Let letters go out and come back beside the answer, rather than with the next turn."""
    here.later(here.services.effects.soon(here.member.tenant))
