package dev.sidelight.proxy.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Cancellation;
import dev.sidelight.proxy.http.Principal;
import dev.sidelight.proxy.http.Principal.Role;
import dev.sidelight.proxy.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameOriginTest {

  private static final Cancellation STAYING =
      new Cancellation() {
        @Override
        public boolean isCancelled() {
          return false;
        }

        @Override
        public void onCancel(Runnable action) {
          // this client stays
        }
      };

  private static Call call(String origin, String site) {
    Map<String, List<String>> headers = new HashMap<>();
    headers.put("host", List.of("localhost:8090"));
    if (!origin.isEmpty()) {
      headers.put("origin", List.of(origin));
    }
    if (!site.isEmpty()) {
      headers.put("sec-fetch-site", List.of(site));
    }
    return new Call(
        "POST",
        "/ui",
        Map.of(),
        Map.of(),
        headers,
        new byte[0],
        Principal.anonymous(Set.of(Role.values())),
        "1",
        STAYING);
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8090,''",
    "HTTP://LOCALHOST:8090,same-origin",
    "https://localhost:8090,''",
    "'',same-origin"
  })
  void check_ourOwnPage_passes(String origin, String site) {
    assertThatCode(() -> SameOrigin.check(call(origin, site), false)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:3000,same-site",
    "http://evil.example,''",
    "null,''",
    "'',cross-site",
    "'',same-site",
    "'',none",
    "http://localhost:8090.evil.example,same-origin"
  })
  void check_somebodyElses_403(String origin, String site) {
    for (boolean silent : new boolean[] {true, false}) {
      assertThatThrownBy(() -> SameOrigin.check(call(origin, site), silent))
          .isInstanceOfSatisfying(
              ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(403));
    }
  }

  @Test
  void check_aProgram_onlyWhereSilenceMayPass() {
    assertThatCode(() -> SameOrigin.check(call("", ""), true)).doesNotThrowAnyException();
    assertThatThrownBy(() -> SameOrigin.check(call("", ""), false))
        .isInstanceOf(ProblemException.class);
  }

  @Test
  void form_fields_decoded() {
    assertThat(Form.read("rowsMax=20000&a%20b=c+d&broken=%zz&&=x".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(Map.of("rowsMax", "20000", "a b", "c d", "broken", "%zz"));
  }
}
