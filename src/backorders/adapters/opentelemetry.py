"""A span of OpenTelemetry for each call."""

from backorders.domain.values import SellerId
from backorders.ports.extras import needs
from backorders.ports.observer import Observation, Tell

with needs("opentelemetry", "a span for each call"):
    from opentelemetry import context, trace
    from opentelemetry.trace import SpanKind, Status, StatusCode, TracerProvider


class OpenTelemetryObserver:
    """An observer that makes a span for each call; what happens within it has that as its parent.

    Without `tracer_provider` it is the one that is set for the process. `sellers` writes down whose
    call it was: leave it out where that must not be known outside.
    """

    def __init__(
        self, *, tracer_provider: TracerProvider | None = None, sellers: bool = True
    ) -> None:
        self._tracer = trace.get_tracer("backorders", tracer_provider=tracer_provider)
        self._sellers = sellers

    def began(self, call: str, seller_id: SellerId | None) -> Tell:
        """Begin a span; it ends with the call."""
        span = self._tracer.start_span(f"backorders.{call}", kind=SpanKind.INTERNAL)
        if seller_id is not None and self._sellers:
            span.set_attribute("backorders.seller_id", seller_id)
        token = context.attach(trace.set_span_in_context(span))

        def tell(seen: Observation) -> None:
            context.detach(token)
            span.set_attribute("backorders.outcome", seen.outcome)
            span.set_attribute("backorders.retries", seen.retries)
            span.set_attribute("backorders.changed", seen.changed)
            span.set_attribute("backorders.released", seen.released)
            if seen.error is not None:
                span.record_exception(seen.error)
                span.set_status(Status(StatusCode.ERROR, seen.outcome))
            span.end()

        return tell
