"""What an operator runs: a collector of traces, and a Sentry; both keep all that they are sent."""

import json
from asyncio import Event
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.trace.v1.trace_pb2 import Span


@dataclass(slots=True)
class Collectors:
    """`silent` lets it take what it is sent, and answer nothing until it ends."""

    address: str = ""
    silent: bool = False
    ended: Event = field(default_factory=Event)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    exports: list[ExportTraceServiceRequest] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)
    raw: list[str] = field(default_factory=list)

    @property
    def dsn(self) -> str:
        return self.address.replace("//", "//public-key@") + "/7"

    @property
    def spans(self) -> list[Span]:
        """All spans, in the order in which they ended."""
        return [
            span
            for export in self.exports
            for resource in export.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]

    async def take_spans(self, request: web.Request) -> web.Response:
        export = ExportTraceServiceRequest.FromString(await request.read())
        self.headers.append(dict(request.headers))
        self.exports.append(export)
        self.raw.append(str(export))
        await self._wait()
        answer = ExportTraceServiceResponse().SerializeToString()
        return web.Response(body=answer, content_type="application/x-protobuf")

    async def take_envelope(self, request: web.Request) -> web.Response:
        head, *items = (await request.text()).splitlines()
        self.headers.append(dict(request.headers))
        self.raw.append("\n".join([head, *items]))
        for about, body in zip(items[::2], items[1::2], strict=True):
            assert json.loads(about)["type"] == "event"
            self.faults.append(json.loads(body))
        await self._wait()
        return web.json_response({"id": json.loads(head)["event_id"]})

    async def _wait(self) -> None:
        if self.silent:
            await self.ended.wait()


@asynccontextmanager
async def collectors() -> AsyncIterator[Collectors]:
    """Run both on one free port of this machine."""
    kept, app = Collectors(), web.Application(client_max_size=1 << 26)
    app.router.add_post("/v1/traces", kept.take_spans)
    app.router.add_post("/api/7/envelope/", kept.take_envelope)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    kept.address = f"http://127.0.0.1:{port}"
    try:
        yield kept
    finally:
        kept.ended.set()
        await runner.cleanup()


def facts_of(span: Span) -> dict[str, str]:
    """Return what a span says, by name."""
    return {each.key: each.value.string_value for each in span.attributes}
