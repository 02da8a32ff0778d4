"""What a number format shows of a figure: a percentage, or words around it."""

import re

_PLACES = re.compile(r"\.(0+)")
_WORDED = re.compile(r'(?:"(?P<before>[^"]*)")?\s*(?:0|General|Standard)\s*(?:"(?P<after>[^"]*)")?')


def tells_more(shape: str) -> bool:
    """Whether a format shows more than a figure."""
    return "%" in shape or ('"' in shape and _WORDED.fullmatch(shape) is not None)


def as_shown(value: float, shape: str) -> str | None:
    """Return what a format shows of a figure; None where it is a figure alone."""
    if "%" in shape:
        places = _PLACES.search(shape)
        figures = f"{value * 100:.{len(places[1]) if places else 0}f}"
        return f"{figures} %" if " %" in shape or "\u00a0%" in shape else f"{figures}%"
    worded = _WORDED.fullmatch(shape)
    if worded is None or not float(value).is_integer():
        return None
    return f"{worded['before'] or ''}{int(value)}{worded['after'] or ''}".strip()
