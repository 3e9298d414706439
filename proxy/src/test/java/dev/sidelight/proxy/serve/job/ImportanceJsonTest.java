package dev.sidelight.proxy.serve.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ImportanceJsonTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ImportanceJson importance = new ImportanceJson();

  private void add(String request, double age, double gain) throws IOException {
    importance.add(
        JSON.readTree(
            """
            {"requestId":"%s","row":0,"features":[
              {"name":"age","value":39,"attribution":%s,"stdError":0.01},
              {"name":"gain","value":"high","attribution":%s,"stdError":0.03}]}\
            """
                .formatted(request, age, gain)));
  }

  @Test
  void features_threeExplanations_areMeansAndTheirErrors() throws IOException {
    add("r1", 0.1, -0.4);
    add("r2", -0.3, -0.5);
    add("r3", 0.2, 0.6);

    JsonNode features = importance.features();

    JsonNode gain = features.get(0);
    assertThat(gain.get("name").textValue()).as("largest first").isEqualTo("gain");
    assertThat(gain.get("meanAbs").doubleValue()).isEqualTo(0.5, within(1e-12));
    assertThat(gain.get("mean").doubleValue()).isEqualTo(-0.1, within(1e-12));
    // sizes 0.4, 0.5, 0.6: sd 0.1
    assertThat(gain.get("stdError").doubleValue()).isEqualTo(0.1 / Math.sqrt(3), within(1e-12));
    assertThat(gain.get("noiseFloor").doubleValue()).isEqualTo(0.03, within(1e-12));
    assertThat(features.get(1).at("/points/1/attribution").doubleValue()).isEqualTo(-0.3);
    assertThat(features.get(1).at("/points/1/requestId").textValue()).isEqualTo("r2");
    assertThat(importance.explained()).isEqualTo(3);
  }

  @Test
  void features_oneExplanation_hasNoErrorToTell() throws IOException {
    add("r1", 0.1, -0.4);

    assertThat(importance.features().get(0).get("stdError").doubleValue()).isZero();
  }
}
