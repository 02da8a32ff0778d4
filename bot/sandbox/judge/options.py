"""The answer to a block_suggestion."""

from typing import Any

from bot.sandbox.judge.core import Sheet, Verdict, Violation, as_node
from bot.sandbox.judge.texts import check_select_options


def check_options_response(body: Any) -> list[Violation]:
    """Return every rule that the answer to a block_suggestion breaks."""
    return judge_options(body).violations


def judge_options(body: Any) -> Verdict:
    """Check the answer to a block_suggestion: options or option_groups, possibly none."""
    sheet = Sheet(code="invalid_options")
    node = as_node(body, "", sheet)
    if node is not None:
        check_select_options(node, least=0)
    return sheet.verdict
