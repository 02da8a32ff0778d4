"""The sample bot's messages."""

from typing import Any

Block = dict[str, Any]
LEVELS = ["Junior", "Middle", "Senior", "Lead", "Principal"]
CHINESE_LEVELS = ["初级", "中级", "高级", "组长", "首席"]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Block:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str | None = None) -> Block:
    return {"text": plain(text), "value": value or text}


def button(text: str, action_id: str, **more: Any) -> Block:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def card(level: str, *, chinese: bool = False) -> list[Block]:
    """A skill card with a level selector, as the real bot's."""
    names = dict(zip(LEVELS, CHINESE_LEVELS if chinese else LEVELS, strict=True))
    selector = {
        "type": "static_select",
        "action_id": "level",
        "placeholder": plain("选择级别" if chinese else "Level"),
        "options": [option(shown, value) for value, shown in names.items()],
        "initial_option": option(names[level], level),
    }
    figures = (
        [
            "*角色*\n2",
            "*级别*\n5",
            "*必备*\n0（其余 10 项可选）",
            "*更新*\n<!date^1771718400^{date_long}|2026-02-22>",
        ]
        if chinese
        else [
            "*Roles*\n2",
            "*Levels*\n5",
            "*Mandatory*\n0 (the other 10 optional)",
            "*Last updated*\n<!date^1771718400^{date_long}|2026-02-22>",
        ]
    )
    place = "机器学习与人工智能 › *MLOps*" if chinese else "Machine Learning & AI › *MLOps*"
    summary = (
        "记录每次实验的参数、数据与结果，使任何人都能重现。"
        if chinese
        else "Record the parameters, data and results of every run, so that anyone can repeat it."
    )
    expectation = (
        f"*{names[level]} · LLM 工程师* · 可选\n"
        "> 为 `prompt` 与数据集建立版本，并在团队中推广比较实验的方法。"
        if chinese
        else f"*{level} · LLM Engineer* · optional\n> Versions prompts and data sets, "
        "compares runs in a shared dashboard, and writes down why one won."
    )
    return [
        {"type": "header", "text": plain("ML 实验跟踪" if chinese else "ML Experiment Tracking")},
        {"type": "context", "elements": [mrkdwn(place)]},
        {"type": "section", "text": mrkdwn(summary)},
        {"type": "section", "fields": [mrkdwn(figure) for figure in figures]},
        {"type": "divider"},
        {
            "type": "section",
            "block_id": "expectation",
            "text": mrkdwn(expectation),
            "accessory": selector,
        },
        {
            "type": "section",
            "text": mrkdwn(
                "*升到下一级* :seedling:\n• 评审他人的实验\n• 清理过期的运行"
                if chinese
                else "*To reach the next level* :seedling:\n"
                "• Reviews the experiments of others\n• Retires runs that nobody needs"
            ),
        },
        {
            "type": "actions",
            "block_id": "row",
            "elements": [
                button("详情" if chinese else "Details", "details", style="primary"),
                button("在频道中分享" if chinese else "Share in Channel", "share"),
                button(
                    "删除" if chinese else "Remove",
                    "remove",
                    style="danger",
                    confirm={
                        "title": plain("Remove this card?"),
                        "text": plain("Only your copy goes away."),
                        "confirm": plain("Remove"),
                        "deny": plain("Keep"),
                    },
                ),
            ],
        },
    ]


def table() -> Block:
    """The depth table."""
    head = ["Role", "Required?", "What it means"]
    rows = [
        ["LLM Engineer", "Optional", "Compares runs"],
        ["Data Scientist", "Required", "Versions data"],
    ]
    return {
        "type": "table",
        "rows": [[{"type": "raw_text", "text": cell} for cell in row] for row in [head, *rows]],
        "column_settings": [{"align": "left"}, {"align": "center"}, {"is_wrapped": True}],
    }


def everything() -> list[Block]:
    """Many blocks and elements at once."""
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "text", "text": "Rich ", "style": {"bold": True}},
                    {"type": "user", "user_id": "U0ENGINEER"},
                    {"type": "text", "text": " and "},
                    {"type": "link", "url": "https://example.com/", "text": "a link"},
                    {"type": "emoji", "name": "rocket"},
                ],
            },
            {
                "type": "rich_text_list",
                "style": "ordered",
                "elements": [
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "first"}]},
                    {"type": "rich_text_section", "elements": [{"type": "text", "text": "second"}]},
                ],
            },
            {"type": "rich_text_quote", "elements": [{"type": "text", "text": "a quote"}]},
            {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "code = 1"}]},
        ],
    }
    return [
        {"type": "header", "text": plain("Every element")},
        {
            "type": "section",
            "text": mrkdwn(
                "Hello <@U0ENGINEER>, see <#C0GENERAL> and "
                "<https://example.com|this page>. `code` ~old~ _new_ 5 &lt; 6"
            ),
        },
        rich,
        {
            "type": "actions",
            "block_id": "choosers",
            "elements": [
                {
                    "type": "external_select",
                    "action_id": "find_skill",
                    "placeholder": plain("Find a skill"),
                    "min_query_length": 2,
                },
                {
                    "type": "overflow",
                    "action_id": "more",
                    "options": [option("Snooze", "snooze"), option("Not relevant", "never")],
                },
                {
                    "type": "datepicker",
                    "action_id": "day",
                    "placeholder": plain("Day"),
                    "initial_date": "2026-11-24",
                },
                {"type": "timepicker", "action_id": "hour", "placeholder": plain("Time")},
                {"type": "users_select", "action_id": "who", "placeholder": plain("Share with")},
            ],
        },
        {
            "type": "section",
            "block_id": "boxes",
            "text": mrkdwn("Checkboxes"),
            "accessory": {
                "type": "checkboxes",
                "action_id": "ticks",
                "options": [option("One"), option("Two")],
            },
        },
        table(),
        {
            "type": "context",
            "elements": [mrkdwn("Added <!date^1771718400^{date_short_pretty} at {time}|22 Feb>")],
        },
        {
            "type": "actions",
            "block_id": "last",
            "elements": [
                button("Add Evidence", "add_evidence"),
                button("Open Page", "open_page", url="https://example.com/"),
            ],
        },
    ]
