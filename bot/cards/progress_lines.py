"""Progress in words and as a bar of two tones: what evidence shows, and what is the member's word.

The words alone say all that the bar does, and stand before it: a screen reader spells the bar.
"""

from collections.abc import Sequence
from functools import lru_cache

from bot.domain.growth.progress import Progress
from bot.text.translator import Translator

MOST_CELLS = 20
# Met and shown by evidence, met by the member's word, likely, open.
_TONES = ("█", "▓", "▒", "░")


# One card in many is the first with its figures.
@lru_cache(maxsize=1024)
def progress_text(progress: Progress, tr: Translator) -> str:
    """Return words, bar and what evidence shows as lines of mrkdwn, for a block of their own."""
    bar = progress_bar(progress)
    lines = [progress_counts(progress, tr), *([bar] if bar else []), _shown(progress, tr)]
    return "\n".join(each for each in lines if each)


def progress_counts(progress: Progress, tr: Translator) -> str:
    """Return the numbers that add up to all that is required, as mrkdwn in one line.

    Where nothing is required, those of what is optional.
    """
    if progress.required_total or progress.required_aside:
        total = tr.number(progress.required_total + progress.required_aside)
        counts = _counts(
            progress.required_met, progress.required_likely, progress.required_open, tr
        )
        if not progress.required_aside:
            return tr("*{counts}*, of {total} required", counts=counts, total=total)
        aside = tr.plural("{count} put aside", "{count} put aside", progress.required_aside)
        return tr(
            "*{counts}* · {aside}, of {total} required", counts=counts, aside=aside, total=total
        )
    if progress.optional_total:
        counts = _counts(
            progress.optional_met, progress.optional_likely, progress.optional_open, tr
        )
        total = tr.number(progress.optional_total)
        return tr("*{counts}*, of {total} optional", counts=counts, total=total)
    return tr("Nothing to count")


def _counts(met: int, likely: int, still: int, tr: Translator) -> str:
    parts = [tr.plural("{count} met", "{count} met", met)]
    if likely:
        parts.append(tr.plural("{count} likely", "{count} likely", likely))
    parts.append(tr.plural("{count} open", "{count} open", still))
    return " · ".join(parts)


def _shown(progress: Progress, tr: Translator) -> str:
    """Say how much of what is met is shown by evidence, and how it stands with what is optional."""
    parts = []
    met, shown = progress.required_met, progress.required_shown
    if met and shown:
        parts.append(
            tr.plural(
                "{shown} of the {count} met is shown by evidence",
                "{shown} of the {count} met are shown by evidence",
                met,
                shown=tr.number(shown),
            )
        )
    elif met:
        parts.append(tr("nothing shows what is met yet"))
    if progress.optional_total and (progress.required_total or progress.required_aside):
        parts.append(
            tr(
                "optional: {met} of {total} met",
                met=tr.number(progress.optional_met),
                total=tr.number(progress.optional_total),
            )
        )
    told = " · ".join(parts)
    return f"{told[:1].upper()}{told[1:]}"


def progress_bar(progress: Progress) -> str:
    """Return the bar for what the counts are about; empty where there is nothing to count.

    Each part that exists has a cell at least, so that it is full only when all is met.
    """
    if progress.required_total or progress.required_aside:
        shown, met = progress.required_shown, progress.required_met
        parts = (shown, met - shown, progress.required_likely, progress.required_open)
    else:
        shown, met = progress.optional_shown, progress.optional_met
        parts = (shown, met - shown, progress.optional_likely, progress.optional_open)
    return "".join(tone * cells for tone, cells in zip(_TONES, _cells(parts), strict=True))


def _cells(parts: Sequence[int]) -> list[int]:
    """Share out the cells: one each for up to twenty, else in proportion."""
    total = sum(parts)
    if total <= MOST_CELLS:
        return list(parts)
    exact = [each * MOST_CELLS / total for each in parts]
    cells = [max(1, int(share)) if each else 0 for each, share in zip(parts, exact, strict=True)]
    while sum(cells) < MOST_CELLS:
        most = max(range(len(cells)), key=lambda place: exact[place] - cells[place])
        cells[most] += 1
    while sum(cells) > MOST_CELLS:
        cells[cells.index(max(cells))] -= 1
    return cells
