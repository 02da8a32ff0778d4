"""Payloads for listeners: whole ones, and ones broken once or several times, in any way."""

import json
import random
from collections.abc import Sequence
from copy import deepcopy
from typing import Any
from urllib.parse import urlencode

from bot.slack.press import Kind
from tests.fuzz.lean_slack import TEAMS
from tests.fuzz.templates import Template
from tests.mutations import broken

FORM = "application/x-www-form-urlencoded"
MEMBERS = 200
WHOLE = 0.15
# These pause a workspace or forget it: they are aimed at the last one, others seldom are.
PAUSING = (
    *("app_uninstalled", "tokens_revoked", "team_access_revoked", "team_access_granted"),
    *("grid_migration_started", "grid_migration_finished"),
)
TEXTS = (
    *("", " ", "help", "mlops", "mlops senior", "llm-engineer", "ml eng sr", "kubernets lead"),
    *("llm-engineer lead", "llm-engineer lead from data-scientist senior", "高级", "机器学习"),
    *("role llm-engineer senior", "goal llm-engineer lead", "nudges weekly tue 10:00", "pause 2w"),
    *("resume", "status", "export", "forget-me", "win shipped it https://example.com", "packet"),
    *("nudges daily 25:61", "goal llm-engineer lead by 2027-02-30", "pause 99999999999999w"),
    *("<!channel> <@U1|x> <#C1|y> *b* `c` & < >", "‘smart’ “quotes”", "a" * 300, "é" * 4000),
    *("\u202e\u0000\x1b[31m", "\ud83d", "🚀" * 50, "%s %d {x} {0.__class__}", "' OR 1=1 --"),
    *(
        "../../etc/passwd",
        "-1",
        "1e999",
        "٣ ٤",
        "ＭＬＯＰＳ",
        "ﬁ",
        "İ",
        "ß" * 70,
        "\n\n\n",
        "|" * 99,
    ),
)
_WILD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 7, 10**30, -(10**20), 1.5, 1e308, float("nan"), "", " ", "x"),
    *([], {}, [None], [[]], {"": None}, {"type": "x"}, [{"type": "button"}], ["x"] * 60),
    *TEXTS,
)
_DEEP = 60


def payload(templates: Sequence[Template], chance: random.Random, address: str) -> dict[str, Any]:
    """Return a payload for a listener at random, as somebody of a sample workspace."""
    template = chance.choice(templates)
    last = template.name in PAUSING or chance.random() < 0.02
    text = template.text.replace("TSAMPLE", TEAMS[-1] if last else chance.choice(TEAMS[:-1]))
    text = text.replace("U0ENGINEER", f"U0FUZZ{chance.randrange(MEMBERS):03d}")
    body: dict[str, Any] = json.loads(text)
    if "event_id" in body:
        body["event_id"] = f"Ev{chance.getrandbits(64):x}"
    if "response_url" in body:
        body["response_url"] = f"{address}/response/{chance.getrandbits(32):x}"
    body["trigger_id"] = f"{chance.getrandbits(48)}.{chance.getrandbits(32):x}"
    if template.kind is Kind.COMMAND and chance.random() < 0.8:
        body["text"] = " ".join(chance.choices(TEXTS, k=chance.choice((1, 1, 1, 2, 3))))
    if chance.random() >= WHOLE:
        for _ in range(chance.choice((1, 1, 2, 3))):
            body = _worse(body, templates, chance)
    return body


def encoded(body: dict[str, Any], chance: random.Random) -> tuple[bytes, str]:
    """Return a payload as it comes over HTTP, and its content type; seldom with broken bytes."""
    ascii_only = chance.random() < 0.7
    text = json.dumps(body, ensure_ascii=ascii_only)
    kind = FORM
    if body.get("type") == "event_callback" or "event" in body:
        raw, kind = text.encode(errors="surrogatepass"), "application/json"
    elif "command" in body:
        pairs = {name: "" if each is None else str(each) for name, each in body.items()}
        raw = urlencode(pairs, errors="surrogatepass").encode()
    else:
        raw = urlencode({"payload": text}, errors="surrogatepass").encode()
    return (bent(raw, chance) if chance.random() < 0.03 else raw), kind


def bent(raw: bytes, chance: random.Random) -> bytes:
    """Return bytes with a few of them changed, cut out, doubled or moved."""
    found = bytearray(raw)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(found) + 1)
        to = min(len(found), at + chance.choice((1, 1, 4, 40, 400)))
        match chance.randrange(4):
            case 0:
                found[at:to] = chance.randbytes(to - at)
            case 1:
                del found[at:to]
            case 2:
                found[at:at] = found[at:to]
            case _:
                found[at:to] = chance.choice(
                    (b"\0", b"\xff\xfe", b"%", b"&", b'"', b"\\u", b"\r\n")
                )
    return bytes(found)


def _worse(
    body: dict[str, Any], templates: Sequence[Template], chance: random.Random
) -> dict[str, Any]:
    if not body:
        return body
    way = chance.random()
    if way < 0.4:
        return broken(body, chance)
    holder, key = _somewhere(body, chance)
    if way < 0.75:
        holder[key] = deepcopy(chance.choice(_WILD))  # it may be changed further
    elif way < 0.9:
        other, there = _somewhere(json.loads(chance.choice(templates).text), chance)
        holder[key] = other[there]
    elif way < 0.95 and isinstance(holder[key], list):
        holder[key] = [deepcopy(each) for each in holder[key] * chance.choice((2, 7, 120))]
    else:
        for _ in range(_DEEP):
            holder[key] = {"x": holder[key]} if chance.random() < 0.5 else [holder[key]]
    return body


def _somewhere(body: dict[str, Any], chance: random.Random) -> tuple[Any, Any]:
    """Return a place in a payload, outer ones more often: what holds it, and its key there."""
    holder: Any = body
    while True:
        key = chance.choice([*holder] if isinstance(holder, dict) else range(len(holder)))
        inner = holder[key]
        if not isinstance(inner, dict | list) or not inner or chance.random() < 0.2:
            return holder, key
        holder = inner
