"""Nested documents, each with what it must come to without a mapping."""

from collections.abc import Mapping

from tests.unit.formats.pages.shapes import Case, Understood

NESTED: Mapping[str, Case] = {
    "references by id": (
        {
            "framework.yml": "title: QA Engineer\ngrades:\n- {key: g1, title: Associate}\n"
            "- {key: g2, title: Staff}\ntopics:\n- {key: auto, title: Automation}\n"
            "- {key: rep, title: Reporting}\nexpectations:\n"
            "- {grade: g1, topic: auto, description: runs}\n- {grade: g2, topic: auto, "
            "description: builds}\n"
            "- {grade: g1, topic: rep, description: files}\n",
        },
        Understood(("QA Engineer",), ("Associate", "Staff"), ("Automation", "Reporting"), 3),
    ),
    "references, listed order wins": (
        {
            "framework.json": '{"name": "Manager", "levels": [{"id": "d", "name": "Deputy"},'
            '{"id": "a", "name": "Associate"}], "skills": [{"id": "s", "name": "Hiring"}],'
            '"expectations": [{"level": "a", "skill": "s", "text": "leads"},'
            '{"level": "d", "skill": "s", "text": "joins"}]}',
        },
        Understood(("Manager",), ("Deputy", "Associate"), ("Hiring",), 2),
    ),
    "keys as values": (
        {
            "ladder.yaml": "Backend Engineer:\n  Junior:\n    Testing: writes tests\n    "
            "Feedback: asks\n"
            "  Senior:\n    Testing: plans tests\n    Feedback: gives\n"
            "QA Engineer:\n  Junior:\n    Testing: runs tests\n  Senior:\n    Testing: "
            "owns quality\n",
        },
        Understood(
            ("Backend Engineer", "QA Engineer"), ("Junior", "Senior"), ("Testing", "Feedback"), 6
        ),
    ),
    "keys as values under words": (
        {
            "ladder.yaml": "roles:\n  designer:\n    levels:\n      l1:\n        skills:\n"
            "          research: [asks, notes]\n          drawing: [copies]\n      l2:\n  "
            "      skills:\n"
            "          research: [plans]\n          drawing: [invents]\n",
        },
        Understood(("designer",), ("l1", "l2"), ("research", "drawing"), 4),
    ),
    "lists of objects": (
        {
            "roles.json": '{"roles": [{"name": "Backend", "levels": [{"name": "Junior", '
            '"skills": ['
            '{"name": "Testing", "criteria": ["unit", "fixes"]}]}, {"name": "Senior", "skills": ['
            '{"name": "Testing", "criteria": ["plans"]}]}]}, {"name": "QA", "levels": ['
            '{"name": "Junior", "skills": [{"name": "Testing", "criteria": ["runs"]}]}]}]}',
        },
        Understood(("Backend", "QA"), ("Junior", "Senior"), ("Testing",), 3),
    ),
    "skills with levels by key": (
        {
            "skills.yaml": "role: Data Engineer\nskills:\n  - name: Modelling\n    "
            "category: Data\n"
            "    levels:\n      junior: reads models\n      senior: draws models\n"
            "  - name: Pipelines\n    category: Data\n    levels:\n      junior: runs\n   "
            "   senior: designs\n",
        },
        Understood(
            ("Data Engineer",), ("junior", "senior"), ("Modelling", "Pipelines"), 4, ("Data",)
        ),
    ),
    "a list of objects as a text": (
        {
            "topics.json": '{"role": "Ops", "topics": [{"name": "alerts", "content": ['
            '{"level": 1, "criteria": ["reads"], "more": [{"criteria": "asks", '
            '"examples": ["pings"]}]},'
            '{"level": 2, "criteria": ["tunes"]}]}]}',
        },
        Understood(("Ops",), ("1", "2"), ("alerts",), 2),
    ),
    "a file for each role": (
        {
            "roles/backend.yaml": "name: Backend\nlevels:\n- name: Junior\n  skills:\n"
            "  - {name: Testing, description: unit}\n- name: Senior\n  skills:\n"
            "  - {name: Testing, description: plans}\n",
            "roles/qa.yaml": "name: QA\nlevels:\n- name: Junior\n  skills:\n"
            "  - {name: Testing, description: runs}\n",
        },
        Understood(("Backend", "QA"), ("Junior", "Senior"), ("Testing",), 3),
    ),
    "chinese keys": (
        {
            "阶梯.yaml": "角色: 测试工程师\n技能:\n  自动化:\n    初级: 会运行\n    高级: 会设计\n"
            "  沟通:\n    初级: 说清楚\n    高级: 带团队\n",
        },
        Understood(("测试工程师",), ("初级", "高级"), ("自动化", "沟通"), 4),
    ),
    "words alone": (
        {
            "asked.yaml": "roles:\n- name: Analyst\n  levels:\n  - name: Junior\n    "
            "skills: [SQL, Charts]\n"
            "  - name: Senior\n    skills: [SQL, Charts, Planning]\n",
        },
        Understood(("Analyst",), ("Junior", "Senior"), ("SQL", "Charts", "Planning"), 5),
    ),
    "references by words of their own": (
        {
            "a.yml": "name: Designer\nstages:\n- {id: s1, name: Associate}\n"
            "- {id: s2, name: Principal}\nareas:\n- {id: res, name: Research}\n"
            "- {id: vis, name: Visuals}\nbehaviours:\n"
            "- {stage: s1, area: res, depth: Working, description: asks}\n"
            "- {stage: s2, area: res, depth: Expert, description: plans}\n"
            "- {stage: s1, area: vis, depth: Working, description: copies}\n",
        },
        Understood(("Designer",), ("Associate", "Principal"), ("Research", "Visuals"), 3),
    ),
    "levels by key over skills by key": (
        {
            "a.yml": "role: QA\nlevels:\n  junior:\n    summary: starts\n    skills:\n"
            "      testing: [runs, files]\n      talking: listens\n  senior:\n    summary: leads\n"
            "    skills:\n      testing: [plans]\n      talking: explains\n",
        },
        Understood(("QA",), ("junior", "senior"), ("testing", "talking"), 4),
    ),
    "milestones without names": (
        {
            "a.json": '{"name": "Engineer", "tracks": [{"name": "Mobile", "category": "A",'
            '"milestones": [{"summary": "works", "signals": ["a b c"], "examples": ["x"]},'
            '{"summary": "owns", "signals": ["d e f"], "examples": []}]}]}',
        },
        Understood(("Engineer",), ("1", "2"), ("Mobile",), 2, ("A",)),
    ),
    "groups told beside skills": (
        {
            "a.yml": "name: Engineer\nlevels: [Junior, Senior]\ncompetencies:\n"
            "- {theme: Craft, competency: Testing, level: Junior, summary: unit}\n"
            "- {theme: Craft, competency: Testing, level: Senior, summary: plans}\n"
            "- {theme: Team, competency: Feedback, level: Senior, summary: gives}\n",
        },
        Understood(
            ("Engineer",), ("Junior", "Senior"), ("Testing", "Feedback"), 3, ("Craft", "Team")
        ),
    ),
    "skills over levels over lists of texts": (
        {
            "QA.yaml": "Testing:\n  junior: [writes, runs]\n  senior: [plans]\nSQL:\n"
            "  junior: [reads]\n  senior: [tunes]\n",
        },
        Understood(("QA",), ("junior", "senior"), ("Testing", "SQL"), 4),
    ),
    "yes and no as values": (
        {
            "f.yaml": "role: Dev\nmatrix:\n  Testing: {Junior: yes, Senior: yes}\n"
            "  On-call: {Junior: no, Senior: yes}\n",
        },
        Understood(("Dev",), ("Junior", "Senior"), ("Testing", "On-call"), 3),
    ),
    "levels with names, skills as their other keys": (
        {
            "backend.yaml": "levels:\n- {name: Junior, Testing: a, SQL: c}\n"
            "- {name: Senior, Testing: b, SQL: d}\n",
        },
        Understood(("backend",), ("Junior", "Senior"), ("Testing", "SQL"), 4),
    ),
    "sections over skills, one of them called Data": (
        {
            "f.yaml": "roles:\n  Backend:\n    Craft:\n      Testing: {Junior: writes tests, "
            "Senior: plans tests}\n    Data:\n      SQL: {Junior: reads data, Senior: tunes}\n",
        },
        Understood(("Backend",), ("Junior", "Senior"), ("Testing", "SQL"), 4, ("Craft", "Data")),
    ),
}
