"""Deterministic sample catalogues of any size, with names and texts that read like real ones."""

import random
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from itertools import chain, islice, product

from bot.domain.framework import (
    CatalogueContent,
    Domain,
    Expectation,
    Ladder,
    Level,
    Proficiency,
    Requirement,
    Role,
    RoleFamily,
    Skill,
    SkillGroup,
)
from bot.domain.guidance import Band, Guide, Resource, ResourceKind, Scope
from bot.domain.text import LocalText

Words = tuple[tuple[str, str], ...]
"""English words with their Chinese counterparts."""


def _words(pairs: str) -> Words:
    return tuple((en, zh) for en, zh in (pair.split(":") for pair in pairs.split(",")))


SUBJECTS: Words = _words(
    "Experiment:实验,Feature:特征,Model:模型,Data:数据,Pipeline:流水线,Prompt:提示词,Vector:向量,"
    "Search:搜索,Ranking:排序,Inference:推理,Training:训练,Cluster:集群,Container:容器,Network:网络,"
    "Storage:存储,Cache:缓存,Queue:队列,Stream:流,Batch:批处理,Schema:模式,Query:查询,Index:索引,"
    "Access:访问,Identity:身份,Secret:密钥,Threat:威胁,Incident:事故,Release:发布,Build:构建,Test:测试,"
    "Interface:接口,Service:服务,Client:客户端,Mobile:移动,Browser:浏览器,Design:设计,Content:内容,"
    "Research:研究,Product:产品,Roadmap:路线图,Budget:预算,Vendor:供应商,Risk:风险,Audit:审计,"
    "Metric:指标,Trace:追踪,Log:日志,Alert:告警,Capacity:容量,Latency:延迟,Cost:成本,Quality:质量,"
    "Documentation:文档,Knowledge:知识,Hiring:招聘,Coaching:辅导,Team:团队,Stakeholder:干系人,"
    "Customer:客户,Partner:合作伙伴,Payment:支付,Order:订单,Catalog:目录,Event:事件,Workflow:工作流,"
    "Image:图像,Speech:语音,Language:语言,Graph:图谱,Simulation:仿真,Robot:机器人,Sensor:传感器"
)
PRACTICES: Words = _words(
    "Tracking:跟踪,Engineering:工程,Monitoring:监控,Governance:治理,Versioning:版本管理,Evaluation:评估,"
    "Optimisation:优化,Automation:自动化,Security:安全,Testing:测试,Modelling:建模,Planning:规划,"
    "Observability:可观测性,Orchestration:编排,Migration:迁移,Integration:集成,Validation:校验,"
    "Lineage:血缘,Debugging:调试,Profiling:剖析,Deployment:部署,Rollback:回滚,Scaling:扩展,"
    "Partitioning:分区,Replication:复制,Recovery:恢复,Compliance:合规,Privacy:隐私,Review:评审,"
    "Standards:标准,Strategy:战略,Operations:运维,Analytics:分析,Visualisation:可视化,Reporting:报告,"
    "Forecasting:预测,Labelling:标注,Sampling:抽样,Compression:压缩,Tuning:调优,Serving:服务化,"
    "Discovery:发现,Prioritisation:优先级,Facilitation:引导,Negotiation:谈判,Mentoring:指导,"
    "Storytelling:叙事,Accessibility:无障碍,Localisation:本地化,Prototyping:原型,Benchmarking:基准测试,"
    "Hardening:加固,Provisioning:供给,Scheduling:调度,Streaming:流处理,Synchronisation:同步,"
    "Estimation:估算,Refactoring:重构,Architecture:架构,Packaging:打包,Licensing:许可,Retention:留存,"
    "Segmentation:分群,Personalisation:个性化,Moderation:审核,Annotation:批注,Federation:联邦,"
    "Isolation:隔离,Tracing:链路追踪,Alerting:预警"
)
SETTINGS: Words = (
    ("at Scale", "规模化"),
    ("in Production", "生产环境"),
    ("for Regulated Industries", "受监管行业"),
    ("across Teams", "跨团队"),
    ("in Real Time", "实时"),
    ("on the Edge", "边缘侧"),
    ("for Small Teams", "小团队"),
    ("in the Cloud", "云端"),
)
JOBS: Words = (
    ("Engineer", "工程师"),
    ("Scientist", "科学家"),
    ("Analyst", "分析师"),
    ("Architect", "架构师"),
    ("Designer", "设计师"),
    ("Researcher", "研究员"),
    ("Specialist", "专家"),
    ("Manager", "经理"),
)
LEVELS: Words = (
    ("Junior", "初级"),
    ("Middle", "中级"),
    ("Senior", "高级"),
    ("Lead", "主管"),
    ("Principal", "首席"),
    ("Distinguished", "杰出"),
    ("Fellow", "院士"),
    ("Senior Fellow", "资深院士"),
    ("Chief", "总师"),
    ("Senior Chief", "资深总师"),
    ("Deputy Head", "副总"),
    ("Head", "总负责人"),
)
DEPTHS: Words = (
    ("Awareness", "了解"),
    ("Working", "应用"),
    ("Advanced", "精通"),
    ("Expert", "专家"),
)
VERBS = (
    *("Applies", "Explains", "Sets up", "Improves", "Reviews", "Leads", "Documents", "Measures"),
    *("Designs", "Automates", "Teaches", "Simplifies", "Compares", "Defends", "Plans", "Delivers"),
)
OBJECTS = (
    "the team's approach to {skill}",
    "{skill} in daily work",
    "a repeatable way of doing {skill}",
    "{skill} for a service that others depend on",
    "trade-offs in {skill}",
    "shared tools for {skill}",
    "guidelines for {skill}",
)
MEANS = (
    "writes down what was tried and why",
    "keeps changes small and easy to undo",
    "chooses figures that show whether it helped",
    "asks for review before it is costly to change",
    "compares at least two options with evidence",
    "makes failures visible to everybody concerned",
    "agrees on limits with the people who run it",
    "removes manual steps that go wrong",
    "shows others how to do the same",
    "keeps within the agreed cost",
)
RESULTS = (
    "so that a colleague can repeat the work",
    "so that surprises are found early",
    "so that several teams can rely on it",
    "so that decisions are understood a year later",
    "so that customers notice fewer faults",
    "so that the next step is clear",
)


def big_catalogue(
    *, skills: int, roles: int, levels: int = 5, expectations: int, seed: int = 7
) -> CatalogueContent:
    """Return a valid catalogue of exactly these sizes; the same arguments give the same content.

    Names are distinct; one skill in eight and one role in eight has Chinese names, some have
    aliases; requirements vary by level; some cells of a role are undefined.

    Raises:
        ValueError: more than 12 levels, or more expectations than cells.
    """
    if not 1 <= levels <= len(LEVELS):
        raise ValueError(f"levels must be 1 to {len(LEVELS)}")
    if expectations > skills * roles * levels:
        raise ValueError("more expectations than cells")
    rng = random.Random(seed)  # noqa: S311 - repeatable samples, nothing secret
    proficiencies = tuple(
        Proficiency(_slug(en), LocalText(en, {"zh": zh}), rank)
        for rank, (en, zh) in enumerate(DEPTHS, start=1)
    )
    ladder = _ladder(levels)
    domains, groups = _groups(skills, rng)
    all_skills = _skills(skills, groups, rng)
    families, all_roles = _roles(roles, ladder, rng)
    return CatalogueContent(
        name=LocalText("Sample Framework", {"zh": "示例框架"}),
        base_locale="en",
        proficiencies=proficiencies,
        ladders=(ladder,),
        domains=domains,
        groups=groups,
        skills=all_skills,
        families=families,
        roles=all_roles,
        expectations=_expectations(all_roles, all_skills, proficiencies, expectations, rng),
    )


def _ladder(levels: int) -> Ladder:
    return Ladder(
        "engineering",
        LocalText("Engineering"),
        tuple(
            Level(_slug(en), LocalText(en, {"zh": zh}), rank, scope=_scope(rank, levels))
            for rank, (en, zh) in enumerate(LEVELS[:levels], start=1)
        ),
    )


def _scope(rank: int, levels: int) -> Scope:
    return tuple(Scope)[(rank - 1) * len(Scope) // levels]


def _slug(name: str) -> str:
    return name.casefold().replace(" ", "-")


@cache
def _pairs(firsts: Words, seconds: Words) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"{one} {two}", f"{one_zh}{two_zh}")
        for (one, one_zh), (two, two_zh) in product(firsts, seconds)
        if one != two
    )


def _names(count: int, firsts: Words, seconds: Words, rng: random.Random) -> list[tuple[str, str]]:
    """Return `count` distinct (English, Chinese) names, plain ones before longer ones."""
    pairs = [*_pairs(firsts, seconds)]
    rng.shuffle(pairs)
    longer = (
        (f"{name} {setting}", f"{setting_zh}{name_zh}")
        for (setting, setting_zh), (name, name_zh) in product(SETTINGS, pairs)
    )
    names = [*islice(chain(pairs, longer), count)]
    if len(names) < count:
        raise ValueError(f"no more than {len(names)} names")
    return names


def _groups(skills: int, rng: random.Random) -> tuple[tuple[Domain, ...], tuple[SkillGroup, ...]]:
    group_count = max(1, skills // 12)
    domain_count = max(1, min(len(SUBJECTS), group_count // 6))
    domains = tuple(
        Domain(f"{_slug(en)}-domain", LocalText(f"{en} Domain", {"zh": f"{zh}领域"}))
        for en, zh in rng.sample(SUBJECTS, domain_count)
    )
    names = _names(group_count, SUBJECTS, PRACTICES, rng)
    groups = tuple(
        SkillGroup(
            key=f"{_slug(en)}-group",
            name=LocalText(f"{en} Group", {"zh": f"{zh}组"}),
            domain=domains[position * domain_count // group_count],
            aliases=("".join(word[0] for word in f"{en} Group".split()),)
            if position % 9 == 0
            else (),
        )
        for position, (en, zh) in enumerate(names)
    )
    return domains, groups


def _text(skill: str, rng: random.Random) -> LocalText:
    what = rng.choice(OBJECTS).format(skill=skill.lower())
    one, two = rng.sample(MEANS, 2)
    return LocalText(f"{rng.choice(VERBS)} {what}: {one} and {two}, {rng.choice(RESULTS)}.")


def _skills(count: int, groups: tuple[SkillGroup, ...], rng: random.Random) -> tuple[Skill, ...]:
    skills = []
    for position, (en, zh) in enumerate(_names(count, SUBJECTS, PRACTICES, rng)):
        rich = position % 4 == 0
        skills.append(
            Skill(
                key=_slug(en),
                name=LocalText(en, {"zh": zh}) if position % 8 == 0 else LocalText(en),
                group=groups[position * len(groups) // count],
                summary=LocalText(f"What {en.lower()} means here, from first steps to mastery."),
                updated_on=date(2026, 1, 1) + timedelta(days=rng.randrange(180)),
                aliases=(f"{en} practice",) if position % 10 == 0 else (),
                depths={_slug(depth): _text(en, rng) for depth, _ in DEPTHS} if rich else {},
                prompts=(
                    LocalText(f"Where did {en.lower()} help this week?"),
                    LocalText(f"Show a colleague one step of {en.lower()}."),
                )
                if rich
                else (),
                guides=_guides(en) if rich else {},
                resources=_resources(en) if rich else (),
            )
        )
    return tuple(skills)


def _guides(skill: str) -> dict[Band, Guide]:
    name = skill.lower()
    return {
        Band.EARLY: Guide(
            (LocalText(f"Ask who knows {name} best what they would learn first."),),
            (LocalText(f"A note on what you tried in {name}."),),
        ),
        Band.LATER: Guide(
            (LocalText(f"Say what you would drop from {name}, and why."),),
            (LocalText(f"A decision about {name} with your name on it.", {"zh": "一项决定"}),),
        ),
    }


def _resources(skill: str) -> tuple[Resource, ...]:
    url = f"https://example.com/{_slug(skill)}"
    return (Resource(f"About {skill.lower()}", url, "en", ResourceKind.ARTICLE),)


def _roles(
    count: int, ladder: Ladder, rng: random.Random
) -> tuple[tuple[RoleFamily, ...], tuple[Role, ...]]:
    families = tuple(
        RoleFamily(f"{_slug(en)}s", LocalText(f"{en}s", {"zh": f"{zh}类"})) for en, zh in JOBS
    )
    by_job = dict(zip((en for en, _ in JOBS), families, strict=True))
    names = _names(count, SUBJECTS, JOBS, rng)
    roles = tuple(
        Role(
            key=_slug(en),
            name=LocalText(en, {"zh": zh}) if position % 8 == 0 else LocalText(en),
            family=next(family for job, family in by_job.items() if f" {job}" in en),
            ladder=ladder,
            summary=LocalText(f"Works on {en.split()[0].lower()} with other teams."),
            aliases=(f"{en.split()[0]} {en.split()[1][:3]}",) if position % 10 == 0 else (),
            focus={
                level.key: LocalText(f"{level.name.base}: {rng.choice(RESULTS)[8:]}.")
                for level in ladder.levels
            },
        )
        for position, (en, zh) in enumerate(names)
    )
    return families, roles


def _expectations(
    roles: tuple[Role, ...],
    skills: tuple[Skill, ...],
    proficiencies: tuple[Proficiency, ...],
    count: int,
    rng: random.Random,
) -> tuple[Expectation, ...]:
    expectations: list[Expectation] = []
    for position, role in enumerate(roles):
        quota = (position + 1) * count // len(roles) - position * count // len(roles)
        expectations.extend(_of_role(role, skills, proficiencies, quota, rng))
    return tuple(expectations)


def _of_role(
    role: Role,
    skills: tuple[Skill, ...],
    proficiencies: tuple[Proficiency, ...],
    quota: int,
    rng: random.Random,
) -> list[Expectation]:
    levels = role.ladder.levels
    # A little more room than needed, so that some cells stay undefined.
    width = min(len(skills), -(-quota * 21 // (20 * len(levels))))
    chosen = sorted(rng.sample(range(len(skills)), width))
    cells = [(level, skill) for level in range(len(levels)) for skill in chosen]
    kept = sorted(rng.sample(range(len(cells)), quota))
    required_from = {skill: rng.randrange(len(levels) + 2) for skill in chosen}
    expectations = []
    for level, number in (cells[each] for each in kept):
        skill = skills[number]
        depth = min(len(proficiencies) - 1, level * len(proficiencies) // len(levels))
        worded = not skill.depths or rng.random() < 0.9
        prompts = (LocalText(f"What would {skill.name.base.lower()} need next?"),)
        expectations.append(
            Expectation(
                role=role,
                level=levels[level],
                skill=skill,
                requirement=Requirement.REQUIRED
                if level >= required_from[number]
                else Requirement.OPTIONAL,
                proficiency=None if rng.random() < 0.02 else proficiencies[depth],
                text=_text(skill.name.base, rng) if worded else None,
                prompts=prompts if rng.random() < 0.02 else (),
            )
        )
    return expectations


def part_of(content: CatalogueContent, *roles: str) -> CatalogueContent:
    """Return some roles of a framework, and what they refer to."""
    cells = tuple(each for each in content.expectations if each.role.key in roles)
    asked = {cell.skill.key for cell in cells}
    skills = tuple(each for each in content.skills if each.key in asked)
    kept = tuple(each for each in content.roles if each.key in roles)
    groups = tuple(each for each in content.groups if each in {skill.group for skill in skills})
    return replace(
        content,
        ladders=tuple(each for each in content.ladders if each in {role.ladder for role in kept}),
        domains=tuple(each for each in content.domains if each in {one.domain for one in groups}),
        groups=groups,
        skills=skills,
        families=tuple(each for each in content.families if each in {one.family for one in kept}),
        roles=kept,
        expectations=cells,
    )
