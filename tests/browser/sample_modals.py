"""The sample bot's modals and its App Home."""

from typing import Any

from tests.browser.sample_views import LEVELS, Block, button, mrkdwn, option, plain


def details() -> Block:
    """A modal with text and a way deeper."""
    return {
        "type": "modal",
        "callback_id": "details",
        "title": plain("Skill details"),
        "close": plain("Close"),
        "blocks": [
            {
                "type": "section",
                "text": mrkdwn("*Senior*, optional\n> Compares runs in a shared dashboard."),
            },
            {"type": "divider"},
            {
                "type": "actions",
                "block_id": "go",
                "elements": [
                    button("Go Deeper", "deeper", value="2"),
                    button("Add Evidence", "add_evidence"),
                ],
            },
        ],
    }


def stacked(depth: int) -> Block:
    """A modal on top of others."""
    return {
        "type": "modal",
        "title": plain(f"Depth {depth}"),
        "close": plain("Back"),
        "blocks": [
            {"type": "section", "text": mrkdwn(f"This is modal number {depth}.")},
            {
                "type": "actions",
                "block_id": "go",
                "elements": [button("Go Deeper", "deeper", value=str(depth + 1))],
            },
        ],
    }


def evidence_form() -> Block:
    """A form with every kind of input."""

    def field(block_id: str, label: str, element: Block, **more: Any) -> Block:
        return {
            "type": "input",
            "block_id": block_id,
            "label": plain(label),
            "element": {"action_id": block_id, **element},
            **more,
        }

    return {
        "type": "modal",
        "callback_id": "evidence_form",
        "title": plain("Add evidence"),
        "submit": plain("Save"),
        "close": plain("Cancel"),
        "blocks": [
            field(
                "note",
                "What did you do?",
                {"type": "plain_text_input", "multiline": True},
                hint=plain("One or two sentences."),
            ),
            field("link", "Link", {"type": "url_text_input"}, optional=True),
            field(
                "level",
                "Level",
                {"type": "static_select", "options": [option(level) for level in LEVELS]},
                optional=True,
            ),
            field(
                "skills",
                "Skills",
                {
                    "type": "multi_static_select",
                    "options": [option(f"Skill {n}") for n in range(1, 6)],
                    "placeholder": plain("Choose skills"),
                },
                optional=True,
            ),
            field(
                "status",
                "Status",
                {
                    "type": "radio_buttons",
                    "options": [option("Working on it", "working"), option("Met", "met")],
                    "initial_option": option("Met", "met"),
                },
            ),
            field("when", "When", {"type": "datepicker"}, optional=True),
        ],
    }


def home() -> Block:
    """An App Home."""
    return {
        "type": "home",
        "blocks": [
            {"type": "header", "text": plain("Your growth")},
            {
                "type": "section",
                "text": mrkdwn("*LLM Engineer*, Middle → *Senior*\n3 of 12 required met"),
                "accessory": button("Change Goal", "details"),
            },
            {"type": "divider"},
            {
                "type": "section",
                "text": mrkdwn("*Next*\n• Experiment tracking\n• Evaluation\n• Prompt versioning"),
            },
            {
                "type": "actions",
                "block_id": "home_row",
                "elements": [button("Add Evidence", "add_evidence", style="primary")],
            },
        ],
    }
