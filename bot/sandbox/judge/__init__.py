"""The judge: does a message or a view keep every limit that Slack documents?"""

from bot.sandbox.judge.blocks import Surface
from bot.sandbox.judge.core import Verdict, Violation
from bot.sandbox.judge.limits import MESSAGE_TEXT, UPDATE_TEXT
from bot.sandbox.judge.messages import check_message, judge_message
from bot.sandbox.judge.options import check_options_response, judge_options
from bot.sandbox.judge.views import check_view, judge_view

__all__ = [
    "MESSAGE_TEXT",
    "UPDATE_TEXT",
    "Surface",
    "Verdict",
    "Violation",
    "check_message",
    "check_options_response",
    "check_view",
    "judge_message",
    "judge_options",
    "judge_view",
]
