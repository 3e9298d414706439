package dev.sidelight.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

  @ParameterizedTest
  @CsvSource({"0,0", "17,17", "64KiB,65536", "4MiB,4194304", "1GiB,1073741824", "3 B,3"})
  void parse_printsBack(String text, long bytes) {
    ByteSize size = ByteSize.parse(text);

    assertThat(size.bytes()).isEqualTo(bytes);
    assertThat(ByteSize.parse(size.toString())).isEqualTo(size);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "4MB", "KiB", "1e3", "9999999999999999999999"})
  void parse_otherForms_areRefused(String text) {
    assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nearestName_fewEdits_isFound() {
    assertThat(NearestName.of("incme", java.util.List.of("income", "iris"))).contains("income");
    assertThat(NearestName.several("/v1/modelz", java.util.List.of("/v1/models", "/metrics"), 3))
        .containsExactly("/v1/models");
    assertThat(NearestName.of("zebra", java.util.List.of("income", "iris"))).isEmpty();
  }
}
