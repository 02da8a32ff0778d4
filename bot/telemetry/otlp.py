"""Traces by OTLP over HTTP. A collector that is down or silent costs no request anything.

Spans wait in a queue of a fixed length, and a thread of the library's sends them; what finds no
room is dropped.
"""

from collections.abc import Mapping
from random import Random
from time import perf_counter, time_ns

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ALWAYS_ON
from opentelemetry.trace import INVALID_SPAN, SpanKind, Status, StatusCode, set_span_in_context
from opentelemetry.trace import Span as OtelSpan

from bot.spans import Facts

_PATH = "/v1/traces"
_TIMEOUT_SECONDS = 5
_MOST_WAITING = 4096
_BATCH = 512
_EVERY_SECONDS = 5.0


class OtlpTracer:
    """Traces a share of all requests and nudges; see `bot.spans.Tracer`."""

    def __init__(
        self,
        url: str,
        *,
        version: str,
        share: float = 1.0,
        headers: Mapping[str, str] | None = None,
        most_waiting: int = _MOST_WAITING,
        every_seconds: float = _EVERY_SECONDS,
    ) -> None:
        """`url` is the collector's; /v1/traces is added unless it stands there."""
        exporter = OTLPSpanExporter(
            endpoint=url.rstrip("/").removesuffix(_PATH) + _PATH,
            headers={**(headers or {})},
            timeout=_TIMEOUT_SECONDS,
        )
        self._provider = TracerProvider(
            sampler=ALWAYS_ON,
            resource=Resource.create({"service.name": "nextrung", "service.version": version}),
            shutdown_on_exit=False,
        )
        self._processor = BatchSpanProcessor(
            exporter,
            max_queue_size=most_waiting,
            schedule_delay_millis=every_seconds * 1000,
            max_export_batch_size=min(_BATCH, most_waiting),
        )
        self._provider.add_span_processor(self._processor)
        self._tracer = self._provider.get_tracer("nextrung", version)
        self._share = share
        self._chance = Random()  # noqa: S311 - which requests are traced is no secret

    def begin(self, name: str) -> "_Traced | None":
        """Begin a trace, of the share that is traced."""
        if self._share < 1 and self._chance.random() >= self._share:
            return None
        return _Traced(self, name)

    def started(self, name: str, at: int, *, whole: OtelSpan | None = None) -> OtelSpan:
        """Return a span that began at a moment (nanoseconds since 1970), as part of a whole."""
        return self._tracer.start_span(
            name,
            context=set_span_in_context(whole or INVALID_SPAN),
            kind=SpanKind.INTERNAL if whole else SpanKind.SERVER,
            start_time=at,
        )

    def close(self) -> None:
        """Send what waits. It may take as long as a collector that says nothing is waited for."""
        self._provider.shutdown()


class _Traced:
    """A request or a nudge under way."""

    def __init__(self, tracer: OtlpTracer, name: str) -> None:
        self._tracer = tracer
        # The wall clock is asked once: parts must not jump with it.
        self._began, self._began_ns = perf_counter(), time_ns()
        self._span = tracer.started(name, self._began_ns)

    @property
    def trace(self) -> str:
        return f"{self._span.get_span_context().trace_id:032x}"

    def add(self, name: str, began: float, ended: float, facts: Facts, *, faulty: bool) -> None:
        part = self._tracer.started(name, self._at(began), whole=self._span)
        _describe(part, facts, faulty=faulty)
        part.end(self._at(ended))

    def end(self, name: str, facts: Facts, *, faulty: bool) -> None:
        self._span.update_name(name)
        _describe(self._span, facts, faulty=faulty)
        self._span.end(self._at(perf_counter()))

    def _at(self, moment: float) -> int:
        return self._began_ns + round((moment - self._began) * 1_000_000_000)


def _describe(span: OtelSpan, facts: Facts, *, faulty: bool) -> None:
    span.set_attributes({f"nextrung.{name}": value for name, value in facts.items() if value})
    if faulty:
        span.set_status(Status(StatusCode.ERROR))
