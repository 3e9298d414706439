package dev.sidelight.explainers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnchorContractsTest {

  private static AnchorSettings settings(
      double threshold,
      double delta,
      int beam,
      int rows,
      int predicates,
      int bins,
      double tolerance) {
    return new AnchorSettings(
        threshold,
        delta,
        beam,
        rows,
        predicates,
        bins,
        OptionalDouble.of(tolerance),
        Optional.empty(),
        OptionalInt.empty(),
        false);
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, .1, 3, 2048, 8, 4, 0, threshold, 'in (0.5, 1), got 0.5'",
    "1, .1, 3, 2048, 8, 4, 0, threshold, 'in (0.5, 1), got 1.0'",
    "NaN, .1, 3, 2048, 8, 4, 0, threshold, 'got NaN'",
    ".9, 0, 3, 2048, 8, 4, 0, delta, 'in (0, 0.5], got 0.0'",
    ".9, .51, 3, 2048, 8, 4, 0, delta, 'got 0.51'",
    ".9, .1, 0, 2048, 8, 4, 0, beam, 'in [1, 10], got 0'",
    ".9, .1, 11, 2048, 8, 4, 0, beam, 'got 11'",
    ".9, .1, 3, 255, 8, 4, 0, rowsPerRound, 'got 255'",
    ".9, .1, 3, 2048, 0, 4, 0, predicatesMax, 'got 0'",
    ".9, .1, 3, 2048, 8, 1, 0, bins, 'got 1'",
    ".9, .1, 3, 2048, 8, 4, -1, tolerance, 'got -1.0'",
    ".9, .1, 3, 2048, 8, 4, Infinity, tolerance, 'got Infinity'"
  })
  void outOfRange_pointerRuleAndValue(
      double threshold,
      double delta,
      int beam,
      int rows,
      int predicates,
      int bins,
      double tolerance,
      String name,
      String message) {
    assertThatThrownBy(() -> settings(threshold, delta, beam, rows, predicates, bins, tolerance))
        .hasMessageContaining(message)
        .extracting("code", "pointer")
        .containsExactly("parameter_range", "/parameters/" + name);
  }

  @Test
  void edges_areAllowed() {
    assertThat(settings(0.51, 0.5, 10, 256, 1, 2, 0).beam()).isEqualTo(10);
  }

  @Test
  void rules_areSets_thatRememberTheirOrder() {
    AnchorRule one = AnchorRule.EMPTY.with(7).with(2).with(4);
    AnchorRule other = AnchorRule.EMPTY.with(2).with(4).with(7);

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    assertThat(one.key()).isEqualTo(other.key()).isNotEqualTo(AnchorRule.EMPTY.with(2).key());
    assertThat(one.atom(0)).isEqualTo(7);
    assertThat(one.contains(4)).isTrue();
    assertThat(one.contains(5)).isFalse();
    assertThatThrownBy(() -> one.with(4)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void conditions_readAsPrinted() {
    assertThat(new Condition.Above("age", 28).text()).isEqualTo("age > 28");
    assertThat(new Condition.AtMost("age", 0.1f).text()).isEqualTo("age <= 0.10000000149011612");
    assertThat(new Condition.Within("a < b", -1.5, 2).text()).isEqualTo("-1.5 < a < b <= 2");
    assertThat(new Condition.Equal("age", Literal.missing()).text()).isEqualTo("age = missing");
    assertThat(new Condition.Kept("good", 3).text()).isEqualTo("good");
    assertThatThrownBy(() -> new Condition.Above("age", Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Condition.Within("age", 2, 2))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
