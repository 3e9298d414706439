package dev.sidelight.core.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderPolicyTest {

  @Test
  void kept_takesAllowedFieldsInCanonicalCaseAndTheirOrder() {
    byte[] head =
        String.join(
                "\r\n",
                "POST /v1/models/m:predict HTTP/1.1",
                "host: x",
                "CONTENT-type: application/json ",
                "x-request-id:1",
                "X-Request-ID: zwei é",
                "Authorization: Bearer x",
                "no colon",
                ": nameless",
                "",
                "")
            .getBytes(UTF_8);

    assertThat(HeaderPolicy.defaults().kept(head))
        .isEqualTo(
            Map.of(
                "Content-Type", List.of("application/json"),
                "X-Request-Id", List.of("1", "zwei é")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "PROXY-authorization",
        "cookie",
        "Set-Cookie",
        "x-api-key",
        "X-Amz-Security-Token",
        "X-Access-Token",
        "my-SECRET-thing",
        "Password",
        "x-own"
      })
  void keeps_deniedNameThatIsAllowed_staysOut(String name) {
    assertThat(new HeaderPolicy(List.of(name), List.of("X-Own")).keeps(name)).isFalse();
  }

  @Test
  void keeps_anyCase() {
    HeaderPolicy policy = new HeaderPolicy(List.of("x-TEAM"), List.of());

    assertThat(policy.keeps("X-Team")).isTrue();
    assertThat(policy.keeps("X-Teams")).isFalse();
  }

  @Test
  void kept_nothing() {
    assertThat(HeaderPolicy.defaults().kept(new byte[0])).isEmpty();
    assertThat(HeaderPolicy.defaults().kept("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8))).isEmpty();
  }
}
