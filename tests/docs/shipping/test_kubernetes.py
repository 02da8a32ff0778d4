"""The manifests: what they name is there, and pods may do no more than they need."""

import tomllib
from typing import Any, cast

import pytest

from bot.cli.serving import GRACE_SECONDS
from bot.config import Settings
from bot.services.health import Health
from bot.slack.http import health_routes
from bot.slack.installs.manifest import EVENTS_PATH
from bot.slack.installs.oauth.flow import InstallPages
from tests.docs.pages import ROOT
from tests.docs.shipping.manifests import KUBERNETES, SETTINGS, documents, is_command, of_kind

WORKLOADS = {each["metadata"]["name"]: each for each in (*of_kind("Deployment"), *of_kind("Job"))}
SERVING = ("nextrung-web", "nextrung-worker")
(CONFIG,) = (each["data"] for each in of_kind("ConfigMap"))
POLICIES = {each["metadata"]["name"]: each["spec"] for each in of_kind("NetworkPolicy")}
PRIVATE = {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"}


def _pod(name: str) -> dict[str, Any]:
    found = WORKLOADS[name]["spec"]["template"]["spec"]
    assert isinstance(found, dict)
    return found


def _container(name: str) -> dict[str, Any]:
    (found,) = _pod(name)["containers"]
    assert isinstance(found, dict)
    return found


def _ports(name: str) -> dict[str, int]:
    return {each["name"]: each["containerPort"] for each in _container(name)["ports"]}


def test_their_commands_are_the_bots() -> None:
    commands = {name: _container(name)["args"] for name in WORKLOADS}
    assert commands == {
        "nextrung-web": ["web"],
        "nextrung-worker": ["worker"],
        "nextrung-upgrade": ["db", "upgrade"],
    }
    assert all(is_command(each) for each in commands.values())


def test_their_settings_are_real_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    own = {each["name"]: each["value"] for each in _container("nextrung-worker")["env"]}
    given = CONFIG | own
    assert set(given) <= SETTINGS
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    settings = Settings(_env_file=None)
    assert _ports("nextrung-web") == {"http": settings.nextrung_port}
    assert _ports("nextrung-worker") == {"metrics": settings.nextrung_metrics_port}
    assert settings.nextrung_host == "0.0.0.0"  # noqa: S104 - a pod's loopback is its own
    ends = settings.nextrung_drain_seconds + GRACE_SECONDS
    for name in SERVING:
        assert _pod(name)["terminationGracePeriodSeconds"] > ends + 10
    ready = _container("nextrung-web")["readinessProbe"]["periodSeconds"]
    assert settings.nextrung_drain_seconds > ready


def test_the_secret_is_an_example_without_values() -> None:
    (secret,) = of_kind("Secret")
    assert set(secret["stringData"]) <= SETTINGS
    assert not any(secret["stringData"].values())
    sources = [each for name in WORKLOADS for each in _container(name)["envFrom"]]
    assert {next(iter(each.values()))["name"] for each in sources} == {secret["metadata"]["name"]}


@pytest.mark.parametrize("name", SERVING)
def test_probes_ask_paths_that_are_served(name: str, health_paths: set[str]) -> None:
    container = _container(name)
    probes = {
        kind: container[f"{kind}Probe"]["httpGet"] for kind in ("startup", "liveness", "readiness")
    }
    assert {each["path"] for each in probes.values()} <= health_paths
    # A service without a ready pod refuses everybody; while the database is away, they are told so.
    assert probes["readiness"]["path"] == ("/servez" if name == "nextrung-web" else "/readyz")
    # A restart mends no database.
    assert probes["liveness"]["path"] == probes["startup"]["path"] == "/healthz"
    assert {each["port"] for each in probes.values()} == set(_ports(name))


@pytest.fixture
def health_paths() -> set[str]:
    class Unasked:
        """Stands for what is only asked when a path is called."""

    return {each.path for each in health_routes(cast("Health", Unasked()))}


@pytest.mark.parametrize("name", WORKLOADS)
def test_a_pod_may_do_no_more_than_it_needs(name: str) -> None:
    pod, container = _pod(name), _container(name)
    assert pod["automountServiceAccountToken"] is False
    assert pod["enableServiceLinks"] is False
    # No user is named, so that a cluster may assign any.
    assert pod["securityContext"] == {
        "runAsNonRoot": True,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    assert container["securityContext"] == {
        "readOnlyRootFilesystem": True,
        "allowPrivilegeEscalation": False,
        "privileged": False,
        "capabilities": {"drop": ["ALL"]},
    }
    assert set(container["resources"]["requests"]) == {"cpu", "memory"}
    assert "memory" in container["resources"]["limits"]
    assert [each["mountPath"] for each in container["volumeMounts"]] == ["/var/lib/nextrung"]
    assert [set(each) for each in pod["volumes"]] == [{"name", "emptyDir"}]


def test_the_namespace_refuses_pods_that_may_do_more() -> None:
    (namespace,) = of_kind("Namespace")
    assert namespace["metadata"]["labels"] == {"pod-security.kubernetes.io/enforce": "restricted"}


def test_selectors_meet_the_pods_that_they_mean() -> None:
    for kind in ("PodDisruptionBudget", "Deployment"):
        for each in of_kind(kind):
            labels = WORKLOADS[each["metadata"]["name"]]["spec"]["template"]["metadata"]["labels"]
            assert each["spec"]["selector"]["matchLabels"] == labels
    (service,) = of_kind("Service")
    web = WORKLOADS["nextrung-web"]["spec"]["template"]["metadata"]["labels"]
    assert service["spec"]["selector"] == web
    assert [each["targetPort"] for each in service["spec"]["ports"]] == list(_ports("nextrung-web"))
    assert all(each["spec"]["minAvailable"] == 1 for each in of_kind("PodDisruptionBudget"))
    assert all(each["spec"]["replicas"] == 2 for each in of_kind("Deployment"))


def test_the_world_reaches_what_slack_and_browsers_call_and_no_more() -> None:
    (ingress,) = of_kind("Ingress")
    (rule,) = ingress["spec"]["rules"]
    served = {each["path"]: each for each in rule["http"]["paths"]}
    assert set(served) == {EVENTS_PATH, *InstallPages.paths}
    for each in served.values():
        assert each["pathType"] == "Exact"
        assert each["backend"]["service"]["name"] == "nextrung-web"


def test_nothing_goes_out_but_to_slack_the_database_and_names() -> None:
    everywhere = POLICIES["nextrung"]
    assert everywhere["policyTypes"] == ["Ingress", "Egress"]
    assert "ingress" not in everywhere
    assert everywhere["podSelector"]["matchLabels"] == {"app.kubernetes.io/name": "nextrung"}
    out = {
        tuple(sorted({each["port"] for each in rule["ports"]})): rule
        for rule in everywhere["egress"]
    }
    assert set(out) == {(53,), (443,), (5432,)}
    (slack,) = out[443,]["to"]
    assert set(slack["ipBlock"]["except"]) >= PRIVATE
    assert all("namespaceSelector" in out[port,]["to"][0] for port in (53, 5432))


@pytest.mark.parametrize("name", SERVING)
def test_what_comes_in_comes_to_the_port_that_is_served(name: str) -> None:
    policy = POLICIES[name]
    assert (
        policy["podSelector"]["matchLabels"] == WORKLOADS[name]["spec"]["selector"]["matchLabels"]
    )
    (rule,) = policy["ingress"]
    assert [each["port"] for each in rule["ports"]] == list(_ports(name))
    assert rule["from"]


def test_kustomizations_name_files_that_are_there_and_leave_none_out() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "version"
    ]
    images = []
    for folder in sorted(path for path in KUBERNETES.iterdir() if path.is_dir()):
        (own,) = documents(folder / "kustomization.yaml")
        files = {path.name for path in folder.glob("*.yaml")} - {"kustomization.yaml"}
        assert files == {each for each in own["resources"] if not each.startswith("..")}
        for each in own["resources"]:
            assert (folder / each).exists()
        images += own.get("images", [])
    assert len(images) == 2
    assert images[0] == images[1], "the schema of one version, the processes of another"
    assert images[0]["newTag"] == version
    assert {_container(name)["image"] for name in WORKLOADS} == {images[0]["name"]}
