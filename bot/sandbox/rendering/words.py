"""The few words that the rendering itself adds, in the viewer's language."""

from typing import Literal

from bot.sandbox.rendering.viewer import Viewer

Word = Literal[
    "optional", "more", "search", "nothing", "remove", "loading", "unsupported", "type_more",
    "choose", "choose_date", "choose_time", "choose_moment", "file", "video", "table", "required",
    "attach", "yes", "no", "pending", "in_progress", "complete", "error", "chart", "alert",
    "feedback_good", "feedback_bad", "workflow",
]  # fmt: skip

_ENGLISH: dict[Word, str] = {
    "optional": "(optional)",
    "more": "More options",
    "search": "Search",
    "nothing": "No results",
    "remove": "Remove {name}",
    "loading": "Loading…",
    "unsupported": "The local Slack does not draw “{type}”.",
    "type_more": "Type at least {count} characters",
    "choose": "Choose an option",
    "choose_date": "Choose a date",
    "choose_time": "Choose a time",
    "choose_moment": "Choose a date and time",
    "file": "File",
    "video": "Play video: {title}",
    "table": "Table",
    "required": "required",
    "attach": "Choose files",
    "yes": "Yes",
    "no": "No",
    "pending": "Pending",
    "in_progress": "In progress",
    "complete": "Complete",
    "error": "Error",
    "chart": "Chart",
    "alert": "Notice",
    "feedback_good": "Good answer",
    "feedback_bad": "Bad answer",
    "workflow": "Run workflow",
}
_CHINESE: dict[Word, str] = {
    "optional": "（可选）",
    "more": "更多选项",
    "search": "搜索",
    "nothing": "没有结果",
    "remove": "移除 {name}",
    "loading": "正在加载…",
    "unsupported": "本地 Slack 不绘制“{type}”。",
    "type_more": "请至少输入 {count} 个字符",
    "choose": "选择一项",
    "choose_date": "选择日期",
    "choose_time": "选择时间",
    "choose_moment": "选择日期和时间",
    "file": "文件",
    "video": "播放视频：{title}",
    "table": "表格",
    "required": "必填",
    "attach": "选择文件",
    "yes": "是",
    "no": "否",
    "pending": "待处理",
    "in_progress": "进行中",
    "complete": "已完成",
    "error": "出错",
    "chart": "图表",
    "alert": "提示",
    "feedback_good": "回答得好",
    "feedback_bad": "回答不好",
    "workflow": "运行工作流",
}


def word(viewer: Viewer, key: Word, **values: str | int) -> str:
    """The word in the viewer's language, English where there is none, with its values filled in."""
    table = _CHINESE if viewer.language == "zh" else _ENGLISH
    return table[key].format(**values)
