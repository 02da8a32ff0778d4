"""Pages of every shape, each with what it must come to without a mapping."""

from collections.abc import Mapping

from tests.unit.formats.pages.shapes import Case, Understood

PAGES: Mapping[str, Case] = {
    "page per level, numbers": (
        {
            "Engineer/Developer I.md": "# Developer\n\n## Code\n\n### Reviews\n\n- answers\n",
            "Engineer/Developer II.md": "# Developer\n\n## Code\n\n### Reviews\n\n- leads\n"
            "\n### Design\n\nDraws it.\n",
        },
        Understood(
            ("Developer",), ("Developer I", "Developer II"), ("Reviews", "Design"), 3, ("Code",)
        ),
    ),
    "page per level, the title is the level": (
        {
            "junior.md": "# Junior Designer\n\n## Research\n\n* asks users\n\n## Drawing\n"
            "\n* copies\n",
            "senior.md": "# Senior Designer\n\n## Research\n\n* plans studies\n\n## "
            "Drawing\n\n* leads\n",
            "lead.md": "# Lead Designer\n\n## Research\n\n* sets methods\n",
        },
        Understood(
            ("Designer",),
            ("Junior Designer", "Senior Designer", "Lead Designer"),
            ("Research", "Drawing"),
            5,
        ),
    ),
    "page per level in folders of roles": (
        {
            "Backend/L1.md": "# L1\n\n## Tests\n\nwrites\n\n## Talk\n\nlistens\n",
            "Backend/L2.md": "# L2\n\n## Tests\n\nplans\n\n## Talk\n\nexplains\n",
            "QA/L1.md": "# L1\n\n## Tests\n\nruns\n",
            "QA/L2.md": "# L2\n\n## Tests\n\nautomates\n",
        },
        Understood(("Backend", "QA"), ("L1", "L2"), ("Tests", "Talk"), 6),
    ),
    "page per level in chinese": (
        {
            "初级.md": "# 软件工程师\n\n## 技术\n\n### 测试\n\n- 写单元测试\n- 修复测试\n",
            "高级.md": "# 软件工程师\n\n## 技术\n\n### 测试\n\n- 制定测试策略\n",
        },
        Understood(("软件工程师",), ("初级", "高级"), ("测试",), 2, ("技术",)),
    ),
    "page per skill": (
        {
            "Craft/testing.md": "# Testing\n\nHow we test.\n\n## Junior\n\nunit tests\n\n"
            "## Senior\n\n"
            "strategy\n",
            "Craft/design.md": "# Design\n\n## Junior\n\nreads\n\n## Senior\n\ndraws\n",
            "Teamwork/feedback.md": "# Feedback\n\n## Junior\n\nasks\n\n## Senior\n\ngives\n",
        },
        Understood(
            ("{folder}",),
            ("Junior", "Senior"),
            ("Design", "Testing", "Feedback"),
            6,
            ("Craft", "Teamwork"),
        ),
    ),
    "page per skill, levels with numbers and names": (
        {
            "reviewing.md": "# Reviewing\n\n## Level 1 - Learning\n- reads\n\n## Level 2 "
            "- Doing\n- writes\n",
            "mentoring.md": "# Mentoring\n\n## Level 1 - Learning\n- is taught\n\n## "
            "Level 2 - Doing\n- teaches\n",
        },
        Understood(
            ("{folder}",), ("Level 1 - Learning", "Level 2 - Doing"), ("Mentoring", "Reviewing"), 4
        ),
    ),
    "page per role, levels over skills": (
        {
            "backend.md": "# Backend Engineer\n\n## Junior\n\n### Testing\n- unit\n\n### "
            "Feedback\n- asks\n\n"
            "## Senior\n\n### Testing\n- plans\n\n### Feedback\n- gives\n",
            "data.md": "# Data Engineer\n\n## Junior\n\n### Testing\n- checks rows\n\n## "
            "Senior\n\n"
            "### Testing\n- contracts\n",
        },
        Understood(
            ("Backend Engineer", "Data Engineer"), ("Junior", "Senior"), ("Testing", "Feedback"), 6
        ),
    ),
    "page per role, skills over levels, bold levels": (
        {
            "qa.md": "# QA Engineer\n\n## Reporting\n\n**Junior**: files bugs\n\n"
            "**Senior**: finds patterns\n\n"
            "## Automation\n\n**Junior**: runs\n\n**Senior**: builds\n",
        },
        Understood(("QA Engineer",), ("Junior", "Senior"), ("Reporting", "Automation"), 4),
    ),
    "one page with everything": (
        {
            "framework.md": "# Career framework\n\nHow we grow.\n\n## Backend Engineer\n\n"
            "### Junior\n\n"
            "#### Testing\n- unit\n\n#### Feedback\n- asks\n\n### Senior\n\n#### Testing\n"
            "- plans\n\n"
            "## Designer\n\n### Junior\n\n#### Feedback\n- listens\n\n### Senior\n\n#### "
            "Feedback\n- gives\n",
        },
        Understood(
            ("Backend Engineer", "Designer"), ("Junior", "Senior"), ("Testing", "Feedback"), 5
        ),
    ),
    "one page, groups and skills over levels": (
        {
            "growth.md": "# Product Designer\n\n## Craft\n\n### Research\n\n#### "
            "Associate\nasks\n\n"
            "#### Senior\nplans\n\n### Prototyping\n\n#### Associate\npaper\n\n#### "
            "Senior\ncode\n\n"
            "## Impact\n\n### Ownership\n\n#### Associate\ntasks\n\n#### Senior\ngoals\n",
        },
        Understood(
            ("Product Designer",),
            ("Associate", "Senior"),
            ("Research", "Prototyping", "Ownership"),
            6,
            ("Craft", "Impact"),
        ),
    ),
    "bold lead-ins under levels": (
        {
            "ladder.md": "# Site Reliability Engineer\n\n## SRE 1\n\n- **On-call**: "
            "follows the runbook\n"
            "- **Automation**: scripts\n\n## SRE 2\n\n- **On-call**: writes the runbook\n"
            "- **Automation**: services\n",
        },
        Understood(
            ("Site Reliability Engineer",), ("SRE 1", "SRE 2"), ("On-call", "Automation"), 4
        ),
    ),
    "nested lists under levels": (
        {
            "ladder.md": "# Data Analyst\n\n## Junior\n\n- Querying\n  - reads SQL\n  - "
            "writes SQL\n"
            "- Telling\n  - draws charts\n\n## Senior\n\n- Querying\n  - tunes SQL\n- Telling\n"
            "  - convinces\n",
        },
        Understood(("Data Analyst",), ("Junior", "Senior"), ("Querying", "Telling"), 4),
    ),
    "front matter": (
        {
            "a.md": "---\ntitle: Testing\nrole: Backend\nlevel: Junior\norder: 1\n---\n\n"
            "- unit tests\n",
            "b.md": "---\ntitle: Testing\nrole: Backend\nlevel: Senior\norder: 2\n---\n\n"
            "- strategy\n",
            "c.md": '+++\ntitle = "Feedback"\nrole = "Backend"\nlevel = "Junior"\n+++\n\nasks\n',
        },
        Understood(("Backend",), ("Junior", "Senior"), ("Testing", "Feedback"), 3),
    ),
    "notion export": (
        {
            "Framework 1f0c2d3e4b5a69788796a5b4c3d2e1f0/Junior Engineer "
            "aaaabbbbccccddddeeeeffff00001111.md": "# Junior Engineer\n\nOwner: Sam\n"
            "Tags: growth\n\n"
            "## Testing\n\n- unit tests\n\n## Feedback\n\n- asks\n",
            "Framework 1f0c2d3e4b5a69788796a5b4c3d2e1f0/Senior Engineer "
            "11112222333344445555666677778888.md": "# Senior Engineer\n\nOwner: Kim\n"
            "Tags: growth\n\n"
            "## Testing\n\n- strategy\n\n## Feedback\n\n- gives\n",
        },
        Understood(
            ("Engineer",), ("Junior Engineer", "Senior Engineer"), ("Testing", "Feedback"), 4
        ),
    ),
    "confluence export": (
        {
            f"{name}_{number}.html": f"<!DOCTYPE html><html><head><title>HR : {name} E</title>"
            "<style>h2 {color: red}</style></head><body><div id='page'><div id='main'>"
            "<div id='main-header'><div id='breadcrumb-section'><ol id='breadcrumbs'><li><span>"
            "<a href='index.html'>HR</a></span></li></ol></div><h1 id='title-heading' "
            "class='pagetitle'>"
            f"<span id='title-text'> HR : {name} Engineer </span></h1></div><div id='content'>"
            "<div class='page-metadata'>Created by <span class='author'>Sam Sample</span> "
            "on 2 May</div>"
            "<div id='main-content' class='wiki-content group'><div class='toc-macro'><ul><li>"
            "<a href='#x'>Testing</a></li></ul></div>"
            f"<h2 id='x'>Testing</h2><ul><li><p>{name} tests</p></li><li><p>more</p></li></ul>"
            f"<h2>Feedback</h2><p>{name} <em>talks</em></p></div>"
            "<div class='pageSection'><h2>Attachments:</h2>"
            "<a href='x.png'>x.png</a></div></div></div><div id='footer'><p>Document generated by "
            "Confluence</p></div></div><script>alert(1)</script></body></html>"
            for name, number in (("Junior", 11), ("Senior", 12))
        }
        | {
            "index.html": "<html><head><title>HR</title></head><body><div "
            "id='main-header'><h1>Space Details:"
            "</h1></div><h2>Available Pages:</h2><ul><li><a href='Junior_11.html'>Junior "
            "Engineer</a></li>"
            "<li><a href='Senior_12.html'>Senior Engineer</a></li></ul></body></html>"
        },
        Understood(
            ("Engineer",), ("Junior Engineer", "Senior Engineer"), ("Testing", "Feedback"), 4
        ),
    ),
    "html page with everything": (
        {
            "ladder.html": "<html><head><title>x</title><script>var a = '<h2>Bad</h2>"
            "'</script></head><body>"
            "<nav><ul><li>Home</li></ul></nav><main><h1>Writer</h1><h2>Level 1</h2><h3>"
            "Editing</h3>"
            "<ul><li onclick='x()'>fixes typos</li><li>cuts</li></ul><h3>Research</h3><p>reads</p>"
            "<h2>Level 2</h2><h3>Editing</h3><p>teaches</p></main><footer>Contact</footer>"
            "</body></html>",
        },
        Understood(("Writer",), ("Level 1", "Level 2"), ("Editing", "Research"), 3),
    ),
    "headings drawn as lines, chinese": (
        {
            "框架.md": "产品经理\n========\n\nP4\n----\n\n### 沟通\n\n- 说清楚\n\n### 规划\n\n"
            "- 排优先级\n\n"
            "P5\n----\n\n### 沟通\n\n- 推动共识\n\n### 规划\n\n- 定路线图\n",
        },
        Understood(("产品经理",), ("P4", "P5"), ("沟通", "规划"), 4),
    ),
    "page per level, no groups": (
        {
            "Level 1.md": "# Software Engineer\n\n## Coding\n\n- writes\n\n## Reviews\n\n- reads\n",
            "Level 2.md": "# Software Engineer\n\n## Coding\n\n- designs\n\n## Reviews\n\n"
            "- leads\n",
        },
        Understood(("Software Engineer",), ("Level 1", "Level 2"), ("Coding", "Reviews"), 4),
    ),
    "page per level, lower headings": (
        {
            "Designer 1.md": "## Designer\n\n### Craft\n\n#### Drawing\n\n+ draws\n",
            "Designer 2.md": "## Designer\n\n### Craft\n\n#### Drawing\n\n+ invents\n\n"
            "#### Research\n\n+ asks\n",
        },
        Understood(
            ("Designer",), ("Designer 1", "Designer 2"), ("Drawing", "Research"), 3, ("Craft",)
        ),
    ),
    "page per level in chinese folders": (
        {
            "产品经理/P5.md": "# 产品经理 P5\n\n## 规划\n\n### 路线图\n\n1. 会排序\n2. 会估算\n",
            "产品经理/P6.md": "# 产品经理 P6\n\n## 规划\n\n### 路线图\n\n定方向\n\n"
            "### 预算\n\n会控制\n",
        },
        Understood(("产品经理",), ("产品经理 P5", "产品经理 P6"), ("路线图", "预算"), 3, ("规划",)),
    ),
    "page per skill in folders of roles": (
        {
            "Backend/testing.md": "# Testing\n\n## Junior\n- a\n\n## Senior\n- b\n",
            "Backend/talk.md": "# Talk\n\n## Junior\n- a\n\n## Senior\n- b\n",
            "QA/testing.md": "# Testing\n\n## Junior\n- c\n\n## Senior\n- d\n",
        },
        Understood(("Backend", "QA"), ("Junior", "Senior"), ("Talk", "Testing"), 6),
    ),
}
