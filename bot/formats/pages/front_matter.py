"""What stands before a page about the page: YAML between ``---``, TOML between ``+++``."""

import tomllib
from collections.abc import Iterator, Mapping

from bot.domain.said import Said, said
from bot.formats.yaml_file import parse_yaml
from bot.values import dataclass

_MARKS = ("---", "+++")
_MOST = 20_000
_HINT = said("correct it, or take it away")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The values by name, in lower case; the text of the page, and the number of its first line.

    `fault` says what is wrong with it and on which line, None where nothing is.
    """

    values: Mapping[str, str]
    text: str
    first: int
    fault: tuple[int, Said] | None = None


def front_matter(name: str, text: str) -> FrontMatter:
    """Part a page from what stands before it; a page without any is all text."""
    mark = text[:3]
    if mark not in _MARKS or text[3:4] not in {"\n", " "}:
        return FrontMatter({}, text, 1)
    head, found, rest = text[3:_MOST].partition(f"\n{mark}\n")
    if not found:
        if mark == "---":
            # A rule at the top, as some pages have it; what is never closed is none.
            first = text.split("\n", 2)[1:2]
            if not first or ":" not in first[0]:
                return FrontMatter({}, text, 1)
        message = said(
            "the lines about the page are not closed by a line {mark}; close them", mark=mark
        )
        return FrontMatter({}, "", 1, (1, message))
    begun = head.count("\n") + 3
    rest += text[_MOST:]
    if not head.strip():
        return FrontMatter({}, rest, begun)
    return _toml(head, rest, begun) if mark == "+++" else _yaml(name, head, rest, begun)


def _yaml(name: str, head: str, rest: str, begun: int) -> FrontMatter:
    file, problems = parse_yaml(name, head.encode())
    if file is None or problems or not isinstance(file.value, dict):
        line = problems[0].line or 1 if problems else 1
        reason = problems[0].message if problems else said("it is no list of names and values")
        message = said("the lines about the page cannot be read: {reason}", reason=reason)
        return FrontMatter({}, rest, begun, (line, message))
    return FrontMatter(dict(_values(file.value)), rest, begun)


def _toml(head: str, rest: str, begun: int) -> FrontMatter:
    try:
        found = tomllib.loads(head)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        message = said(
            "the lines about the page cannot be read: {reason}",
            reason=said(
                "not valid TOML ({reason}); {advice}", reason=str(error)[:100], advice=_HINT
            ),
        )
        return FrontMatter({}, rest, begun, (1, message))
    return FrontMatter(dict(_values(found)), rest, begun)


def _values(found: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in found.items():
        if isinstance(value, list):
            yield (
                name.strip().lower(),
                "\n".join(str(each) for each in value if not isinstance(each, dict | list)),
            )
        elif isinstance(value, dict):
            yield from ((f"{name.strip().lower()}.{inner}", each) for inner, each in _values(value))
        elif value is not None:
            yield name.strip().lower(), str(value)
