package dev.sidelight.explainers.anchor;

import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.AnchorDraws;
import dev.sidelight.explainers.AnchorRule;
import dev.sidelight.explainers.AnchorSpace;
import dev.sidelight.explainers.Condition;
import dev.sidelight.explainers.Interval;
import dev.sidelight.explainers.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Anchors of a row of a table. D(z|A): the anchored features jointly from a uniformly drawn
 * reference row that satisfies A, all others jointly from another uniformly drawn reference row. If
 * fewer than ten rows satisfy A, anchored features are drawn one by one, each from the rows that
 * satisfy its own conditions, and are x's where there are none. Values are the wire's, bit for bit;
 * columns that are nobody's stay x's.
 */
final class TabularSpace implements AnchorSpace {

  private static final int JOINT_ROWS_MIN = 10;

  private final Columns columns;
  private final List<Atom> atoms;
  private final int size;
  private final boolean[] fixed;
  private final Map<AnchorRule, Plan> plans = new HashMap<>();

  TabularSpace(Columns columns, List<Atom> atoms) {
    this.columns = columns;
    this.atoms = List.copyOf(atoms);
    this.size = columns.referenceRows();
    this.fixed = new boolean[columns.stacked().width()];
    Arrays.fill(fixed, true);
    for (FeatureGroup unit : columns.schema().players()) {
      for (int member : unit.members()) {
        fixed[member] = false;
      }
    }
  }

  /**
   * How one rule is drawn: part k's columns come together from one of its rows.
   *
   * @param rows of x where a part has none
   */
  private record Plan(int[][] columns, int[][] rows) {}

  @Override
  public int atoms() {
    return atoms.size();
  }

  @Override
  public boolean canJoin(AnchorRule rule, int atom) {
    Atom joining = atoms.get(atom);
    for (int i = 0; i < rule.size(); i++) {
      Atom there = atoms.get(rule.atom(i));
      if (there.feature() == joining.feature() && !there.completes(joining)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public List<Clause> clauses(AnchorRule rule) {
    List<Clause> clauses = new ArrayList<>();
    boolean[] told = new boolean[rule.size()];
    for (int i = 0; i < rule.size(); i++) {
      if (told[i]) {
        continue;
      }
      Atom atom = atoms.get(rule.atom(i));
      Condition condition = atom.condition();
      List<Integer> made = new ArrayList<>(List.of(rule.atom(i)));
      for (int j = i + 1; j < rule.size(); j++) {
        Atom other = atoms.get(rule.atom(j));
        if (other.feature() == atom.feature() && other.completes(atom)) {
          condition = interval(atom.condition(), other.condition());
          made.add(rule.atom(j));
          told[j] = true;
        }
      }
      clauses.add(new Clause(condition, made));
    }
    return clauses;
  }

  private static Condition interval(Condition one, Condition other) {
    if (one instanceof Condition.Above(String feature, double low)
        && other instanceof Condition.AtMost(_, double high)) {
      return new Condition.Within(feature, low, high);
    }
    if (other instanceof Condition.Above) {
      return interval(other, one);
    }
    throw new IllegalArgumentException(one + " and " + other + " make no interval");
  }

  private long[] satisfying(AnchorRule rule) {
    long[] rows = RowSet.all(size);
    for (int i = 0; i < rule.size(); i++) {
      and(rows, atoms.get(rule.atom(i)).rows());
    }
    return rows;
  }

  private static void and(long[] rows, long[] with) {
    for (int w = 0; w < rows.length; w++) {
      rows[w] &= with[w];
    }
  }

  @Override
  public double coverage(AnchorRule rule) {
    return (double) RowSet.count(satisfying(rule)) / size;
  }

  @Override
  public Interval coverageInterval(AnchorRule rule) {
    return BinomialTail.clopperPearson(RowSet.count(satisfying(rule)), size);
  }

  @Override
  public String coverageOf() {
    return "traffic";
  }

  private Plan plan(AnchorRule rule) {
    return plans.computeIfAbsent(rule, this::newPlan);
  }

  private Plan newPlan(AnchorRule rule) {
    if (rule.size() == 0) {
      return new Plan(new int[0][], new int[0][]);
    }
    Map<Integer, long[]> ownRows = new HashMap<>();
    List<Atom> units = new ArrayList<>();
    for (int i = 0; i < rule.size(); i++) {
      Atom atom = atoms.get(rule.atom(i));
      long[] own = ownRows.get(atom.unit());
      if (own == null) {
        ownRows.put(atom.unit(), atom.rows().clone());
        units.add(atom);
      } else {
        and(own, atom.rows());
      }
    }
    int[] joint = RowSet.list(satisfying(rule));
    if (joint.length >= JOINT_ROWS_MIN) {
      int[] anchored = units.stream().flatMapToInt(u -> Arrays.stream(u.columns())).toArray();
      return new Plan(new int[][] {anchored}, new int[][] {joint});
    }
    int[][] drawn = new int[units.size()][];
    int[][] rows = new int[units.size()][];
    for (int u = 0; u < drawn.length; u++) {
      drawn[u] = units.get(u).columns();
      rows[u] = RowSet.list(ownRows.getOrDefault(units.get(u).unit(), new long[0]));
    }
    return new Plan(drawn, rows);
  }

  /** Where each column of one draw comes from: 0 is x, r + 1 reference row r. */
  private void draw(Plan plan, RandomStream random, int[] rowOf) {
    int other = 1 + (int) random.below(size);
    for (int c = 0; c < rowOf.length; c++) {
      rowOf[c] = fixed[c] ? 0 : other;
    }
    for (int part = 0; part < plan.columns.length; part++) {
      int[] rows = plan.rows[part];
      int from = rows.length == 0 ? 0 : 1 + rows[(int) random.below(rows.length)];
      for (int column : plan.columns[part]) {
        rowOf[column] = from;
      }
    }
  }

  @Override
  public Instances rows(List<AnchorDraws> blocks) {
    int total = 0;
    for (AnchorDraws block : blocks) {
      total += block.count();
    }
    int[][] rowOf = new int[total][fixed.length];
    int row = 0;
    for (AnchorDraws block : blocks) {
      Plan plan = plan(block.rule());
      for (int i = 0; i < block.count(); i++) {
        draw(plan, block.random(i), rowOf[row++]);
      }
    }
    return columns.stacked().pick(rowOf);
  }

  @Override
  public boolean holds(AnchorRule rule, AnchorDraws draws, int i) {
    int[] rowOf = new int[fixed.length];
    draw(plan(draws.rule()), draws.random(i), rowOf);
    for (int a = 0; a < rule.size(); a++) {
      Atom atom = atoms.get(rule.atom(a));
      int from = rowOf[atom.feature()];
      if (from > 0 && !RowSet.has(atom.rows(), from - 1)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long rowBytes() {
    long[] most = new long[1];
    for (int row = 0; row < columns.stacked().rows(); row++) {
      long[] bytes = new long[1];
      columns.stacked().writeRow(row, (_, count) -> bytes[0] += count);
      most[0] = Math.max(most[0], bytes[0]);
    }
    return most[0] + 4L * fixed.length;
  }
}
