"""Names under which frameworks gather skills: ``Craft``, ``Fachlich``, 通用能力."""

from bot.formats.mapping.words import normal, words_of

_THEMES = words_of(
    "craft teamwork technical technology technologies tech skill skills competence competences"
    " competency competencies capabilities behaviour behaviours behavior behaviors values culture"
    " communication communicating collaboration collaborating leadership leading people impact"
    " delivery execution business core soft hard general common functional professional personal"
    " interpersonal social strategic strategy influence influencing knowledge process processes"
    " quality mindset growth thinking mastery scope ownership contribution foundations basics"
    " fachlich fachliches sozial soziales methodisch methodisches persönlich persönliches"
    " kompetenz kompetenzen fachkompetenz sozialkompetenz methodenkompetenz handwerk zusammenarbeit"
    " führung kommunikation technique techniques métier savoir-être savoir-faire comportement"
    " relationnel communication équipe técnica técnicas técnico blandas habilidades competencias"
    " liderazgo comunicación equipo técnicas competências comportamentais liderança comunicação"
    " technisch technische sociaal persoonlijk"
)
_HAN = ("能力", "技能", "素质", "素養", "价值观", "领导力", "协作", "沟通", "スキル", "역량")


def looks_like_theme(text: str) -> bool:
    """Whether a name reads like one of a group of skills, and of no role."""
    words = normal(text).split()
    return any(word in _THEMES for word in words) or any(each in text for each in _HAN)
