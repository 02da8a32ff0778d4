"""The headers by which people name the fields of a table."""

import re

from bot.formats.mapping.fields import Field
from bot.formats.mapping.words import normal

_HEADERS: dict[Field, str] = {
    Field.TITLE: "title",
    Field.ROLE: "role; job role; job; job title; position; profession; discipline; role name;"
    " role title; 角色; 岗位; 职位",
    Field.ROLE_KEY: "role id; role code; role slug; job code",
    Field.ROLE_ORDER: "role number",
    Field.ROLE_SUMMARY: "role description; about the role; job description; role purpose; 角色说明",
    Field.ROLE_ALIASES: "role also known as; other role names",
    Field.FAMILY: "role family; job family; family; department; track family; function; team;"
    " job function; stream; job stream; career stream; career path; chapter; guild; specialism;"
    " specialty; speciality; specialization; specialisation; division; business unit;"
    " 角色族; 部门; 职族; 职类; 职能; 专业线; 条线",
    Field.FAMILY_KEY: "family key; family id",
    Field.LADDER: "ladder; career ladder; ladder name; 阶梯",
    Field.LADDER_KEY: "ladder id",
    Field.LEVEL: "level; role level; job level; grade; band; seniority; rung; level name;"
    " career level; 级别; 职级; 等级",
    Field.LEVEL_KEY: "level id; level code; grade code",
    Field.LEVEL_RANK: "rank; level number; level order; level no",
    Field.LEVEL_TRACK: "track; fork; career track; track name; 方向",
    Field.LEVEL_ALIASES: "level also known as; other level names",
    Field.LEVEL_SUMMARY: "role level description; level description; level focus; focus;"
    " about the level; 级别说明",
    Field.LEVEL_SCOPE: "scope; level reach; scope of work; 级别范围",
    Field.SKILL: "skill; skill name; competency; competence; capability; criterion; attribute;"
    " skills; competencies; topic;"
    " competency name; competence name; capability name; required skills; skills required;"
    " key skills; required competencies; key competencies; 技能; 能力; 能力项;"
    " スキル; kompetenz; compétence; competencia; 역량",
    Field.SKILL_KEY: "skill id; skill code; skill slug; competency id",
    Field.SKILL_ORDER: "skill number",
    Field.SKILL_SUMMARY: "skill description; competency description; about the skill; definition;"
    " skill definition; summary; 技能说明; 技能描述",
    Field.SKILL_ALIASES: "aliases; skill also known as; synonyms; also known as; other names; 别名",
    Field.SKILL_PROMPTS: "skill growth prompts; skill questions",
    Field.SKILL_PROMPTS_EARLY: "early prompts",
    Field.SKILL_PROMPTS_LATER: "later prompts",
    Field.SKILL_EVIDENCE_EARLY: "early example evidence",
    Field.SKILL_EVIDENCE_LATER: "later example evidence",
    Field.SKILL_RESOURCES: "skill links; skill reading",
    Field.SKILL_UPDATED: "updated; last updated; skill last updated; updated on; updated at;"
    " last update; last change; last changed; last reviewed; last review; last modified;"
    " reviewed on; review date; revision date; date; aktualisiert; geändert am; mis à jour;"
    " actualizado; 更新日期; 更新时间;"
    " 最后更新; 最近更新; 修订日期; 日期",
    Field.GROUP: "group; skill group; category; skill category; sub area; subcategory; cluster;"
    " competency group; competency family; competency category; competence category;"
    " competency type; capability group; skill type; skill family; 技能组; 分组; 类别",
    Field.GROUP_KEY: "group id; category id",
    Field.GROUP_SUMMARY: "group description; category description",
    Field.GROUP_ALIASES: "group also known as",
    Field.DOMAIN: "domain; area; skill domain; pillar; dimension; theme; skill area;"
    " competency area; competence area; competency domain; 领域",
    Field.DOMAIN_KEY: "domain id",
    Field.REQUIREMENT: "requirement; required; mandatory; required optional; importance; must have;"
    " necessity; is required; core; 要求; 是否必需; 必需",
    Field.PROFICIENCY: "proficiency; skill level; proficiency level; depth; expected level;"
    " mastery; skill depth; expected proficiency; 熟练度; 熟练程度",
    Field.PROFICIENCY_KEY: "proficiency id; skill level id",
    Field.PROFICIENCY_RANK: "proficiency number; proficiency order",
    Field.PROFICIENCY_SUMMARY: "proficiency description; about the proficiency;"
    " proficiency definition; 熟练程度说明; 熟练度说明",
    Field.TEXT: "text; what it looks like; what this looks like; what is expected; what it means;"
    " what we look for; expectation; expectations; description; behaviour; behavior; behaviours;"
    " behaviors; indicator; behavioural indicators; behavioral indicators; behavioural indicator;"
    " behavioral indicator; behaviour description; expected behavior; statement; example;"
    " examples; what we expect; expected behaviours; 行为指标; 具体要求;"
    " skill level description; what good looks like; observable behaviour; indicators;"
    " expected behaviour; details; evidence of skill; 期望; 行为描述; 描述; 说明",
    Field.PROMPTS: "growth prompts; questions; actions; growth actions; 成长提示; 提示",
    Field.RESOURCES: "links; reading; learning resources; 学习资源",
}

# The same in other languages: German, French, Spanish, Portuguese, Italian, Dutch, Polish, Russian,
# Turkish, Vietnamese, Japanese, Korean, traditional Chinese, and more words of simplified Chinese.
_OTHER_HEADERS: dict[Field, str] = {
    Field.ROLE: "pozisyon; unvan; ünvan; görev; meslek; vai trò; vị trí; chức danh; chức vụ;"
    " rolle; funktion; stelle; position bezeichnung; rôle; métier; poste; emploi; rol;"
    " puesto; cargo; função; papel; ruolo; functie; rola; stanowisko; роль; должность; профессия;"
    " 職種; 役割; ロール; 직무; 직군; 역할; 職位; 職稱; 職務; 角色名稱;"
    " 岗位名称; 岗位序列; 职务; 序列",
    Field.LEVEL: "seviye; kademe; düzey; kıdem; cấp bậc; cấp độ; bậc; cấp;"
    " stufe; karrierestufe; niveau; échelon; nivel; nível; livello; poziom;"
    " уровень; грейд; 等級; レベル; グレード; 職位レベル; 직급; 레벨; 등급; 職級; 級別; 层级; 职等",
    Field.SKILL: "yetkinlik; yetkinlikler; yetenek; beceri; beceriler; kỹ năng; kĩ năng; năng lực;"
    " fähigkeit; fertigkeit; kenntnis; compétences; kompetenzen; habilidad;"
    " competência; habilidade; competenza; vaardigheid; competentie; kompetencja; umiejętność;"
    " навык; умение; компетенция; コンピテンシー; 能力要件; 스킬; 기술; 職能; 能力項目; 能力项目;"
    " 技能项; 技能名称; 能力名称; 胜任力",
    Field.GROUP: "kategori; grup; nhóm; nhóm kỹ năng; danh mục;"
    " gruppe; kategorie; catégorie; categoría; categoria; categorie; kategoria; группа;"
    " категория; カテゴリ; カテゴリー; 分類; 분류; 카테고리; 類別; 分類名稱; 分类; 类目",
    Field.DOMAIN: "alan; lĩnh vực; bereich; domaine; área; obszar; область; 領域; 영역; 能力领域",
    Field.REQUIREMENT: "zorunlu; bắt buộc;"
    " pflicht; erforderlich; obligatoire; exigence; obligatorio; requisito;"
    " obrigatório; obbligatorio; verplicht; wymagane; обязательно; требование; 必須; 필수;"
    " 是否必须; 是否必备",
    Field.PROFICIENCY: "yetkinlik seviyesi; yetkinlik düzeyi; mức độ; mức độ thành thạo;"
    " kompetenzniveau; ausprägung; niveau de maîtrise; dominio; proficiência;"
    "習得度; 習熟度; 숙련도; 掌握程度; 熟練度",
    Field.TEXT: "açıklama; beklenti; beklentiler; davranış; davranışlar; mô tả; kỳ vọng;"
    " hành vi; biểu hiện;"
    " beschreibung; erwartung; erwartungen; verhalten; attendu;"
    " attendus; comportement attendu; comportements attendus; comportamiento esperado;"
    " erwartetes verhalten; verwacht gedrag; oczekiwane zachowanie; ожидаемое поведение;"
    " comportement; comportements; descripción; comportamiento; descrição;"
    " comportamento; comportamento esperado; descrizione; omschrijving; gedrag; opis; zachowanie;"
    " описание; ожидания; поведение; 期待される行動; 説明; 行動; 行動指標; 期待; 내용; 설명;"
    " 기대 행동; 행동 지표; 行為描述; 說明; 行为标准; 能力标准; 标准; 内容; 能力描述; 要求描述;"
    " 等级描述",
    Field.SKILL_SUMMARY: "tanım; định nghĩa;"
    " definición; définition; definição; definizione; определение; 定義; 정의;"
    " 定义; 能力定义",
}

FIELD_BY_HEADER: dict[str, Field] = {
    normal(header): field
    for known in (_OTHER_HEADERS, _HEADERS)
    for field, headers in known.items()
    for header in (field.value, *headers.split(";"))
}
"""The field that a header names, by the header's normal form."""


_WANTED_DEPTH = re.compile(
    r"(?:required|req|expected|target|targeted|min|minimum|desired|needed|wanted|necessary|ideal)"
    r" (?:skill |competency |role )?(?:level|proficiency|depth|rating|score|mastery|grade|value)"
    r"|(?:level|proficiency|rating|score) (?:required|expected|needed|target)"
    r"|(?:soll|ziel)(?:niveau|stufe|level|wert)?|niveau (?:requis|attendu|cible)"
    r"|nivel (?:requerido|esperado|objetivo)|rating|score|target|expected"
    r"|(?:要求|目标|期望|预期|最低|所需|应达)(?:等级|级别|水平|程度|熟练度|熟练程度|分数|分值|评分)|评分"
)
"""Headers of a column that says how deep a skill is wanted."""

_BRACKETS = re.compile(r"\s*[(\[（].*[)\]）]\s*$")


def field_of_header(header: str) -> Field | None:
    """Return the field that a header names in words, None where it names none.

    What stands in brackets behind a header explains it: ``Required level (1-5)``.
    """
    for words in (header, _BRACKETS.sub("", header)):
        plain = normal(words)
        field = FIELD_BY_HEADER.get(plain)
        if field is None and _WANTED_DEPTH.fullmatch(plain):
            field = Field.PROFICIENCY
        if field is not None:
            return field
    return None


def is_heading(cell: str) -> bool:
    """Tell whether a cell is a name that a column is known by."""
    return normal(cell) in FIELD_BY_HEADER
