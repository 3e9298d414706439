package dev.sidelight.proxy.serve;

import dev.sidelight.core.codec.Body;
import dev.sidelight.core.codec.CodecException;
import dev.sidelight.core.codec.CodecLimits;
import dev.sidelight.core.codec.InferenceCodec;
import dev.sidelight.core.codec.InferenceCodecs;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.SchemaInference;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.logger.StoredRequest;
import dev.sidelight.logger.StoredRequest.StoredBody;
import dev.sidelight.logger.embedded.DecodedRow;
import dev.sidelight.logger.embedded.RowDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads stored bodies back into rows with names and predictions. Thread-safe; costs one parse of
 * both bodies.
 */
public final class LoggedRows implements RowDecoder {

  private final ModelRegistry registry;
  private final References references;
  private final CodecLimits limits;

  public LoggedRows(ModelRegistry registry, References references, CodecLimits limits) {
    this.registry = registry;
    this.references = references;
    this.limits = limits;
  }

  @Override
  public List<DecodedRow> decode(StoredRequest request) {
    List<DecodedRow> rows = new ArrayList<>();
    for (RowView view : views(request)) {
      Map<String, Object> features = new HashMap<>();
      view.features().forEach(feature -> features.put(feature.name(), feature.value()));
      rows.add(
          new DecodedRow(
              features, view.prediction().isEmpty() ? null : prediction(view), view.score()));
    }
    return rows;
  }

  private static Object prediction(RowView view) {
    try {
      return view.probabilities().isEmpty()
          ? (Object) Double.valueOf(view.prediction())
          : view.prediction();
    } catch (NumberFormatException e) {
      return view.prediction();
    }
  }

  /**
   * The rows in order; empty when the request cannot be read. A missing answer leaves predictions
   * empty.
   */
  public List<RowView> views(StoredRequest request) {
    Optional<InferenceCodec> codec = InferenceCodecs.of(request.summary().protocol(), limits);
    if (codec.isEmpty()) {
      return List.of();
    }
    try {
      Instances rows = codec.get().decodeRequest(requestBody(request)).instances();
      Optional<FeatureSchema> schema =
          registry.logged(request.summary().model()).flatMap(references::knownSchema);
      FeatureSchema names =
          schema.flatMap(s -> fitting(s, SchemaInference.names(rows))).orElseGet(() -> named(rows));
      return views(new FeatureValues(names, rows), names, answers(codec.get(), request, rows));
    } catch (CodecException e) {
      return List.of();
    }
  }

  /** One row that was not logged, with its answer. */
  RowView view(ServedModel model, Instances row, Instances outputs) {
    FeatureSchema names =
        references
            .knownSchema(model)
            .flatMap(s -> fitting(s, SchemaInference.names(row)))
            .orElseGet(() -> named(row));
    return views(new FeatureValues(names, row), names, Optional.of(outputs)).get(0);
  }

  /** The learned schema, unless it only counts columns that this request names. */
  private static Optional<FeatureSchema> fitting(FeatureSchema schema, List<String> names) {
    List<String> known = schema.features().stream().map(Feature::name).toList();
    boolean knowsLess = TrafficSample.isInvented(known) && !TrafficSample.isInvented(names);
    return known.size() != names.size() || knowsLess
        ? Optional.empty()
        : Optional.of(ReferenceFit.ordered(schema, names));
  }

  private static FeatureSchema named(Instances rows) {
    SchemaInference inference = new SchemaInference();
    inference.add(rows);
    return inference.result().schema();
  }

  private static Body body(StoredBody stored, String jsonLength) {
    return new Body(stored.bytes(), stored.contentType(), stored.contentEncoding(), jsonLength);
  }

  /** The request as it lay on the wire. */
  public static Body requestBody(StoredRequest stored) {
    return body(stored.request(), stored.requestHeader(Body.JSON_LENGTH));
  }

  /** The answer as it lay on the wire. */
  public static Body responseBody(StoredRequest stored) {
    return body(stored.response(), stored.responseHeader(Body.JSON_LENGTH));
  }

  private static Optional<Instances> answers(
      InferenceCodec codec, StoredRequest request, Instances rows) {
    if (request.summary().status() != 200) {
      return Optional.empty();
    }
    try {
      Instances outputs = codec.decodeResponse(responseBody(request));
      return outputs.rows() == rows.rows() ? Optional.of(outputs) : Optional.empty();
    } catch (CodecException e) {
      return Optional.empty();
    }
  }

  private static List<RowView> views(
      FeatureValues values, FeatureSchema schema, Optional<Instances> outputs) {
    List<RowView> views = new ArrayList<>();
    for (int r = 0; r < values.rows(); r++) {
      List<RowView.NamedValue> features = new ArrayList<>();
      for (int c = 0; c < schema.width(); c++) {
        features.add(
            new RowView.NamedValue(
                schema.features().get(c).name(), values.value(r, c), values.text(r, c)));
      }
      int row = r;
      views.add(
          outputs
              .map(answers -> answered(features, answers, row, schema.outputs()))
              .orElseGet(() -> new RowView(features, "", Double.NaN, List.of())));
    }
    return views;
  }

  /**
   * Scores are the first numeric output of several columns; a label output names the prediction.
   */
  private static RowView answered(
      List<RowView.NamedValue> features, Instances outputs, int row, List<String> classes) {
    Optional<Tensor> scores = Optional.empty();
    Optional<Tensor> label = Optional.empty();
    for (NamedTensor named : outputs.tensors()) {
      boolean text = named.tensor().type() == DataType.BYTES;
      if (text && label.isEmpty()) {
        label = Optional.of(named.tensor());
      } else if (!text && named.tensor().width() > 1 && scores.isEmpty()) {
        scores = Optional.of(named.tensor());
      }
    }
    if (scores.isEmpty()) {
      Tensor only = label.orElse(outputs.tensors().get(0).tensor());
      return new RowView(features, only.text(row, 0), Double.NaN, List.of());
    }
    List<RowView.NamedScore> probabilities = new ArrayList<>();
    for (int c = 0; c < scores.get().width(); c++) {
      String name = c < classes.size() ? classes.get(c) : Integer.toString(c);
      probabilities.add(new RowView.NamedScore(name, scores.get().number(row, c)));
    }
    int largest = AnswerClasses.largest(scores.get(), row);
    String prediction =
        label.isPresent() ? label.get().text(row, 0) : probabilities.get(largest).name();
    return new RowView(features, prediction, probabilities.get(largest).score(), probabilities);
  }
}
