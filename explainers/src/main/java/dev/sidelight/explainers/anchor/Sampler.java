package dev.sidelight.explainers.anchor;

import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.AnchorDraws;
import dev.sidelight.explainers.AnchorRule;
import dev.sidelight.explainers.AnchorSettings;
import dev.sidelight.explainers.AnchorSpace;
import dev.sidelight.explainers.PredictorSession;
import dev.sidelight.explainers.RandomStream;
import dev.sidelight.explainers.RowAnswers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws rows, asks the model about them and counts hits. A round counts whole or not at all. A row
 * that failed is a miss.
 */
final class Sampler {

  /** Rows held at once; a larger round is made and sent in pieces. */
  private static final long PIECE_BYTES = 64L << 20;

  private final AnchorSpace space;
  private final PredictorSession session;
  private final AnchorSettings settings;
  private final List<String> classes;
  private final Instances x;
  private final long searchKey;
  private final long freshKey;
  private @Nullable SameAnswer same;
  private double tolerance;

  /**
   * @param classes names of the model's outputs in the schema, empty if unknown
   * @param x n = 1
   */
  Sampler(
      AnchorSpace space,
      PredictorSession session,
      AnchorSettings settings,
      List<String> classes,
      Instances x,
      long seed) {
    this.space = space;
    this.session = session;
    this.settings = settings;
    this.classes = classes;
    this.x = x;
    this.searchKey = RandomStream.key(seed, "search");
    this.freshKey = RandomStream.key(seed, "certify");
  }

  AnchorSpace space() {
    return space;
  }

  /** What x's answer is; known after the first round. */
  SameAnswer same() {
    if (same == null) {
      throw new IllegalStateException("x has not been asked yet");
    }
    return same;
  }

  double tolerance() {
    return tolerance;
  }

  AnchorDraws draws(AnchorRule rule, boolean fresh, int first, int count) {
    long key = fresh ? freshKey : searchKey;
    return new AnchorDraws(rule, RandomStream.mix(key ^ rule.key()), first, count);
  }

  /**
   * One round trip. The first one also asks for x, and its first entry, drawn from the whole
   * reference, sets the tolerance of a regression that has none.
   */
  void ask(List<Wanted> wanted) {
    boolean first = same == null;
    Round round = new Round(wanted, first);
    session.askInPieces(round, round::take);
    SameAnswer settled = same();
    if (first && settled.isNumber()) {
      tolerance =
          settings.tolerance().isPresent()
              ? settings.tolerance().getAsDouble()
              : 0.5 * spread(round.values, wanted.get(0).count());
    }
    int at = 0;
    for (Wanted each : wanted) {
      for (int i = 0; i < each.count(); i++) {
        each.tally().add(Math.abs(round.values[at++] - settled.x()) <= tolerance); // false for NaN
      }
    }
  }

  /** Standard deviation of the finite ones among the first n. */
  private static double spread(double[] values, int n) {
    double[] finite = Arrays.stream(values, 0, n).filter(Double::isFinite).toArray();
    double mean = Arrays.stream(finite).average().orElse(0);
    double squares = Arrays.stream(finite).map(v -> (v - mean) * (v - mean)).sum();
    return finite.length == 0 ? 0 : Math.sqrt(squares / finite.length);
  }

  /** The rows of one round, made piece by piece, and what the model said. */
  private final class Round implements Iterator<Instances> {

    private final List<AnchorDraws> blocks = new ArrayList<>();
    private final int rowsPerPiece = Math.clamp(PIECE_BYTES / space.rowBytes(), 1, 1 << 24);
    private final double[] values;
    private boolean withX;
    private int block;
    private int used;
    private int answered;

    Round(List<Wanted> wanted, boolean withX) {
      this.withX = withX;
      int rows = 0;
      for (Wanted each : wanted) {
        blocks.add(draws(each.arm().rule(), each.fresh(), each.tally().rows(), each.count()));
        rows += each.count();
      }
      this.values = new double[rows];
    }

    @Override
    public boolean hasNext() {
      return block < blocks.size();
    }

    @Override
    public Instances next() {
      List<AnchorDraws> piece = new ArrayList<>();
      int room = rowsPerPiece;
      while (room > 0 && block < blocks.size()) {
        AnchorDraws all = blocks.get(block);
        int count = Math.min(room, all.count() - used);
        piece.add(new AnchorDraws(all.rule(), all.stream(), all.first() + used, count));
        room -= count;
        used += count;
        if (used == all.count()) {
          block++;
          used = 0;
        }
      }
      Instances rows = space.rows(piece);
      boolean lead = withX;
      withX = false;
      return lead ? Instances.stack(List.of(x, rows)) : rows;
    }

    void take(RowAnswers answers) {
      int from = 0;
      if (same == null) {
        if (answers.failed().get(0)) {
          throw SameAnswer.refused();
        }
        same = SameAnswer.of(settings, classes, answers.outputs());
        from = 1;
      }
      Tensor tensor = same().output().in(answers.outputs());
      for (int row = from; row < answers.outputs().rows(); row++) {
        values[answered++] = answers.failed().get(row) ? Double.NaN : same().read(tensor, row);
      }
    }
  }
}
