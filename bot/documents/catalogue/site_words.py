"""What the pages of a framework say around its own texts, in one language. Plain text."""

from functools import lru_cache

from bot.domain.revision import RevisionInfo
from bot.text.translator import Translator
from bot.values import dataclass


@dataclass(frozen=True, slots=True)
class SiteWords:
    """`found_some` has a # where the number of pages stands."""

    skip: str
    search: str
    found_none: str
    found_some: str
    languages: str
    roles: str
    skills: str
    skill: str
    levels: str
    matrix: str
    reading: str
    reading_cells: str
    undefined: str
    role_empty: str
    skill_empty: str
    growing: str
    prompts: str
    evidence: str
    resources: str


def about_words(revision: RevisionInfo | None, tr: Translator) -> str:
    """Return what stands at the foot of each page: which revision it is, and never who wrote it."""
    made = tr("Made with Nextrung")
    if revision is None:
        return made
    number, date = tr.number(revision.number), tr.date(revision.published_at.date())
    told = tr("Revision {number} of {date}", number=number, date=date)
    return f"{told} · {made}"


@lru_cache(maxsize=16)
def site_words(tr: Translator) -> SiteWords:
    """Return the words of a language."""
    return SiteWords(
        skip=tr("Skip to the content"),
        search=tr("Search roles and skills"),
        found_none=tr("Nothing is called so here."),
        found_some=tr("Found: {count}", count="#"),
        languages=tr("Languages"),
        roles=tr("Roles"),
        skills=tr("Skills"),
        skill=tr("Skill"),
        levels=tr("Levels"),
        matrix=tr("Skills by level"),
        reading=tr("How to read it"),
        reading_cells=tr(
            "“—” means that the framework does not define it there, which is not the same as "
            "optional."
        ),
        undefined=tr("Not defined"),
        role_empty=tr("This role has no expectations yet."),
        skill_empty=tr("No role asks for this skill yet."),
        growing=tr("Growing in it"),
        prompts=tr("Growth prompts"),
        evidence=tr("What could show it"),
        resources=tr("To learn from"),
    )
