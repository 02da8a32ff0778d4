"""Words for the domain's values as plain text, the same on cards and in documents."""

from bot.domain.framework import Expectation, Requirement, Role
from bot.domain.growth.assessment import Status
from bot.domain.growth.packet import Saw
from bot.domain.growth.progress import Progress
from bot.domain.growth.standing import Due, MarkedElsewhere
from bot.domain.guidance import Scope
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


def saw_name(saw: Saw, tr: Translator) -> str:
    """Return what a colleague answered: "saw it", "not really" or "cannot say"."""
    match saw:
        case Saw.SAW_IT:
            return tr("saw it")
        case Saw.NOT_REALLY:
            return tr("not really")
        case Saw.CANNOT_SAY:
            return tr("cannot say")


def requirement_name(requirement: Requirement, tr: Translator) -> str:
    """Return "Required" or "Optional"."""
    return tr("Required") if requirement is Requirement.REQUIRED else tr("Optional")


def depth_name(expectation: Expectation | None, tr: Translator) -> str:
    """Return the name of the depth that is asked for; empty where none is stated."""
    if expectation is None or expectation.proficiency is None:
        return ""
    return tr.of(expectation.proficiency.name)


def scope_name(scope: Scope, tr: Translator) -> str:
    """Return how far a level reaches: "Own work", "Team", "Several teams" or "Company"."""
    match scope:
        case Scope.SELF:
            return tr("Own work")
        case Scope.TEAM:
            return tr("Team")
        case Scope.TEAMS:
            return tr("Several teams")
        case Scope.COMPANY:
            return tr("Company")


def rung_name(rung: Rung, tr: Translator) -> str:
    """Return "LLM Engineer, Senior"."""
    return tr("{role}, {level}", role=tr.of(rung.role.name), level=tr.of(rung.level.name))


def progress_words(progress: Progress, tr: Translator) -> str:
    """Return the progress: "5 of 9 required met · 2 likely · 1 put aside · 1 of 3 optional".

    Likely ones are among the total and not among the met; what was put aside has left both.
    """
    parts = []
    if progress.required_total:
        parts.append(
            tr(
                "{met} of {total} required met",
                met=tr.number(progress.required_met),
                total=tr.number(progress.required_total),
            )
        )
    if progress.required_likely:
        parts.append(likely_count(progress.required_likely, tr))
    if progress.required_aside:
        parts.append(tr.plural("{count} put aside", "{count} put aside", progress.required_aside))
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
    if progress.optional_likely and not progress.required_total:
        parts.append(likely_count(progress.optional_likely, tr))
    return " · ".join(parts) or tr("Nothing to count")


def likely_count(count: int, tr: Translator) -> str:
    """Return "2 likely, to confirm"."""
    return tr.plural("{count} likely, to confirm", "{count} likely, to confirm", count)


def met_where(elsewhere: MarkedElsewhere, role: Role, tr: Translator) -> str:
    """Return where something was met: "Senior", or "MLOps Engineer, Senior" in another role."""
    asked = elsewhere.asked
    if asked.role.key == role.key:
        return tr.of(asked.level.name)
    return rung_name(Rung(asked.role, asked.level), tr)


def due_words(due: Due, tr: Translator) -> str:
    """Say why a *met* deserves a fresh look."""
    match due:
        case Due.AGED:
            return tr("due for a fresh look")
        case Due.RAISED:
            return tr("due for a fresh look: more depth is asked for now")
        case Due.REWORDED:
            return tr("due for a fresh look: it is worded differently now")
        case Due.DOUBTED:
            return tr("due for a fresh look: a lower level was marked “not yet” since")
