package dev.sidelight.proxy.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextExplanationTest {

  static final String TAIL =
      """
      "reference":{"id":"sha256:9f2c","rows":100,"from":"log"},"seed":7,
      "cost":{"rowsAsked":1514,"roundTrips":1,"millis":212},"id":"ex_1"}
      """;

  static final String ATTRIBUTION =
      """
      {"kind":"attribution","sentence":"The model says >50K (0.87).","method":"row","stopped":"rows",
       "baseline":0.24,"prediction":0.87,"model":{"name":"income","revision":"7"},
       "features":[
        {"name":"gain","value":2174,"attribution":0.42,"interval":[0.3,0.54]},
        {"name":"marital","value":"Never","attribution":-0.2,"interval":[-0.2,-0.2]},
        {"name":"zip","value":[1,0],"attribution":0.0,"interval":[0.0,0.0]}],
      """
          + TAIL;

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> lines(int columns, String document) {
    return new TextExplanation(new TextStyle(columns, /* colour= */ false)).lines(json(document));
  }

  @Test
  void attribution_isABarAFeature() {
    assertThat(lines(80, ATTRIBUTION))
        .containsExactly(
            "The model says >50K (0.87).",
            "",
            "gain = 2174      +0.420  [+0.300, +0.540]            │█████████████▒▒▒▒▒▒▒─────┤",
            "marital = Never  −0.200                    ██████████│",
            "zip                   0                              │",
            "",
            "average 0.24, prediction 0.87",
            "",
            "row, cut: the budget is spent; 1,514 rows in 1 round trip, 212 ms; compared with",
            "100 rows of traffic; seed 7; ex_1");
  }

  @Test
  void anchor_isIfAndThen() {
    assertThat(
            lines(
                60,
                """
                {"kind":"anchor","sentence":"s","method":"anchor","stopped":"converged","success":true,
                 "predicates":[{"text":"marital = Never"},{"text":"age <= 30"}],"prediction":0.91,
                 "target":{"output":"probabilities","index":0,"label":"<=50K"},
                 "precision":0.983,"precisionLowerBound":0.957,"threshold":0.95,
                 "coverage":0.152,"coverageOf":"traffic",
                """
                    + TAIL))
        .startsWith(
            "s",
            "",
            "IF    marital = Never",
            "  AND age <= 30",
            "THEN  <=50K (0.91)",
            "",
            "precision 0.983, at least 0.957; asked for 0.95",
            "coverage  0.152 of traffic");
  }

  @Test
  void counterfactual_isAListOfChanges() {
    assertThat(
            lines(
                60,
                """
                {"kind":"counterfactual","sentence":"s","method":"counterfactual","stopped":"converged",
                 "answers":[{"changes":[{"name":"age","from":39,"to":52},{"name":"education","from":"a","to":"b"}],
                  "distance":0.5,"confirmed":true,"prediction":{"value":0.7,"label":">50K","index":1}}],
                """
                    + TAIL))
        .startsWith(
            "s",
            "",
            "1. says >50K (0.7), distance 0.5",
            "   age        39 → 52",
            "   education  a → b");
  }

  @Test
  void failedRow_isOneLine() {
    assertThat(lines(60, "{\"error\":{\"code\":\"backend_refused\",\"detail\":\"no\"}}"))
        .containsExactly("no (backend_refused)");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20, 33, 47, 60, 80, 200})
  void lines_areNeverLongerThanTheScreen(int columns) {
    String wide =
        ATTRIBUTION.replace("marital", "a very long name 漢字漢字 of a feature that nobody reads");

    assertThat(lines(columns, wide))
        .allSatisfy(
            line -> assertThat(Plain.width(line)).isLessThanOrEqualTo(Math.max(20, columns)));
  }

  @Test
  void hostileText_cannotSteerTheTerminal() {
    String hostile =
        ATTRIBUTION
            .replace("Never", "\\u001b[2J\\u202e<script>")
            .replace("The model", "\\u0007The\\r\\nmodel");

    assertThat(String.join("", lines(80, hostile)))
        .contains("\uFFFD[2J\uFFFD<script>")
        .doesNotContain("\u001b", "\u0007", "\r", "\n", "\u202e");
  }

  @Test
  void colour_changesNothingButColour() {
    List<String> painted =
        new TextExplanation(new TextStyle(80, /* colour= */ true)).lines(json(ATTRIBUTION));

    assertThat(painted.get(2)).contains("\u001b[33m");
    assertThat(painted.get(3)).contains("\u001b[34m");
    assertThat(painted.stream().map(line -> line.replaceAll("\u001b\\[\\d+m", "")).toList())
        .isEqualTo(lines(80, ATTRIBUTION));
  }

  @Test
  void manyFeatures_theRestIsOneLine() {
    StringBuilder features = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      features.append("{\"name\":\"f%d\",\"value\":1,\"attribution\":%d},".formatted(i, 100 - i));
    }
    List<String> lines =
        lines(80, ATTRIBUTION.replace("\"features\":[", "\"features\":[" + features));

    assertThat(lines.get(21)).startsWith("14 others");
  }
}
