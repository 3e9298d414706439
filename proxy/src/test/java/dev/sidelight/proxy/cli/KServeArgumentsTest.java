package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KServeArgumentsTest {

  private static KServeArguments of(String... arguments) {
    return KServeArguments.of(List.of(arguments), SettingOptions.names());
  }

  @Test
  void snakeFlags_knownOnes_areKebab() {
    assertThat(
            of("serve", "--model_name", "in_come", "--predictor_host=a_b:80", "--http_port", "1")
                .arguments())
        .containsExactly(
            "serve", "--model-name", "in_come", "--predictor-host=a_b:80", "--http-port", "1");
  }

  @Test
  void unknownSnakeFlag_isOneWarningAndItsValueGoesToo() {
    KServeArguments adapted =
        of("serve", "--new_thing", "5", "--newer_thing=6", "--last_thing", "--upstream", "u");

    assertThat(adapted.arguments()).containsExactly("serve", "--upstream", "u");
    assertThat(adapted.warnings())
        .containsExactly(
            "unknown flag --new_thing is ignored",
            "unknown flag --newer_thing is ignored",
            "unknown flag --last_thing is ignored");
  }

  @Test
  void flagsWithoutEffect_areSaid() {
    KServeArguments adapted =
        of("serve", "--workers", "2", "--enable_latency_logging", "--grpc_port=8081");

    assertThat(adapted.arguments()).containsExactly("serve", "--workers", "2");
    assertThat(adapted.warnings()).hasSize(2).allMatch(w -> w.contains("has no effect"));
  }

  @Test
  void otherArguments_pass() {
    assertThat(of("serve", "--spool.dir", "a_b", "--no-such", "-h").arguments())
        .containsExactly("serve", "--spool.dir", "a_b", "--no-such", "-h");
  }

  @Test
  void explainer_anyUnknownFlag_isOneWarningEach() {
    KServeArguments adapted =
        of("explainer", "--kebab-thing", "5", "--camelThing=6", "-x", "--last", "--workers", "-3");

    assertThat(adapted.arguments()).containsExactly("explainer", "--workers", "-3");
    assertThat(adapted.warnings())
        .containsExactly(
            "unknown flag --kebab-thing is ignored",
            "unknown flag --camelThing is ignored",
            "unknown flag -x is ignored",
            "unknown flag --last is ignored");
    assertThat(of("explainer", "--help").arguments()).containsExactly("explainer", "--help");
  }
}
