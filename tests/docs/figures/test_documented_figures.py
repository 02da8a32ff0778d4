"""What the reference, the dashboard and the alerts say of figures is what the code has."""

import json
import re
from collections.abc import Iterator
from typing import Any

import yaml

from tests.docs.figures.in_code import Figure, figures_in_code
from tests.docs.pages import ROOT, Page, unquoted

REFERENCE, RUNBOOKS = Page("docs/reference/metrics.md"), Page("docs/operate.md")
RULES = ROOT / "deploy" / "prometheus" / "alerts.yaml"
DASHBOARD = ROOT / "deploy" / "grafana" / "nextrung.json"
OF_THE_SYSTEM = {
    "nextrung_process_resident_memory_bytes",
    "nextrung_process_cpu_seconds_total",
}
# What Prometheus adds by itself.
OF_PROMETHEUS = {"le", "instance", "job"}


def _rules() -> list[dict[str, Any]]:
    (group,) = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    return list(group["rules"])


def _panels() -> list[dict[str, Any]]:
    return list(json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"])


def _asked() -> Iterator[str]:
    yield from (rule["expr"] for rule in _rules())
    yield from (target["expr"] for panel in _panels() for target in panel["targets"])


def _family(name: str) -> str:
    return re.sub(r"_seconds_(bucket|sum|count)$", "_seconds", name)


async def test_the_reference_has_every_figure_and_no_other() -> None:
    rows = REFERENCE.rows("All of them")
    told = {
        Figure(unquoted(name), kind, tuple(re.findall(r"`(\w+)`", labels)))
        for name, kind, labels, _ in rows
    }
    assert len(told) == len(rows)
    assert told == await figures_in_code()


async def test_every_figure_and_label_that_is_asked_for_exists() -> None:
    code = {each.name: {*each.labels} for each in await figures_in_code()}
    code |= {name: set() for name in OF_THE_SYSTEM}
    known = {word for page in (REFERENCE, RUNBOOKS) for word in _words(page)}
    for asked in _asked():
        names = {*re.findall(r"\b(?:nextrung_\w+|up)\b", re.sub(r'"[^"]*"', "", asked))}
        labels = set().union(*(code[_family(each)] for each in names - {"up"}))
        for name, given in re.findall(r"(nextrung_\w+)\{([^}]*)\}", asked):
            for label, values in re.findall(r"(\w+)(?:=~|!=|=)\"([^\"]*)\"", given):
                assert label in code[_family(name)], (label, asked)
                assert {*values.split("|")} <= known, asked
        for grouped in re.findall(r"\bby \(([^)]*)\)", asked):
            assert {*grouped.split(", ")} <= labels | OF_PROMETHEUS, asked
        assert names, asked


def _words(page: Page) -> set[str]:
    return {word for code in page.code for word in re.findall(r"\w+", code)}


async def test_every_figure_of_the_database_is_watched_or_shown() -> None:
    shown = "\n".join(_asked())
    code = {each.name for each in await figures_in_code() if each.type == "gauge"}
    assert {each for each in code if each not in shown} == {"nextrung_nudge_senders"}


def test_each_alert_leads_to_what_to_do() -> None:
    rules = _rules()
    assert len({each["alert"] for each in rules}) == len(rules)
    led = set()
    for rule in rules:
        page, _, anchor = rule["annotations"]["runbook"].partition("#")
        assert page == RUNBOOKS.name
        assert anchor in RUNBOOKS.anchors, rule["alert"]
        assert rule["labels"]["severity"] in {"page", "ticket"}
        led.add(anchor)
    # Every part below Alerts is led to, so none is left that no alert means.
    source = RUNBOOKS.path.read_text(encoding="utf-8")
    below = source.partition("\n## Alerts\n")[2].partition("\n## ")[0]
    assert len(led) == below.count("\n### ")


def test_the_dashboard_asks_each_question_once() -> None:
    panels = _panels()
    assert len({each["id"] for each in panels}) == len(panels)
    assert len({each["title"] for each in panels}) == len(panels)
    for panel in panels:
        labels = re.findall(r"\{\{(\w+)\}\}", str(panel["targets"]))
        asked = " ".join(each["expr"] for each in panel["targets"])
        for label in labels:
            assert label == "instance" or re.search(rf"by \([^)]*\b{label}\b", asked), panel[
                "title"
            ]
