package dev.sidelight.proxy.serve;

import dev.sidelight.core.codec.Body;
import dev.sidelight.core.codec.CodecException;
import dev.sidelight.core.codec.CodecLimits;
import dev.sidelight.core.codec.InferenceCodec;
import dev.sidelight.core.codec.InferenceCodecs;
import dev.sidelight.core.tensor.Conform;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.Signature;
import dev.sidelight.explainers.LoggedPredictions;
import dev.sidelight.logger.EventStore;
import dev.sidelight.logger.RequestPage;
import dev.sidelight.logger.RequestQuery;
import dev.sidelight.logger.RequestSummary;
import dev.sidelight.logger.StoredRequest;
import dev.sidelight.logger.StoredRequest.StoredBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a model answered before: the latest rows of its traffic with their answers and the requests
 * they are of. Costs one parse of both bodies of every request looked at. Thread-safe.
 */
final class TrafficAnswers {

  private static final int ROWS_MAX = 2_000;
  private static final int PAGE = 200;
  private static final int PAGES_MAX = 10;

  private final Optional<EventStore> store;
  private final CodecLimits limits;

  TrafficAnswers(Optional<EventStore> store, CodecLimits limits) {
    this.store = store;
    this.limits = limits;
  }

  /**
   * Rows in the layout of a request, newest first.
   *
   * @param like rows of the signature that the model is to be asked with
   * @throws ServeException {@code reference_not_ready} with what is there and what is needed
   */
  LoggedPredictions of(ExplainCall call, Instances like) {
    Found found = new Found(call, like);
    store.ifPresent(events -> collect(events, call.model(), found));
    if (found.rows() < ModelReference.ROWS_NEEDED) {
      throw ServeException.of(
              "reference_not_ready",
              "counterfactuals of '%s' start from %d logged rows with their answers, %d are there"
                  .formatted(call.model().name(), ModelReference.ROWS_NEEDED, found.rows()))
          .at("", ModelReference.ROWS_NEEDED + " rows", found.rows() + " rows")
          .hint("send traffic through the proxy");
    }
    return found.predictions();
  }

  private static void collect(EventStore events, ServedModel model, Found found) {
    String filter = "model = %s and status = 200".formatted(quoted(model.name()));
    String cursor = "";
    for (int page = 0; page < PAGES_MAX && found.rows() < ROWS_MAX; page++) {
      RequestPage requests = events.query(new RequestQuery(filter, PAGE, cursor));
      for (RequestSummary each : requests.items()) {
        if (found.rows() >= ROWS_MAX) {
          break;
        }
        events.request(each.id()).ifPresent(found::add);
      }
      cursor = requests.next();
      if (cursor.isEmpty()) {
        break;
      }
    }
  }

  static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private final class Found {
    private final ExplainCall call;
    private final Signature wanted;
    private final List<Instances> rows = new ArrayList<>();
    private final List<Instances> outputs = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();

    private Found(ExplainCall call, Instances like) {
      this.call = call;
      this.wanted = Signature.of(like);
    }

    private int rows() {
      return ids.size();
    }

    /** What cannot be read, or looks otherwise, is passed over. */
    private void add(StoredRequest stored) {
      Optional<InferenceCodec> codec = InferenceCodecs.of(stored.summary().protocol(), limits);
      if (codec.isEmpty() || !stored.summary().protocol().equals(call.protocol())) {
        return;
      }
      try {
        Instances asked = codec.get().decodeRequest(body(stored.request())).instances();
        Instances answered = codec.get().decodeResponse(body(stored.response()));
        boolean same =
            outputs.isEmpty() || Signature.of(outputs.get(0)).equals(Signature.of(answered));
        if (asked.rows() == answered.rows() && same) {
          rows.add(Conform.to(asked, wanted));
          outputs.add(answered);
          for (int r = 0; r < asked.rows(); r++) {
            ids.add(stored.summary().id().toString());
          }
        }
      } catch (CodecException | IllegalArgumentException e) {
        // cut, or of another shape: not a row to start from
      }
    }

    private LoggedPredictions predictions() {
      return new LoggedPredictions(Instances.stack(rows), Instances.stack(outputs), ids);
    }
  }

  private static Body body(StoredBody stored) {
    return new Body(stored.bytes(), stored.contentType(), stored.contentEncoding());
  }
}
