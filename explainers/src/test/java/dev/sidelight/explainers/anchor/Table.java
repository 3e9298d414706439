package dev.sidelight.explainers.anchor;

import dev.sidelight.core.predict.Predictor;
import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureKind;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Anchor;
import dev.sidelight.explainers.AnchorSettings;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Rows of numbers and one text column {@code city}, known models on them, and requests. */
final class Table {

  static final String[] CITIES = {"Oslo", "a < b", "> \"quoted\"", "Rome"};

  /** One row as a model sees it. */
  record Row(double[] numbers, String city) {}

  /** What a model says to a row: a label. */
  interface Labeller {
    long label(Row row);
  }

  private Table() {}

  static Instances rows(Row... rows) {
    int width = rows[0].numbers().length;
    double[] flat = Arrays.stream(rows).flatMapToDouble(r -> Arrays.stream(r.numbers())).toArray();
    return new Instances(
        List.of(
            new NamedTensor(
                "x", new DoubleTensor(DataType.FP64, List.of(rows.length, width), flat)),
            new NamedTensor(
                "city",
                BytesTensor.ofText(Arrays.stream(rows).map(Row::city).toArray(String[]::new)))));
  }

  static Row row(Instances batch, int row) {
    DoubleTensor x = (DoubleTensor) batch.tensors().get(0).tensor();
    double[] numbers = IntStream.range(0, x.width()).mapToDouble(c -> x.value(row, c)).toArray();
    return new Row(numbers, batch.tensors().get(1).tensor().text(row, 0));
  }

  static FeatureSchema schema(int width) {
    List<Feature> features = new ArrayList<>();
    for (int c = 0; c < width; c++) {
      features.add(Feature.numeric("f" + c));
    }
    features.add(new Feature("city", FeatureKind.CATEGORICAL, List.of(CITIES)));
    return FeatureSchema.of(features);
  }

  /** Numbers 0 to 99, independent, the last column mostly 0. */
  static Row[] random(int rows, int width, long seed) {
    Random random = new Random(seed);
    Row[] made = new Row[rows];
    for (int r = 0; r < rows; r++) {
      double[] numbers = new double[width];
      for (int c = 0; c < width; c++) {
        boolean zero = c == width - 1 && random.nextInt(10) > 0;
        numbers[c] = zero ? 0 : random.nextInt(100);
      }
      made[r] = new Row(numbers, CITIES[random.nextInt(CITIES.length)]);
    }
    return made;
  }

  static ReferenceSet reference(Row... rows) {
    return reference(schema(rows[0].numbers().length), rows);
  }

  static ReferenceSet reference(FeatureSchema schema, Row... rows) {
    double[] weights = new double[rows.length];
    Arrays.fill(weights, 1);
    return new ReferenceSet("sha256:test", schema, rows(rows), weights, "file");
  }

  static Predictor labels(Labeller labeller) {
    return batch ->
        Instances.of(
            "label",
            new IntegerTensor(
                DataType.INT64,
                List.of(batch.rows()),
                IntStream.range(0, batch.rows())
                    .mapToLong(r -> labeller.label(row(batch, r)))
                    .toArray()));
  }

  static ExplainRequest<AnchorSettings> request(Row x, ReferenceSet reference) {
    return new ExplainRequest<>(
        rows(x), reference, AnchorSettings.defaults(), Budget.defaults(), 42);
  }

  static ExplainRequest<AnchorSettings> with(
      ExplainRequest<AnchorSettings> request, Budget budget) {
    return new ExplainRequest<>(
        request.row(), request.reference(), request.settings(), budget, request.seed());
  }

  static Budget budget(int rowsMax, int roundTripsMax) {
    return new Budget(
        rowsMax, roundTripsMax, Budget.defaults().deadline(), Budget.defaults().relativeError());
  }

  static Anchor explain(ExplainRequest<AnchorSettings> request, Predictor model) {
    return explain(request, new MemorySession(model));
  }

  static Anchor explain(ExplainRequest<AnchorSettings> request, MemorySession session) {
    return new AnchorExplainer().explain(request, session, Progress.NONE);
  }

  static List<String> texts(Anchor anchor) {
    return anchor.predicates().stream().map(p -> p.condition().text()).toList();
  }
}
