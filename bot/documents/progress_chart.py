"""Growth over time as a picture: a step for each day on which something was met.

Only digits and dates stand in the picture, so that every language reads it; the words are its
alternative text.
"""

from bot.documents.names import file_name
from bot.domain.document import Document
from bot.domain.growth.progress import Progress
from bot.domain.growth.progress_history import ProgressHistory, ProgressPoint
from bot.text.translator import Translator
from bot.text.words import rung_name


def progress_chart(history: ProgressHistory, tr: Translator) -> Document:
    """Return the chart of what is required (of what is optional, where nothing is) as PNG.

    It takes some hundredths of a second of computing: call it in a thread.
    """
    from bot.documents.chart_drawing import chart_png

    counts = [(point.on, _counts(point, history)[0]) for point in history.points]
    goal = _counts(history.points[-1], history)[1]
    target, last = history.target, history.points[-1].on
    parts = ("growth-progress", target.role.key, target.level.key)
    picture = chart_png(
        counts, goal, recounted_on=history.recounted_on if _recounted(history) else None
    )
    return Document(file_name(*parts, on=last, ending="png"), picture, alt_text(history, tr))


def alt_text(history: ProgressHistory, tr: Translator) -> str:
    """Return in a sentence what the chart shows."""
    first, last = history.points[0], history.points[-1]
    (begun, _), (met, total) = _counts(first, history), _counts(last, history)
    values = {
        "rung": rung_name(history.target, tr),
        "begun": tr.number(begun),
        "met": tr.number(met),
        "total": tr.number(total),
        "first": tr.date(first.on),
        "last": tr.date(last.on),
    }
    if history.now.required_total:
        told = tr(
            "Required expectations met on the way to {rung}: {begun} of {total} on {first}, "
            "{met} of {total} on {last}.",
            **values,
        )
    else:
        told = tr(
            "Optional expectations met on the way to {rung}: {begun} of {total} on {first}, "
            "{met} of {total} on {last}.",
            **values,
        )
    if not _recounted(history):
        return told
    day = tr.date(history.recounted_on) if history.recounted_on else ""
    since = tr(
        "The dashed upright line is {date}: since then cards count as this whole picture does, "
        "only what was marked for the level itself or above.",
        date=day,
    )
    return f"{told} {since}"


def first_words(history: ProgressHistory, tr: Translator) -> str:
    """Return in words what one day of marks comes to, and when there is a chart: plain text."""
    met, total = _counts(history.points[-1], history)
    values = {
        "rung": rung_name(history.target, tr),
        "met": tr.number(met),
        "total": tr.number(total),
        "date": tr.date(history.points[1].on),
    }
    told = _met_in_a_day(values, tr, met=met, required=history.now.required_total > 0)
    return f"{told} {tr('One day makes no line: the chart begins with the next day you mark.')}"


def _met_in_a_day(values: dict[str, str], tr: Translator, *, met: int, required: bool) -> str:
    if not met and required:
        return tr("Nothing required is met yet on the way to {rung}.", **values)
    if not met:
        return tr("Nothing optional is met yet on the way to {rung}.", **values)
    if required:
        return tr(
            "Met on the way to {rung}: {met} of {total} required expectations, all marked on "
            "{date}.",
            **values,
        )
    return tr(
        "Met on the way to {rung}: {met} of {total} optional expectations, all marked on {date}.",
        **values,
    )


def _recounted(history: ProgressHistory) -> bool:
    """Tell whether the day since which cards count anew lies within the picture."""
    day = history.recounted_on
    return day is not None and history.points[0].on <= day <= history.points[-1].on


def _counts(point: ProgressPoint, history: ProgressHistory) -> tuple[int, int]:
    progress: Progress = point.progress
    if history.now.required_total:
        return progress.required_met, history.now.required_total
    return progress.optional_met, history.now.optional_total
