"""The few words that the rendering itself adds, in the viewer's language."""

from typing import Literal

from bot.sandbox.rendering.viewer import Viewer

Word = Literal[
    "optional",
    "more",
    "remove",
    "unsupported",
    "choose",
    "choose_date",
    "choose_time",
    "choose_moment",
    "file",
    "video",
    "table",
    "attach",
    "pending",
    "in_progress",
    "complete",
    "error",
    "workflow",
    "see_more",
    "see_less",
]

_ENGLISH: dict[Word, str] = {
    "optional": "(optional)",
    "more": "More options",
    "remove": "Remove {name}",
    "unsupported": "The local Slack does not draw “{type}”.",
    "choose": "Choose an option",
    "choose_date": "Choose a date",
    "choose_time": "Choose a time",
    "choose_moment": "Choose a date and time",
    "file": "File",
    "video": "Play video: {title}",
    "table": "Table",
    "attach": "Choose files",
    "pending": "Pending",
    "in_progress": "In progress",
    "complete": "Complete",
    "error": "Error",
    "workflow": "Run workflow",
    "see_more": "See more",
    "see_less": "See less",
}
_CHINESE: dict[Word, str] = {
    "optional": "（可选）",
    "more": "更多选项",
    "remove": "移除 {name}",
    "unsupported": "本地 Slack 不绘制“{type}”。",
    "choose": "选择一项",
    "choose_date": "选择日期",
    "choose_time": "选择时间",
    "choose_moment": "选择日期和时间",
    "file": "文件",
    "video": "播放视频：{title}",
    "table": "表格",
    "attach": "选择文件",
    "pending": "待处理",
    "in_progress": "进行中",
    "complete": "已完成",
    "error": "出错",
    "workflow": "运行工作流",
    "see_more": "展开",
    "see_less": "收起",
}


def word(viewer: Viewer, key: Word, **values: str | int) -> str:
    """The word in the viewer's language, English where there is none, with its values filled in."""
    table = _CHINESE if viewer.language == "zh" else _ENGLISH
    return table[key].format(**values)
