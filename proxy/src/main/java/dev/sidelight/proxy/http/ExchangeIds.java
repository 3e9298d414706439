package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.wire.Fields;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ids of one exchange: ours, and the one that answers and log lines name. */
final class ExchangeIds {

  private UUID id = new UUID(0, 0);
  private @Nullable Fields fields;
  private String requestId = "";
  private boolean adds;

  /**
   * @param ours made for this exchange
   */
  void begin(UUID ours, Fields request) {
    id = ours;
    fields = request;
    requestId = "";
    adds = !request.has(Names.REQUEST_ID) && !request.has(Names.PUID);
  }

  UUID id() {
    return id;
  }

  /** The caller's own where it is fit, else ours. Made when first asked for. */
  String requestId() {
    Fields request = fields;
    if (requestId.isEmpty() && request != null) {
      requestId = adds ? id.toString() : Names.requestIdOf(request, id);
    }
    return requestId;
  }

  /** What we add to messages as {@code x-request-id}: nothing where the caller gave an id. */
  String added() {
    return adds ? requestId() : "";
  }
}
