package dev.sidelight.explainers.anchor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidelight.core.predict.Predictor;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Anchor;
import dev.sidelight.explainers.AnchorFailure.Reason;
import dev.sidelight.explainers.AnchorSettings;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.Condition;
import dev.sidelight.explainers.ExplainRequest;
import dev.sidelight.explainers.Literal;
import dev.sidelight.explainers.Progress;
import dev.sidelight.explainers.RuleSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RuleExplainerTest {

  private static final Table.Row[] ROWS = Table.random(800, 3, 5);
  private static final ReferenceSet REFERENCE = Table.reference(ROWS);
  private static final Table.Row X = new Table.Row(new double[] {80, 30, 0}, "a < b");

  private static Anchor audit(Predictor model, Condition... rule) {
    return new RuleExplainer()
        .explain(
            new ExplainRequest<>(
                Table.rows(X),
                REFERENCE,
                new RuleSettings(AnchorSettings.defaults(), List.of(rule)),
                Budget.defaults(),
                3),
            new MemorySession(model),
            Progress.NONE);
  }

  private static Condition city() {
    return new Condition.Equal("city", Literal.text("a < b"));
  }

  /** 1 where f0 + f1 is large, on a border that rules of the two cannot follow. */
  private static long border(Table.Row row) {
    return row.numbers()[0] + row.numbers()[1] > 90 ? 1 : 0;
  }

  @Test
  void agreesWithPlainDraws() {
    Anchor audit =
        audit(
            Table.labels(RuleExplainerTest::border),
            city(),
            new Condition.Above("f0", 66.5),
            new Condition.Within("f1", 12, 66));

    Random random = new Random(17);
    Table.Row[] covered =
        Arrays.stream(ROWS)
            .filter(r -> r.city().equals("a < b") && r.numbers()[0] > 66.5)
            .filter(r -> r.numbers()[1] > 12 && r.numbers()[1] <= 66)
            .toArray(Table.Row[]::new);
    int hits = 0;
    for (int i = 0; i < 100_000; i++) {
      hits += (int) border(covered[random.nextInt(covered.length)]);
    }
    double precision = hits / 100_000.0;
    assertThat(covered.length).isGreaterThanOrEqualTo(10);
    assertThat(audit.coverage()).isEqualTo(covered.length / 800.0, within(1e-12));
    assertThat(precision)
        .isBetween(audit.precisionInterval().low(), audit.precisionInterval().high());
    assertThat(audit.precision())
        .isEqualTo(precision, within(4 * Math.sqrt(0.25 / audit.precisionRows())));
    assertThat(audit.method()).isEqualTo("rule");
    assertThat(audit.alpha()).isEqualTo(0.05);
    assertThat(Table.texts(audit)).containsExactly("city = a < b", "f0 > 66.5", "12 < f1 <= 66");
  }

  @Test
  void certified_orRefuted() {
    Anchor good =
        audit(Table.labels(row -> row.numbers()[0] > 50 ? 1 : 0), new Condition.Above("f0", 60));
    Anchor bad =
        audit(Table.labels(row -> row.numbers()[1] > 50 ? 1 : 0), new Condition.Above("f0", 60));

    assertThat(good.success()).isTrue();
    assertThat(good.precisionLowerBound()).isGreaterThan(0.99);
    assertThat(bad.failure().orElseThrow().reason()).isEqualTo(Reason.NO_RULE);
    assertThat(bad.precisionInterval().high()).isLessThan(0.6);
  }

  @Test
  void emptyRule_isThePrecisionOfEverything() {
    Anchor audit = audit(Table.labels(row -> row.numbers()[0] > 9 ? 1 : 0));

    assertThat(audit.coverage()).isEqualTo(1);
    assertThat(audit.precision()).isEqualTo(0.9, within(0.05));
    assertThat(audit.allPrecision()).isEqualTo(audit.precision());
  }

  @Test
  void whatWasFound_canBeAudited() {
    Predictor model =
        Table.labels(row -> row.city().equals("a < b") && row.numbers()[0] > 70 ? 1 : 0);
    Anchor found = Table.explain(Table.request(X, REFERENCE), model);

    Anchor audit =
        audit(model, found.predicates().stream().map(p -> p.condition()).toArray(Condition[]::new));

    assertThat(found.success()).isTrue();
    assertThat(audit.success()).isTrue();
    assertThat(audit.coverage()).isEqualTo(found.coverage());
    assertThat(audit.precision()).isEqualTo(1);
  }

  @Test
  void wrongConditions_pointAtThem() {
    Predictor model = Table.labels(_ -> 1);

    assertRefused(
        model, "/predicates/1", "not true of the row", city(), new Condition.Above("f0", 80));
    assertRefused(model, "/predicates/0", "no feature 'f9'", new Condition.AtMost("f9", 1));
    assertRefused(model, "/predicates/0", "not true of the row", new Condition.AtMost("city", 1));
    assertRefused(
        model, "/predicates/0", "not true", new Condition.Equal("city", Literal.text("Oslo")));
    assertRefused(
        model,
        "/predicates/1",
        "a condition already",
        new Condition.Above("f0", 10),
        new Condition.Above("f0", 20));
    assertRefused(model, "/predicates/0", "no condition on a column", new Condition.Kept("f0", 0));
  }

  private static void assertRefused(
      Predictor model, String pointer, String message, Condition... rule) {
    assertThatThrownBy(() -> audit(model, rule))
        .hasMessageContaining(message)
        .extracting("code", "pointer")
        .containsExactly("parameter_range", pointer);
  }

  @Test
  void equalNumber_mayBeAudited() {
    Anchor audit =
        audit(
            Table.labels(row -> row.numbers()[2] == 0 ? 1 : 0),
            new Condition.Equal("f2", Literal.number("0.0")));

    assertThat(audit.success()).isTrue();
    assertThat(Table.texts(audit)).containsExactly("f2 = 0");
  }
}
