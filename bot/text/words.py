"""Words for the domain's values as plain text, the same on cards and in documents."""

from bot.domain.framework import Expectation, Requirement
from bot.domain.growth.assessment import Status
from bot.domain.growth.progress import Progress
from bot.domain.lookup.rung import Rung
from bot.text.translator import Translator


def status_name(status: Status, tr: Translator) -> str:
    """Return "Met", "Working on it", "Not yet" or "Not relevant to me"."""
    match status:
        case Status.MET:
            return tr("Met")
        case Status.WORKING:
            return tr("Working on it")
        case Status.NOT_YET:
            return tr("Not yet")
        case Status.NOT_RELEVANT:
            return tr("Not relevant to me")


def requirement_name(requirement: Requirement, tr: Translator) -> str:
    """Return "Required" or "Optional"."""
    return tr("Required") if requirement is Requirement.REQUIRED else tr("Optional")


def depth_name(expectation: Expectation | None, tr: Translator) -> str:
    """Return the name of the depth that is asked for; empty where none is stated."""
    if expectation is None or expectation.proficiency is None:
        return ""
    return tr.of(expectation.proficiency.name)


def rung_name(rung: Rung, tr: Translator) -> str:
    """Return "LLM Engineer, Senior"."""
    return tr("{role}, {level}", role=tr.of(rung.role.name), level=tr.of(rung.level.name))


def progress_words(progress: Progress, tr: Translator) -> str:
    """Return the progress: "5 of 9 required met · 1 of 3 optional"."""
    parts = []
    if progress.required_total:
        parts.append(
            tr(
                "{met} of {total} required met",
                met=tr.number(progress.required_met),
                total=tr.number(progress.required_total),
            )
        )
    if progress.optional_total:
        counts = {
            "met": tr.number(progress.optional_met),
            "total": tr.number(progress.optional_total),
        }
        parts.append(
            tr("{met} of {total} optional", **counts)
            if parts
            else tr("{met} of {total} optional met", **counts)
        )
    return " · ".join(parts) or tr("Nothing to count")
