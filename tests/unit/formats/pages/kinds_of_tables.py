"""Tables inside pages, each with what it must come to without a mapping."""

from collections.abc import Mapping

from tests.unit.formats.pages.shapes import Case, Understood

TABLES: Mapping[str, Case] = {
    "html table, spans and lists": (
        {
            "page.html": "<html><body><h1>Designer</h1><p>Intro</p><table><thead><tr><th>"
            "Competency</th>"
            "<th>Associate</th><th>Principal</th></tr></thead><tbody><tr><td colspan='1'>"
            "Research</td>"
            "<td><ol><li>asks</li><li>notes</li></ol></td><td>plans<br>studies</td></tr>"
            "</tbody></table>"
            "</body></html>",
        },
        Understood(("Designer",), ("Associate", "Principal"), ("Research",), 2),
    ),
    "html, a table for each role": (
        {
            "page.html": "".join(
                f"<h2>{role}</h2><table><tr><td>Skill</td><td>L1</td><td>L2</td></tr>"
                f"<tr><td>Tests</td><td>{role} runs</td><td>{role} plans</td></tr></table>"
                for role in ("Backend", "QA")
            ),
        },
        Understood(("Backend", "QA"), ("L1", "L2"), ("Tests",), 4),
    ),
    "html long table": (
        {
            "page.htm": "<table><tr><th>Role</th><th>Level</th><th>Skill</th><th>"
            "Description</th></tr>"
            "<tr><td rowspan='2'>Ops</td><td>Junior</td><td>On-call</td><td>follows</td></tr>"
            "<tr><td>Senior</td><td>On-call</td><td>leads</td></tr></table>",
        },
        Understood(("Ops",), ("Junior", "Senior"), ("On-call",), 2),
    ),
    "chinese html table": (
        {
            "page.html": "<meta charset='utf-8'><h1>数据分析师</h1><table><tr><th>技能</th>"
            "<th>初级</th>"
            "<th>高级</th></tr><tr><td>取数</td><td>会查询</td><td>会优化</td></tr>"
            "<tr><td>表达</td><td>写清楚</td><td>讲明白</td></tr></table>",
        },
        Understood(("数据分析师",), ("初级", "高级"), ("取数", "表达"), 4),
    ),
    "markdown table below prose": (
        {
            "page.md": "# Analyst\n\nSome words.\n\n| Skill | Junior | Senior |\n|---|---|---|\n"
            "| Query | reads | tunes |\n",
        },
        Understood(("Analyst",), ("Junior", "Senior"), ("Query",), 2),
    ),
    "html, roles over levels, the corner merged": (
        {
            "page.html": "<h2>Ladder</h2><table><thead><tr><th rowspan='2'>Skill</th>"
            "<th colspan='2'>Backend</th><th colspan='2'>QA</th></tr><tr><th>Junior</th>"
            "<th>Senior</th><th>Junior</th><th>Senior</th></tr></thead><tbody><tr><td>Testing</td>"
            "<td>a</td><td>b</td><td>e</td><td>f</td></tr></tbody></table>",
        },
        Understood(("Backend", "QA"), ("Junior", "Senior"), ("Testing",), 4),
    ),
    "confluence page with a table about itself": (
        {
            "Engineer_12345.html": "<h1 id='title-heading'>Engineering : Engineer</h1>"
            "<table><tr><th>Owner</th><td>Ann</td></tr><tr><th>Status</th><td>Draft</td></tr>"
            "</table><table><tr><th>Skill</th><th>Junior</th><th>Senior</th></tr><tr>"
            "<td>Testing</td><td>a</td><td>b</td></tr></table>",
        },
        Understood(("Engineer",), ("Junior", "Senior"), ("Testing",), 2),
    ),
    "a folder with a table for each level": (
        {
            "Junior.csv": "Skill,Backend,QA\nTesting,a,e\nSQL,c,g\n",
            "Senior.csv": "Skill,Backend,QA\nTesting,b,f\nSQL,d,h\n",
        },
        Understood(("Backend", "QA"), ("Junior", "Senior"), ("Testing", "SQL"), 8),
    ),
    "a folder with a table for each level, the folder is the role": (
        {
            "Junior.csv": "Skill,Expectation\nTesting,a\nSQL,c\n",
            "Senior.csv": "Skill,Expectation\nTesting,b\nSQL,d\n",
        },
        Understood(("Engineering",), ("Junior", "Senior"), ("Testing", "SQL"), 4),
    ),
    "folders of roles with a table for each level": (
        {
            f"{role}/{level}.csv": f"Skill,Expectation\nTesting,{role} {level}\n"
            for role in ("Backend", "QA")
            for level in ("L1", "L2")
        },
        Understood(("Backend", "QA"), ("L1", "L2"), ("Testing",), 4),
    ),
    "notion database as csv": (
        {
            "Engineer 3f2a9c1b7d6e4f5a8b9c0d1e2f3a4b5c.csv": "Name,Level,Description\n"
            "Testing,Junior,a\nTesting,Senior,b\nSQL,Junior,c\nSQL,Senior,d\n",
        },
        Understood(("Engineer",), ("Junior", "Senior"), ("Testing", "SQL"), 4),
    ),
}
