package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.BackgroundSample;
import dev.sidelight.core.tensor.Conform;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Reservoir;
import dev.sidelight.core.tensor.SchemaInference;
import dev.sidelight.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A uniform sample of the rows one model was asked, each with what the model said. Rows of another
 * protocol are brought into the layout of the first. Not thread-safe.
 */
final class TrafficSample {

  /** What the rows of one model may take of the heap, about. */
  private static final long BYTES_MAX = 16 << 20;

  /** Objects around one tensor of one row. */
  private static final int TENSOR_BYTES = 96;

  private final long seed;
  private Reservoir reservoir;
  private SchemaInference inference = new SchemaInference();
  private Optional<Instances> layout = Optional.empty();
  private List<String> names = List.of();
  private final ClassNames classes = new ClassNames();
  private long unfit;

  TrafficSample(long seed) {
    this.seed = seed;
    this.reservoir = new Reservoir(Reservoir.CAPACITY, seed);
  }

  /**
   * @param rows the rows of one request
   * @param outputs the model's answer to them
   * @param weight requests this one stands for
   */
  void add(Instances rows, Instances outputs, long weight) {
    if (rows.rows() != outputs.rows()) {
      unfit++;
      return;
    }
    Tensor answers = AnswerClasses.of(outputs);
    List<String> theirs = SchemaInference.names(rows);
    try {
      if (layout.isEmpty()) {
        reservoir = new Reservoir(capacity(rows), seed);
      }
      Instances like = layout.isEmpty() ? rows : Conform.widened(layout.get(), rows);
      Instances fitting = Conform.conform(rows, like);
      reservoir.add(with(fitting, answers), weight);
      inference.add(fitting);
      classes.observe(outputs);
      layout = Optional.of(like.rowsAt(0));
      if (names.isEmpty() || (isInvented(names) && !isInvented(theirs))) {
        names = theirs;
      }
    } catch (IllegalArgumentException e) {
      unfit += rows.rows(); // another shape under the same name: counted, and the first one stays
    }
  }

  /** Fewer rows where rows are large: images are not to fill the heap. */
  private static int capacity(Instances rows) {
    long[] bytes = {rows.tensors().size() * (long) TENSOR_BYTES};
    rows.writeRow(0, (_, more) -> bytes[0] += more);
    return Math.clamp(BYTES_MAX / bytes[0], ModelReference.ROWS_NEEDED, Reservoir.CAPACITY);
  }

  /** Columns that nobody has named: f0, f1, ... */
  static boolean isInvented(List<String> names) {
    return names.get(0).equals("f0");
  }

  private static Instances with(Instances rows, Tensor answers) {
    List<NamedTensor> tensors = new ArrayList<>(rows.tensors());
    tensors.add(new NamedTensor(AnswerClasses.NAME, answers));
    return new Instances(tensors);
  }

  int size() {
    return reservoir.size();
  }

  long seen() {
    return reservoir.seen();
  }

  /** Rows that did not fit the layout of the others. */
  long unfit() {
    return unfit;
  }

  /** What the columns are and, where the model's answers tell, what its classes are called. */
  FeatureSchema schema() {
    FeatureSchema inferred = inference.result(names).schema();
    return new FeatureSchema(
        inferred.features(), inferred.groups(), classes.names(), inferred.immutable());
  }

  /** All rows kept, without the answers. */
  Instances rows() {
    return without(kept());
  }

  /** The rows with the answer column, as they are kept across restarts. */
  Instances kept() {
    return reservoir.rows().orElseThrow();
  }

  private static Instances without(Instances rows) {
    return new Instances(rows.tensors().subList(0, rows.tensors().size() - 1));
  }

  /** At most {@code size} rows, stratified by what the model said. */
  Instances background(int size, long seed) {
    Instances all = kept();
    Tensor answers = all.tensors().get(all.tensors().size() - 1).tensor();
    int[] strata = BackgroundSample.strata(Instances.of("answer", answers));
    return without(all).rowsAt(BackgroundSample.choose(strata, size, seed));
  }

  /**
   * Takes up what was kept before a restart.
   *
   * @param kept as {@link #kept} gave it
   * @param seen rows that were offered until then: those to come weigh accordingly less
   */
  void restore(Instances kept, List<String> names, List<String> classNames, long seen) {
    NamedTensor last = kept.tensors().get(kept.tensors().size() - 1);
    if (!last.name().equals(AnswerClasses.NAME)) {
      throw new IllegalArgumentException("the kept sample has no answers");
    }
    Instances rows = without(kept);
    this.names = List.copyOf(names);
    this.layout = Optional.of(rows.rowsAt(0));
    this.inference = new SchemaInference();
    inference.add(rows);
    classes.restore(classNames);
    reservoir = new Reservoir(capacity(rows), seed);
    reservoir.add(kept);
    reservoir.passed(Math.max(0, seen - kept.rows()));
  }

  List<String> classNames() {
    return classes.names();
  }

  List<String> names() {
    return names;
  }
}
