package dev.sidelight.proxy.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyProtocolTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"instances\":[[1]]}|v1",
        "{\"parameters\":{\"a\":[1]},\"instances\":[]}|v1",
        "{\"id\":\"7\",\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP64\"}]}|v2",
        "{\"inputs\":{\"x\":[1,2]}}|usual", // V1's columns
        "{\"inputs\":[[1,2]]}|usual",
        "{\"inputs\":[{\"x\":1}]}|usual",
        "{\"other\":{\"instances\":1}}|usual",
        "{\"instances\"|usual",
        "[1]|usual",
        "no JSON|usual"
      })
  void of_theFirstThatTells(String body, String protocol) {
    assertThat(BodyProtocol.of(body.getBytes(StandardCharsets.UTF_8), "usual")).isEqualTo(protocol);
  }
}
