package dev.sidelight.proxy.http.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.logger.EventStore;
import dev.sidelight.logger.StoredRequest;
import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Problem;
import dev.sidelight.proxy.http.ProblemException;
import dev.sidelight.proxy.serve.ExplainCall;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.LoggedRows;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.Pace;
import dev.sidelight.proxy.serve.RowView;
import dev.sidelight.proxy.serve.ServedModel;
import dev.sidelight.proxy.serve.WhatIf;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * {@code POST /v1/models/{m}:whatIf}: what the model says of one row as it might be, beside what it
 * said of a logged one.
 */
final class WhatIfEndpoint {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ModelRegistry registry;
  private final WhatIf whatIf;
  private final ExplainEndpoints direct;
  private final LoggedRows rows;
  private final EventStore store;

  WhatIfEndpoint(
      ModelRegistry registry,
      WhatIf whatIf,
      ExplainEndpoints direct,
      LoggedRows rows,
      EventStore store) {
    this.registry = registry;
    this.whatIf = whatIf;
    this.direct = direct;
    this.rows = rows;
    this.store = store;
  }

  /** {@code ?requestId=&row=} names the original; without it there is none in the answer. */
  Answer ask(Call call) throws IOException {
    SameOrigin.check(call, true);
    ServedModel model = registry.get(call.parameters().getOrDefault("model", ""));
    Optional<RowView> original = original(call, model);
    RowView prediction =
        whatIf.predict(
            new ExplainCall(
                model,
                BodyProtocol.of(call.body(), model.protocol()),
                call.query("version").orElse(""),
                Asking.body(call),
                Map.of(),
                Format.NATIVE,
                direct.scope(call, model),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Pace.SYNC));
    ObjectNode node = JSON.createObjectNode();
    node.put("synthetic", true);
    node.set("prediction", RequestJson.row(prediction));
    original.ifPresent(view -> node.set("original", RequestJson.row(view)));
    return Answer.json(200, JSON.writeValueAsBytes(node));
  }

  private Optional<RowView> original(Call call, ServedModel model) {
    Optional<String> id = call.query("requestId");
    if (id.isEmpty()) {
      return Optional.empty();
    }
    UUID request = Ids.parse(id.get(), "/requestId");
    StoredRequest stored =
        store
            .request(request)
            .filter(s -> s.summary().model().equals(model.name()))
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(
                            404,
                            "request_unknown",
                            "no request with this id lies in the log, or it asked another model")));
    List<RowView> views = rows.views(stored);
    String text = call.query("row").orElse("0");
    int row = text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
    if (row < 0 || row >= views.size()) {
      throw new ProblemException(
          Problem.of(400, "parameter_range", "the request has " + views.size() + " readable rows")
              .withFault("/row", "in [0, " + (views.size() - 1) + "]", "another"));
    }
    return Optional.of(views.get(row));
  }
}
