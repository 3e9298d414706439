package dev.sidelight.proxy.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the framing table, and what is known to have fooled others, in any pieces. */
class VectorsTest {

  /** Long heads are long by repetition: splitting them at some places is enough. */
  private static final int SPLITS = 400;

  static List<Vector> requests() {
    return Vector.load("requests.txt");
  }

  static List<Vector> responses() {
    return Vector.load("responses.txt");
  }

  @ParameterizedTest
  @MethodSource("requests")
  void request(Vector vector) {
    byte[] bytes = vector.bytes();
    int step = 1 + bytes.length / SPLITS;

    assertThat(Reading.requests(bytes)).isEqualTo(vector.outcome());
    assertThat(Reading.requests(bytes, Reading.everyByte(bytes.length)))
        .isEqualTo(vector.outcome());
    for (int split = 1; split < bytes.length; split += step) {
      assertThat(Reading.requests(bytes, split))
          .as("split at %d", split)
          .isEqualTo(vector.outcome());
    }
  }

  @ParameterizedTest
  @MethodSource("responses")
  void response(Vector vector) {
    byte[] bytes = vector.bytes();
    int step = 1 + bytes.length / SPLITS;
    Asked asked = asked(vector.outcome());
    String outcome = vector.outcome().replaceFirst("^\\(.*\\) ", "");

    assertThat(Reading.responses(bytes, asked)).isEqualTo(outcome);
    assertThat(Reading.responses(bytes, asked, Reading.everyByte(bytes.length)))
        .isEqualTo(outcome.replace(" surplus", ""));
    for (int split = 1; split < bytes.length; split += step) {
      assertThat(Reading.responses(bytes, asked, split).replace(" surplus", ""))
          .as("split at %d", split)
          .isEqualTo(outcome.replace(" surplus", ""));
    }
  }

  private static Asked asked(String outcome) {
    return new Asked(
        outcome.startsWith("(HEAD)"),
        outcome.startsWith("(expect)"),
        outcome.startsWith("(upgrade)"));
  }
}
