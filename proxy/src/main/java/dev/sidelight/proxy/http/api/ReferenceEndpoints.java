package dev.sidelight.proxy.http.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.core.codec.SchemaJson;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Listener;
import dev.sidelight.proxy.http.Principal.Role;
import dev.sidelight.proxy.http.Problem;
import dev.sidelight.proxy.http.ProblemException;
import dev.sidelight.proxy.http.Routes;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.ReferenceInfo;
import dev.sidelight.proxy.serve.References;
import dev.sidelight.proxy.serve.ServedModel;
import java.io.IOException;
import java.util.Locale;

/** A model's schema and background: what is known, and files that replace it. */
final class ReferenceEndpoints {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long REFERENCE_BYTES_MAX = 1L << 30;
  private static final long SMALL = 1 << 20;

  private final ModelRegistry registry;
  private final References references;

  ReferenceEndpoints(ModelRegistry registry, References references) {
    this.registry = registry;
    this.references = references;
  }

  void register(Routes.Builder routes) {
    Listener at = Listener.MANAGEMENT;
    routes
        .endpoint(at, "GET", "/v1/models", Role.READ_LOGS, SMALL, this::models)
        .endpoint(at, "GET", "/v1/models/{model}/reference", Role.READ_LOGS, SMALL, this::reference)
        .endpoint(at, "POST", "/v1/models/{model}/reference", Role.ADMIN, SMALL, this::renew)
        .endpoint(at, "GET", "/v1/models/{model}/schema", Role.READ_LOGS, SMALL, this::schema)
        .endpoint(at, "PUT", "/v1/models/{model}/schema", Role.ADMIN, 16 * SMALL, this::putSchema)
        .streaming(
            at,
            "PUT",
            "/v1/models/{model}/reference",
            Role.ADMIN,
            REFERENCE_BYTES_MAX,
            this::putReference);
  }

  private Answer models(Call call) throws IOException {
    ObjectNode answer = JSON.createObjectNode();
    for (ServedModel model : registry.all()) {
      ObjectNode item = answer.withArrayProperty("items").addObject();
      item.put("name", model.name());
      item.put("profile", model.protocol());
      item.set("reference", info(references.info(model)));
    }
    answer.withArrayProperty("items");
    return Answer.json(200, JSON.writeValueAsBytes(answer));
  }

  private Answer reference(Call call) throws IOException {
    return Answer.json(200, JSON.writeValueAsBytes(info(references.info(model(call)))));
  }

  /** Makes the background anew. */
  private Answer renew(Call call) throws IOException {
    return Answer.json(200, JSON.writeValueAsBytes(info(references.renew(model(call)))));
  }

  private Answer schema(Call call) {
    FeatureSchema schema =
        references
            .schema(model(call))
            .orElseThrow(
                () ->
                    new ProblemException(
                        Problem.of(
                            409,
                            "reference_not_ready",
                            "no request of this model was seen yet, and no schema was given")));
    return Answer.json(200, SchemaJson.write(schema));
  }

  /** The body is read while it arrives. */
  private Answer putReference(Call call) throws IOException {
    String type = call.header("content-type").orElse("").toLowerCase(Locale.ROOT);
    boolean csv = type.startsWith("text/csv");
    if (!csv && !type.startsWith("application/x-ndjson")) {
      throw new ProblemException(
          Problem.of(415, "content_type_unsupported", "a reference is CSV with a header, or NDJSON")
              .withFault("", "Content-Type text/csv or application/x-ndjson", "another type"));
    }
    ReferenceInfo info = references.putRows(model(call), csv, call.bodyStream());
    return Answer.json(200, JSON.writeValueAsBytes(info(info)));
  }

  private Answer putSchema(Call call) throws IOException {
    return Answer.json(200, SchemaJson.write(references.putSchema(model(call), call.body())));
  }

  private ServedModel model(Call call) {
    return registry.get(call.parameters().getOrDefault("model", ""));
  }

  private static ObjectNode info(ReferenceInfo info) {
    ObjectNode node = JSON.createObjectNode();
    node.put("id", info.id());
    node.put("rows", info.rows());
    node.put("from", info.origin());
    node.put("seen", info.seen());
    node.put("needed", info.needed());
    return node;
  }
}
