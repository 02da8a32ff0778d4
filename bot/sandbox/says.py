"""What Slack itself says to a member, in the language of the member's Slack."""

from typing import Literal

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

_ENGLISH: dict[Phrase, str] = {
    "trouble": "We had some trouble connecting. Try again?",
    "status": "This app responded with Status Code {status}.",
    "no_results": "We couldn't load any results.",
    "bad_command": "{name} is not a valid command.",
    "command_failed": '{name} failed with the error "{error}"',
    "no_threads": "{name} is not supported in threads. Sorry!",
    "required": "Please complete this required field.",
    "email": "Please enter a valid email address.",
    "url": "Please enter a valid URL.",
    "number": "Please enter a number.",
    "whole_number": "Please enter a whole number.",
    "least_length": "Please enter at least {count} characters.",
    "most_length": "Please enter at most {count} characters.",
    "least_number": "Please enter a number of at least {count}.",
    "most_number": "Please enter a number of at most {count}.",
}
_CHINESE: dict[Phrase, str] = {
    "trouble": "连接时遇到问题，要再试一次吗？",
    "status": "此应用的响应状态码为 {status}。",
    "no_results": "无法加载任何结果。",
    "bad_command": "{name} 不是有效的命令。",
    "command_failed": "{name} 失败，错误为“{error}”",
    "no_threads": "抱歉，消息列中不支持 {name}。",
    "required": "请填写此必填字段。",
    "email": "请输入有效的邮箱地址。",
    "url": "请输入有效的 URL。",
    "number": "请输入一个数字。",
    "whole_number": "请输入一个整数。",
    "least_length": "请至少输入 {count} 个字符。",
    "most_length": "最多可输入 {count} 个字符。",
    "least_number": "请输入不小于 {count} 的数字。",
    "most_number": "请输入不大于 {count} 的数字。",
}


def says(locale: str, phrase: Phrase, **values: object) -> str:
    """Return a phrase for a member whose Slack has this locale ("zh-CN"); English by default."""
    table = _CHINESE if locale.partition("-")[0] == "zh" else _ENGLISH
    return table[phrase].format(**values)
