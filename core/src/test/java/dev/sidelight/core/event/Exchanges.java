package dev.sidelight.core.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/** One exchange with every place filled. */
final class Exchanges {

  static final UUID ID = UUID.fromString("0199f3a0-7c00-7abc-8def-0123456789ab");
  static final Recorded RECORDED = new Recorded(42, 1_790_000_000_500_000L);

  private Exchanges() {}

  static PayloadEvent.Exchange full(byte[] request, byte[] response) {
    return new PayloadEvent.Exchange(
        ID,
        new CallerIds("", "order-1", ""),
        new Trace("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "a=1"),
        new ModelRef("acme", "prod", "income", "predictor", "canary", "income-é", "v2", "3"),
        new Call("POST", "/v2/models/income/infer", "v2", "http", 500, -1, Outcome.SERVER_ERROR),
        new Times(1_790_000_000_000_001L, 12_345, 0),
        new Side(
            Payload.of(
                "Content-Type: application/json\r\nUser-Agent: \"é\" 100%\r\n".getBytes(UTF_8)),
            Payload.of(request),
            request.length,
            0x0badcafe,
            "application/json",
            "",
            Truncation.NONE),
        new Side(
            Payload.EMPTY,
            Payload.of(response),
            70_000,
            -1,
            "text/plain; charset=utf-8",
            "gzip",
            Truncation.CAP),
        new Marks(0.25, "header:x-user", true, "demo-history"));
  }
}
