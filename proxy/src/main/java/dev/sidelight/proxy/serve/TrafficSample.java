package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.BackgroundSample;
import dev.sidelight.core.tensor.Conform;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Reservoir;
import dev.sidelight.core.tensor.SchemaInference;
import dev.sidelight.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A uniform sample of the rows one model was asked in the last 7 days, each with what the model
 * said, when, and which revision of it. Rows of another protocol are brought into the layout of the
 * first. Not thread-safe.
 */
final class TrafficSample {

  /** What the rows of one model may take of the heap, about. */
  private static final long BYTES_MAX = 16 << 20;

  /** Objects around one tensor of one row. */
  private static final int TENSOR_BYTES = 96;

  /** Name of the column [n, 2] of seconds since 1970 and places of revisions. */
  private static final String MARK = "\0mark";

  /** Tensors of a kept row that are none of the model's. */
  private static final int OWN_TENSORS = 2;

  /** Rows for a background, and how many of them other revisions of the model have answered. */
  record Background(Instances rows, int older) {}

  private final long seed;
  private final Revisions revisions = new Revisions();
  private final Window window = new Window();
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
   */
  void add(Instances rows, Instances outputs, Seen seen) {
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
      forget(seen.micros());
      Tensor marks = marks(rows.rows(), seen.micros(), revisions.observe(seen.revision()));
      reservoir.add(with(fitting, marks, answers), seen.weight());
      window.add(seen.micros(), rows.rows() * seen.weight());
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

  /** Rows that are older than the window when it is {@code nowMicros} are not normal any more. */
  void forget(long nowMicros) {
    if (window.isDue(nowMicros)) {
      long start = Window.startMicros(nowMicros) / 1_000_000;
      reservoir.forget(row -> second(row, 0) < start, window.forget(nowMicros));
    }
  }

  private static Tensor marks(int rows, long micros, int revision) {
    long[] values = new long[2 * rows];
    for (int r = 0; r < rows; r++) {
      values[2 * r] = micros / 1_000_000;
      values[2 * r + 1] = revision;
    }
    return new IntegerTensor(DataType.INT64, List.of(rows, 2), values);
  }

  private static long second(Instances kept, int row) {
    return mark(kept).value(row, 0);
  }

  private static IntegerTensor mark(Instances kept) {
    return (IntegerTensor) kept.tensors().get(kept.tensors().size() - OWN_TENSORS).tensor();
  }

  private static Instances with(Instances rows, Tensor marks, Tensor answers) {
    List<NamedTensor> tensors = new ArrayList<>(rows.tensors());
    tensors.add(new NamedTensor(MARK, marks));
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
    return new Instances(rows.tensors().subList(0, rows.tensors().size() - OWN_TENSORS));
  }

  /**
   * At most {@code size} rows, stratified by what the model said; rows of the current revision, and
   * others only where these are too few.
   */
  Background background(int size, long seed) {
    Instances all = kept();
    Tensor answers = all.tensors().get(all.tensors().size() - 1).tensor();
    int[] strata = BackgroundSample.strata(Instances.of("answer", answers));
    int[] own = rowsOf(all, /* current= */ true);
    if (own.length >= size || own.length == all.rows()) {
      return new Background(without(all).rowsAt(choose(own, strata, size, seed)), 0);
    }
    int[] others = choose(rowsOf(all, /* current= */ false), strata, size - own.length, seed);
    int[] both = IntStream.concat(Arrays.stream(own), Arrays.stream(others)).sorted().toArray();
    return new Background(without(all).rowsAt(both), others.length);
  }

  private static int[] choose(int[] rows, int[] strata, int size, long seed) {
    int[] theirs = Arrays.stream(rows).map(row -> strata[row]).toArray();
    return Arrays.stream(BackgroundSample.choose(theirs, size, seed)).map(i -> rows[i]).toArray();
  }

  private int[] rowsOf(Instances all, boolean current) {
    IntegerTensor marks = mark(all);
    return IntStream.range(0, all.rows())
        .filter(row -> (marks.value(row, 1) == revisions.current()) == current)
        .toArray();
  }

  /** Rows that the current revision has answered. Costs a pass over the sample. */
  int ownRows() {
    return size() == 0 ? 0 : rowsOf(kept(), /* current= */ true).length;
  }

  /** The current revision; empty where nobody told one. */
  String revision() {
    return revisions.currentName();
  }

  /**
   * Takes up what was kept before a restart.
   *
   * @param kept as {@link #kept} gave it
   * @param seen rows that were offered until then: those to come weigh accordingly less
   */
  void restore(Instances kept, List<String> names, List<String> classNames, long seen) {
    int own = kept.tensors().size() - OWN_TENSORS;
    if (own < 1 || !kept.tensors().get(own).name().equals(MARK)) {
      throw new IllegalArgumentException("the kept sample has no answers or no marks");
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

  Revisions revisions() {
    return revisions;
  }

  Window window() {
    return window;
  }

  List<String> classNames() {
    return classes.names();
  }

  List<String> names() {
    return names;
  }
}
