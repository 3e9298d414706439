package dev.sidelight.explainers.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.FeatureKind;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.explainers.AnchorDraws;
import dev.sidelight.explainers.AnchorRule;
import dev.sidelight.explainers.Condition;
import dev.sidelight.explainers.Literal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TabularSpaceTest {

  private static TabularSpace space(Table.Row x, Table.Row... reference) {
    Columns columns =
        new Columns(Table.rows(x), Table.rows(reference), Table.schema(x.numbers().length));
    return new TabularSpace(columns, new AtomBuilder(columns).all(4));
  }

  /** Few rows, few values, NaN, infinities, and often an x outside of all of them. */
  private static Table.Row hostile(Random random) {
    double[] values = {0, -0.0, 1, 2, Double.NaN, 1e300, Double.NEGATIVE_INFINITY, 7};
    double[] numbers = new double[3];
    Arrays.setAll(numbers, _ -> values[random.nextInt(values.length)]);
    return new Table.Row(
        numbers, Table.CITIES[random.nextInt(Table.CITIES.length)] + random.nextInt(2));
  }

  private static AnchorRule anyRule(TabularSpace space, Random random) {
    AnchorRule rule = AnchorRule.EMPTY;
    for (int tries = random.nextInt(6); tries > 0 && space.atoms() > 0; tries--) {
      int atom = random.nextInt(space.atoms());
      if (space.canJoin(rule, atom)) {
        rule = rule.with(atom);
      }
    }
    return rule;
  }

  /** Judged on the row's own values, by what is printed. */
  private static boolean satisfies(TabularSpace space, AnchorRule rule, Table.Row row) {
    return space.clauses(rule).stream().allMatch(c -> satisfies(c.condition(), row));
  }

  private static boolean satisfies(Condition condition, Table.Row row) {
    if (condition.feature().equals("city")) {
      return condition.text().equals("city = " + row.city());
    }
    double value = row.numbers()[Integer.parseInt(condition.feature().substring(1))];
    return switch (condition) {
      case Condition.Above(_, double low) -> value > low;
      case Condition.AtMost(_, double high) -> value <= high;
      case Condition.Within(_, double low, double high) -> value > low && value <= high;
      case Condition.Equal(_, Literal literal) ->
          literal.kind() == Literal.Kind.MISSING && Double.isNaN(value);
      case Condition.Kept _ -> false;
    };
  }

  @Property(tries = 400)
  void everyDrawSatisfiesTheRule_andDoesNotDependOnItsBatch(@ForAll long seed) {
    Random random = new Random(seed);
    Table.Row x = hostile(random);
    Table.Row[] reference = new Table.Row[1 + random.nextInt(60)];
    Arrays.setAll(reference, _ -> hostile(random));
    TabularSpace space = space(x, reference);
    AnchorRule rule = anyRule(space, random);
    AnchorRule other = anyRule(space, random);

    Instances whole = space.rows(List.of(new AnchorDraws(rule, seed, 0, 50)));
    Instances parts =
        space.rows(
            List.of(
                new AnchorDraws(rule, seed, 0, 7),
                new AnchorDraws(other, seed, 0, 3),
                new AnchorDraws(rule, seed, 7, 43)));

    assertThat(satisfies(space, rule, x)).isTrue();
    for (int i = 0; i < 50; i++) {
      Table.Row drawn = Table.row(whole, i);
      assertThat(satisfies(space, rule, drawn)).isTrue();
      assertThat(space.holds(other, new AnchorDraws(rule, seed, 0, 50), i))
          .isEqualTo(satisfies(space, other, drawn));
      assertThat(parts.rowsAt(i < 7 ? i : i + 3)).isEqualTo(whole.rowsAt(i));
    }
    long covered = Arrays.stream(reference).filter(row -> satisfies(space, rule, row)).count();
    assertThat(space.coverage(rule)).isEqualTo((double) covered / reference.length, within(1e-12));
    assertThat(space.coverage(rule))
        .isBetween(space.coverageInterval(rule).low(), space.coverageInterval(rule).high());
  }

  @Test
  void manyRowsSatisfy_anchoredColumnsComeFromOneRow_theRestFromAnother() {
    Table.Row[] reference = Table.random(600, 4, 3);
    TabularSpace space = space(reference[0], reference);
    AnchorRule rule = AnchorRule.EMPTY.with(0).with(space.atoms() - 1);
    int[] anchored = {0, 4};

    Instances drawn = space.rows(List.of(new AnchorDraws(rule, 1, 0, 300)));

    int mixed = 0;
    for (int i = 0; i < 300; i++) {
      Table.Row row = Table.row(drawn, i);
      assertThat(reference).anyMatch(r -> agree(r, row, anchored));
      assertThat(reference).anyMatch(r -> agree(r, row, 1, 2, 3));
      mixed += Arrays.stream(reference).anyMatch(r -> agree(r, row, 0, 1, 2, 3, 4)) ? 0 : 1;
    }
    assertThat(mixed).isGreaterThan(200);
  }

  private static boolean agree(Table.Row one, Table.Row other, int... columns) {
    return Arrays.stream(columns)
        .allMatch(
            c -> c == 4 ? one.city().equals(other.city()) : one.numbers()[c] == other.numbers()[c]);
  }

  @Test
  void draws_areUniformOverTheRowsThatSatisfy() {
    Table.Row[] reference = Table.random(40, 2, 5);
    TabularSpace space = space(reference[0], reference);
    Instances drawn = space.rows(List.of(new AnchorDraws(AnchorRule.EMPTY, 9, 0, 40_000)));

    int[] counts = new int[40];
    for (int i = 0; i < 40_000; i++) {
      Table.Row row = Table.row(drawn, i);
      counts[
          IntStream.range(0, 40)
              .filter(r -> agree(reference[r], new Table.Row(row.numbers(), ""), 0, 1))
              .filter(r -> reference[r].city().equals(row.city()))
              .findFirst()
              .orElseThrow()]++;
    }
    double chiSquare =
        Arrays.stream(counts).mapToDouble(c -> (c - 1_000) * (c - 1_000) / 1e3).sum();
    assertThat(chiSquare).isLessThan(72.1); // 39 degrees, 0.1 %
  }

  @Test
  void cuts_areTheReferencesOwnValues_andNeverItsLargest() {
    Table.Row[] reference = new Table.Row[100];
    Arrays.setAll(reference, r -> new Table.Row(new double[] {r / 7.0, r < 20 ? 0.1 : 1}, "Oslo"));
    TabularSpace space = space(new Table.Row(new double[] {5, 1}, "Oslo"), reference);

    List<String> texts =
        IntStream.range(0, space.atoms())
            .mapToObj(a -> space.clauses(AnchorRule.EMPTY.with(a)).get(0).condition().text())
            .toList();

    assertThat(texts)
        .containsExactly("f0 > " + 24 / 7.0, "f0 <= 7", "f0 <= " + 74 / 7.0, "f1 > 0.1");
  }

  @Test
  void twoHalfLines_areOneInterval_stricterTwinsCannotJoin() {
    Table.Row[] reference = new Table.Row[100];
    Arrays.setAll(reference, r -> new Table.Row(new double[] {r}, "Oslo"));
    TabularSpace space = space(new Table.Row(new double[] {30}, "Oslo"), reference);
    AnchorRule rule = AnchorRule.EMPTY.with(1).with(0); // <= 49, then > 24

    assertThat(space.clauses(rule)).hasSize(1);
    assertThat(space.clauses(rule).get(0).condition())
        .isEqualTo(new Condition.Within("f0", 24, 49));
    assertThat(space.clauses(rule).get(0).condition().text()).isEqualTo("24 < f0 <= 49");
    assertThat(space.canJoin(AnchorRule.EMPTY.with(1), 2)).isFalse(); // <= 74 beside <= 49
    assertThat(space.canJoin(rule, 2)).isFalse();
    assertThat(space.coverage(rule)).isEqualTo(0.25, within(1e-12));
  }

  @Test
  void hostileLabels_keepTheFeaturesName() {
    Table.Row[] reference = Table.random(100, 1, 2);
    TabularSpace space = space(new Table.Row(new double[] {0}, "a < b"), reference);

    Condition last = space.clauses(AnchorRule.EMPTY.with(space.atoms() - 1)).get(0).condition();

    assertThat(last).isEqualTo(new Condition.Equal("city", Literal.text("a < b")));
    assertThat(last.text()).isEqualTo("city = a < b");
  }

  @Test
  void oneHotGroup_isOneCategory_drawnTogether() {
    FeatureSchema schema =
        new FeatureSchema(
            List.of(
                Feature.numeric("age"),
                Feature.numeric("country_US"),
                Feature.numeric("country_MX")),
            List.of(new FeatureGroup("country", List.of(1, 2), true)),
            List.of(),
            Set.of());
    double[] flat = new double[300];
    for (int r = 0; r < 100; r++) {
      flat[3 * r] = r;
      flat[3 * r + 1 + (r % 4 == 0 ? 1 : 0)] = 1;
    }
    Instances reference = Instances.of("x", new DoubleTensor(DataType.FP64, List.of(100, 3), flat));
    Columns columns = new Columns(reference.rowsAt(4), reference, schema);
    TabularSpace space = new TabularSpace(columns, new AtomBuilder(columns).all(4));
    AnchorRule rule = AnchorRule.EMPTY.with(space.atoms() - 1);

    assertThat(space.clauses(rule).get(0).condition().text()).isEqualTo("country = MX");
    assertThat(space.coverage(rule)).isEqualTo(0.25, within(1e-12));
    Instances drawn = space.rows(List.of(new AnchorDraws(AnchorRule.EMPTY, 3, 0, 200)));
    for (int i = 0; i < 200; i++) {
      DoubleTensor row = (DoubleTensor) drawn.tensors().get(0).tensor();
      assertThat(row.value(i, 1) + row.value(i, 2)).isEqualTo(1);
    }
  }

  @Test
  void wireValues_bitForBit_labelsOfIndices_opaqueColumnsStayXs() {
    long big = (1L << 53) + 1;
    FeatureSchema schema =
        FeatureSchema.of(
            List.of(
                Feature.numeric("id"),
                new Feature("colour", FeatureKind.CATEGORICAL, List.of("red", "blue")),
                new Feature("token", FeatureKind.OPAQUE, List.of())));
    Instances reference =
        new Instances(
            List.of(
                new NamedTensor(
                    "n",
                    new IntegerTensor(
                        DataType.INT64, List.of(3, 2), new long[] {big, 1, big + 2, 0, 5, 1})),
                new NamedTensor("t", dev.sidelight.core.tensor.BytesTensor.ofText("a", "b", "c"))));
    Columns columns = new Columns(reference.rowsAt(0), reference, schema);
    TabularSpace space = new TabularSpace(columns, new AtomBuilder(columns).all(4));

    Instances drawn = space.rows(List.of(new AnchorDraws(AnchorRule.EMPTY, 3, 0, 60)));

    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      ids.add(((IntegerTensor) drawn.tensors().get(0).tensor()).value(i, 0));
      assertThat(drawn.tensors().get(1).tensor().text(i, 0)).isEqualTo("a");
    }
    assertThat(Set.copyOf(ids)).containsExactlyInAnyOrder(big, big + 2, 5L);
    assertThat(space.clauses(AnchorRule.EMPTY.with(space.atoms() - 1)).get(0).condition().text())
        .isEqualTo("colour = blue");
  }
}
