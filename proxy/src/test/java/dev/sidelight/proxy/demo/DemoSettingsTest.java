package dev.sidelight.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "4ms+5us/row, 1, 4005",
    "4ms+5us/row, 1000, 9000",
    "250us, 7, 250",
    "1ms+1ms/row, 2, 3000",
    "0, 9, 0"
  })
  void latency_growsWithRows(String text, int rows, long micros) {
    assertThat(ModelLatency.parse(text).micros(rows)).isEqualTo(micros);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4", "ms", "-1ms", "4ms+5us", "4ms + 5us/row", "61000ms", "1us/row"})
  void latency_wrongText_namesSettingAndValue(String text) {
    assertThatThrownBy(() -> ModelLatency.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--model-latency");
  }

  @Test
  void defaults_areThoseOfTheDesign() {
    DemoSettings settings = DemoSettings.DEFAULT;

    assertThat(settings.seed()).isEqualTo(7);
    assertThat(settings.rate()).isEqualTo(20);
    assertThat(settings.driftAfter()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.latency()).isEqualTo(ModelLatency.parse("4ms+5us/row"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void rate_mustBePositive(double rate) {
    assertThatThrownBy(() -> settings(rate, Duration.ZERO, OptionalInt.empty(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--rate");
  }

  @Test
  void wrongValues_areRefused() {
    assertThatThrownBy(() -> settings(1, Duration.ofSeconds(-1), OptionalInt.empty(), 0))
        .hasMessageContaining("--drift-after");
    assertThatThrownBy(() -> settings(1, Duration.ZERO, OptionalInt.of(65_536), 0))
        .hasMessageContaining("--port");
    assertThatThrownBy(() -> settings(1, Duration.ZERO, OptionalInt.empty(), -1))
        .hasMessageContaining("--train");
  }

  @Test
  void historyClock_standsWhereItIsPut_neverGoesBack_thenTellsTheTruth() {
    HistoryClock clock =
        new HistoryClock(InstantSource.fixed(Instant.ofEpochSecond(1_000_000, 5_000)));
    assertThat(clock.micros()).isEqualTo(1_000_000_000_005L);
    assertThat(clock.origin()).isEmpty();

    clock.advanceTo(20);
    clock.advanceTo(10);

    assertThat(clock.micros()).isEqualTo(20);
    assertThat(clock.instant()).isEqualTo(Instant.ofEpochSecond(0, 20_000));
    assertThat(clock.origin()).isEqualTo("demo-history");

    clock.goLive();

    assertThat(clock.micros()).isEqualTo(1_000_000_000_005L);
    assertThat(clock.origin()).isEmpty();
  }

  private static DemoSettings settings(
      double rate, Duration driftAfter, OptionalInt onlyModel, int train) {
    return new DemoSettings(
        7,
        rate,
        driftAfter,
        Scenario.NONE,
        ModelLatency.NONE,
        Optional.empty(),
        Optional.empty(),
        onlyModel,
        train);
  }
}
