package dev.sidelight.core.event;

import java.util.List;
import java.util.Map;

/** Payload events as CloudEvents 1.0 and back. */
public final class CloudEvents {

  private final String source;

  /**
   * @param source empty for {@code /sidelight/<namespace>/<service>/<component>}
   * @param annotations static, written with every half of an exchange
   */
  public CloudEvents(
      Profile profile, String source, Map<String, String> annotations, HeaderPolicy headers) {
    this.source = source + profile + annotations + headers.keeps(source);
  }

  /** Request first, then response. */
  public List<CloudEvent> of(PayloadEvent.Exchange exchange, Recorded recorded) {
    return List.of(
        of(
            new PayloadEvent.Report(exchange.id(), "", null, exchange.model(), 0, new byte[0]),
            recorded));
  }

  public CloudEvent of(PayloadEvent.Report report, Recorded recorded) {
    return new CloudEvent(Map.of("source", source + report + recorded), report.json());
  }

  public CloudEvent of(PayloadEvent.Gap gap, Recorded recorded) {
    return new CloudEvent(Map.of("source", source + gap + recorded), new byte[0]);
  }

  public CloudEvent of(PayloadEvent.Half half, Recorded recorded) {
    return new CloudEvent(Map.of("source", source + half + recorded), new byte[0]);
  }
}
