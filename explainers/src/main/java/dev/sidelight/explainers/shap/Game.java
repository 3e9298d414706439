package dev.sidelight.explainers.shap;

import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.Masker;
import dev.sidelight.explainers.PredictorSession;
import dev.sidelight.explainers.RowAnswers;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The game of one explanation: v(S) is the weighted mean over the background of f(x on S, b
 * elsewhere). Holds the hybrids asked so far, what the model said to each, and which background
 * rows are still in the game. Hybrid 0 is x itself.
 */
final class Game {

  /** Rows held at once; a larger round is made and sent in pieces. */
  private static final long PIECE_BYTES = 64L << 20;

  /** Share of background rows that may leave because the model refused one of their hybrids. */
  private static final double DROPPED_MAX = 0.1;

  private final Masker masker;
  private final Background background;
  private final PredictorSession session;
  private final OutputSelector selector;
  private final LinkScale scale;
  private final HybridTable hybrids;
  private final Coalition all;
  private final boolean[] dropped;
  private final BitSet failed = new BitSet();
  private double liveWeight = 1;
  private int answered;
  private long rowsLogical;
  private double[] values = new double[0];
  private @Nullable Readout readout;

  Game(Masker masker, PredictorSession session, OutputSelector selector, LinkScale scale) {
    this.masker = masker;
    this.background = new BackgroundBuilder(masker).build();
    this.session = session;
    this.selector = selector;
    this.scale = scale;
    this.hybrids = new HybridTable(background);
    this.all = Coalition.all(background.players());
    this.dropped = new boolean[background.groups()];
    hybrids.add(0, all.words());
  }

  Background background() {
    return background;
  }

  HybridTable hybrids() {
    return hybrids;
  }

  LinkScale scale() {
    return scale;
  }

  PredictorSession session() {
    return session;
  }

  int players() {
    return background.players();
  }

  /** Counts rows as a client without de-duplication would have sent them. */
  void countLogical(double rows) {
    rowsLogical += (long) Math.min(rows, Binomials.MANY);
  }

  long rowsLogical() {
    return Math.max(rowsLogical, answered);
  }

  /** Known once x has been answered. */
  Readout readout() {
    if (readout == null) {
      throw new IllegalStateException("x has not been asked yet");
    }
    return readout;
  }

  int outputs() {
    return readout().size();
  }

  /** One round trip: asks for every hybrid added since the last one. */
  void ask() {
    int to = hybrids.size();
    if (to == answered) {
      return;
    }
    int rowsPerPiece = Math.clamp(PIECE_BYTES / masker.rowBytes(), 1, to);
    session.askInPieces(new Pieces(answered, to, rowsPerPiece), answers -> keep(answers, to));
  }

  /** Hybrids {@code from} to {@code to - 1}, a bounded number at a time. */
  private final class Pieces implements Iterator<Instances> {
    private final int to;
    private final int step;
    private int at;

    Pieces(int from, int to, int step) {
      this.at = from;
      this.to = to;
      this.step = step;
    }

    @Override
    public boolean hasNext() {
      return at < to;
    }

    @Override
    public Instances next() {
      if (at >= to) {
        throw new NoSuchElementException();
      }
      int from = at;
      at = Math.min(to, from + step);
      return masker.rows(new HybridBlock(hybrids, background, masker.players().size(), from, at));
    }
  }

  private void keep(RowAnswers answers, int total) {
    if (readout == null) {
      if (answers.failed().get(0)) {
        throw rowRefused();
      }
      readout = selector.select(answers.outputs());
    }
    int outputs = readout.size();
    if (values.length < total * outputs) {
      values = Arrays.copyOf(values, total * outputs);
    }
    Tensor tensor = readout.tensorIn(answers.outputs());
    for (int row = 0; row < answers.outputs().rows(); row++, answered++) {
      boolean usable = !answers.failed().get(row);
      for (int k = 0; usable && k < outputs; k++) {
        double output = readout.read(tensor, row, k);
        usable = Double.isFinite(output);
        values[answered * outputs + k] = usable ? scale.ofRow(output) : 0;
      }
      failed.set(answered, !usable);
    }
    if (failed.get(0)) {
      throw rowRefused();
    }
  }

  private static ExplainException rowRefused() {
    return new ExplainException(
        "row_refused", "", "the model gave no usable answer to the row to be explained");
  }

  boolean anyFailed() {
    return !failed.isEmpty();
  }

  boolean isFailed(int hybrid) {
    return failed.get(hybrid);
  }

  /** Explained output k of a hybrid, in the scale that is averaged over the background. */
  double output(int hybrid, int k) {
    return values[hybrid * outputs() + k];
  }

  boolean isLive(int group) {
    return !dropped[group];
  }

  /** The group's share of the rows still in the game. */
  double weight(int group) {
    return background.weight()[group] / liveWeight;
  }

  /** Sum of the squares of all single rows' shares: 1/N where all weigh the same. */
  double squaredWeights() {
    double sum = 0;
    for (int g = 0; g < dropped.length; g++) {
      sum += dropped[g] ? 0 : background.squaredWeight()[g];
    }
    return sum / (liveWeight * liveWeight);
  }

  int rowsDropped() {
    int rows = 0;
    for (int g = 0; g < dropped.length; g++) {
      rows += dropped[g] ? background.rowsOf()[g] : 0;
    }
    return rows;
  }

  /** Takes a group out for all coalitions, since the model refused one of its hybrids. */
  void drop(int group, int hybrid) {
    dropped[group] = true;
    CompensatedSum left = new CompensatedSum();
    for (int g = 0; g < dropped.length; g++) {
      left.add(dropped[g] ? 0 : background.weight()[g]);
    }
    liveWeight = left.value();
    if (rowsDropped() > DROPPED_MAX * background.rows()) {
      throw new ExplainException("perturbations_refused", "", sample(group, hybrid));
    }
  }

  private String sample(int group, int hybrid) {
    String fromX =
        Arrays.stream(background.differing()[hybrids.group(hybrid)])
            .filter(p -> hybrids.isFromX(hybrid, p))
            .mapToObj(p -> masker.players().get(background.active()[p]))
            .map(FeatureGroup::name)
            .collect(Collectors.joining(", "));
    return "the model refused hybrids of more than %.0f %% of the background; for example background row %d with the explained row's values of [%s]"
        .formatted(100 * DROPPED_MAX, background.firstRow()[group], fromX);
  }

  /**
   * v(S) of every explained output, in link space. All its hybrids must have been answered.
   *
   * @param to one entry per explained output
   */
  void value(Coalition coalition, double[] to) {
    CompensatedSum[] sums = new CompensatedSum[to.length];
    Arrays.setAll(sums, _ -> new CompensatedSum());
    for (int g = 0; g < dropped.length; g++) {
      if (!dropped[g]) {
        int hybrid = hybrids.find(g, coalition.words());
        for (int k = 0; k < to.length; k++) {
          sums[k].add(weight(g) * output(hybrid, k));
        }
      }
    }
    for (int k = 0; k < to.length; k++) {
      to[k] = scale.ofMean(sums[k].value());
    }
  }

  /** v of everybody, free of the rounding of a mean of equal numbers. */
  double prediction(int k) {
    return scale.ofMean(output(0, k));
  }
}
