"""A packet as Markdown."""

from collections.abc import Iterator

from bot.documents.packet.parts import PacketEntry, PacketPiece, PacketWords, TalkLine, TalkPart
from bot.domain.markdown import inline, link, quoted


def packet_markdown(words: PacketWords) -> bytes:
    """Return the packet as Markdown in UTF-8: the talk, a table of all, then each expectation."""
    talk = [line for part in words.talk for line in _part(part, words)]
    return "\n".join([*_head(words), *talk, *_overview(words), *_body(words)]).encode()


def _head(words: PacketWords) -> Iterator[str]:
    yield f"# {inline(words.title)}\n"
    yield f"{inline(words.subtitle)}\n"
    yield from (_told(label, inline(value), words) for label, value in words.summary)


def _part(part: TalkPart, words: PacketWords) -> Iterator[str]:
    yield f"\n## {inline(part.title)}\n"
    if part.about:
        yield f"{inline(part.about)}\n"
    yield from (_line(each, words, "") for each in part.lines)
    if part.more:
        yield f"- {inline(part.more)}"


def _line(line: TalkLine, words: PacketWords, indent: str) -> str:
    """Return one line of a talk; what somebody wrote is quoted below it."""
    told = (
        f"{_told(line.head, inline(line.told), words)}{f' · {link(line.url)}' if line.url else ''}"
    )
    quote = f"\n\n{quoted(line.quote, indent=f'{indent}  ')}\n" if line.quote else ""
    return f"{indent}{told}{quote}"


def _overview(words: PacketWords) -> Iterator[str]:
    yield f"\n## {inline(words.details)}\n"
    yield from (_told(label, inline(value), words) for label, value in words.facts)
    if words.growth[1]:
        yield f"\n### {inline(words.growth[0])}\n\n{inline(words.growth[1])}"
    yield f"\n{inline(words.about)}\n"
    yield _row(*words.columns)
    yield "|---|---|---|---|"
    for section in words.sections:
        for each in section.entries:
            yield _row(each.skill, each.asked, each.status, str(each.count or "–"))


def _told(label: str, value: str, words: PacketWords) -> str:
    """Return a label with its value, which is Markdown; the colon outside, where bold may end."""
    return f"- **{inline(label)}**{words.colon}{value}"


def _row(*cells: str) -> str:
    return f"| {' | '.join(inline(cell) for cell in cells)} |"


def _body(words: PacketWords) -> Iterator[str]:
    for section in words.sections:
        yield f"\n## {inline(section.title)}"
        for each in section.entries:
            yield from _entry(each, words)
    if words.loose:
        yield f"\n## {inline(words.unplaced[0])}\n\n{inline(words.unplaced[1])}\n"
        for piece in words.loose:
            yield from _piece(piece, indent="")
        if words.loose_more:
            yield f"- {inline(words.loose_more)}"
    for title, names in words.lists:
        yield f"\n## {inline(title)}\n"
        yield from (f"- {inline(name)}" for name in names)
    yield ""


def _entry(entry: PacketEntry, words: PacketWords) -> Iterator[str]:
    asked = " ← ".join(inline(each) for each in (entry.asked, entry.before) if each)
    yield f"\n### {inline(entry.skill)}\n"
    yield f"{inline(entry.place)}\n"
    yield f"{inline(entry.text)}\n"
    yield _told(words.columns[1], asked, words)
    yield _told(words.columns[2], inline(entry.status), words)
    if entry.note:
        yield f"\n{quoted(entry.note)}\n"
    if entry.hole:
        yield _told(words.evidence, inline(entry.hole), words)
    elif entry.pieces:
        yield f"- **{inline(words.evidence)}**"
        for piece in entry.pieces:
            yield from _piece(piece)
        if entry.more:
            yield f"  - {inline(entry.more)}"
    if entry.others:
        yield f"- **{inline(words.others)}**"
        yield from (_line(each, words, "  ") for each in entry.others)


def _piece(piece: PacketPiece, *, indent: str = "  ") -> Iterator[str]:
    parts = [inline(piece.on), link(piece.url) if piece.url else ""]
    yield f"{indent}- {' '.join(part for part in parts if part)}"
    if piece.note:
        yield f"\n{quoted(piece.note, indent=f'{indent}  ')}\n"
