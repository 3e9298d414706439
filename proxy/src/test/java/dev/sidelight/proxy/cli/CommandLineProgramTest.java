package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineProgramTest {

  private record Ran(int code, String out, String err) {}

  private static Ran run(Map<String, String> environment, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        CommandLineProgram.run(
            List.of(arguments),
            new Surroundings(environment, new PrintWriter(out), new PrintWriter(err)));
    return new Ran(code, out.toString(), err.toString());
  }

  private static Ran run(String... arguments) {
    return run(Map.of(), arguments);
  }

  /** The line of a key in {@code config print}, blanks folded. */
  private static String setting(Ran ran, String key) {
    return ran.out()
        .lines()
        .filter(line -> line.startsWith(key + " "))
        .findFirst()
        .orElse("")
        .replaceAll(" +", " ");
  }

  @Test
  void version_isPrinted() {
    Ran ran = run("version");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith("sidelight 0.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "explainer", "demo", "config", "version"})
  void help_ofEveryCommand_endsWithZero(String command) {
    assertThat(run("--help").out()).contains(command);
    Ran ran = run(command, "--help");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("sidelight " + command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "sevre", "serve --no-such 1", "--no-such", "config print --nope"})
  void usage_wrong_isExitTwoWithoutAStackTrace(String line) {
    Ran ran = line.isEmpty() ? run() : run(line.split(" "));

    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).isNotEmpty().doesNotContain("\tat ");
  }

  @Test
  void serve_nothingBehind_isExitTwoWithOneSentence() {
    Ran ran = run("serve");

    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.err()).startsWith("sidelight: there is no model server: give --upstream");
  }

  @Test
  void explainer_noPredictor_isExitTwoWithOneSentence() {
    Ran ran = run("explainer", "--model_name", "income");

    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).startsWith("sidelight: there is no predictor: give --predictor_host");
  }

  @Test
  void serve_tlsAskedForByKServe_isRefused() {
    Ran ran =
        run("serve", "--predictor_host", "h", "--predictor_use_ssl", "true", "--model_name", "m");

    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("TLS to the model server");
  }

  @Test
  void print_flagsOfKServe_areSettings() {
    Ran ran =
        run(
            "config",
            "print",
            "--model_name",
            "income",
            "--predictor_host=income-predictor.default",
            "--predictor_protocol",
            "v2",
            "--http_port",
            "9000",
            "--predictor_request_timeout_seconds",
            "600",
            "--workers",
            "2",
            "--brand_new",
            "x",
            "--http_port=8080");

    assertThat(ran.code()).isZero();
    assertThat(setting(ran, "upstream")).startsWith("upstream http://income-predictor.default --");
    assertThat(setting(ran, "profile")).startsWith("profile v2 --");
    assertThat(setting(ran, "model-name")).startsWith("model-name income --");
    assertThat(setting(ran, "listeners.data.port"))
        .as("the last one wins")
        .startsWith("listeners.data.port 8080 --");
    assertThat(setting(ran, "timeouts.response")).startsWith("timeouts.response 600s");
    assertThat(setting(ran, "explain.workers")).startsWith("explain.workers 2 --");
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.err()).contains("unknown flag --brand_new is ignored");
  }

  @Test
  void print_everySetting_hasValueAndOrigin() {
    Ran ran = run(Map.of("SIDELIGHT_SPOOL_DIR", "/data"), "config", "print");

    assertThat(setting(ran, "spool.dir")).isEqualTo("spool.dir /data SIDELIGHT_SPOOL_DIR");
    assertThat(setting(ran, "embedded.dir")).isEqualTo("embedded.dir ./store default");
    assertThat(run("config", "schema").out())
        .contains("\"embedded\"", "\"additionalProperties\"")
        .contains("silence inside an answer; else that of models.{model}.timeouts.silence");
  }

  @Test
  void print_aPasswordInAnAddress_isMasked() {
    Ran check = run("config", "check", "--upstream", "http://me:kanarie@m:8081");

    assertThat(check.code()).isEqualTo(ExitCode.USAGE);
    assertThat(check.err()).contains("http://***@m:8081").doesNotContain("kanarie");
  }

  @Test
  void print_unknownEnvironment_isAWarning() {
    Ran ran = run(Map.of("SIDELIGHT_INGEST_PORT", "tcp://10.0.0.1:80"), "config", "print");

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("# environment variable SIDELIGHT_INGEST_PORT");
  }

  @Test
  void check_sevenFaults_areSevenLines() {
    Ran ran =
        run(
            Map.of(
                "SIDELIGHT_SPOOL_COMMIT_MILLIS", "0",
                "SIDELIGHT_LOGGER_SKIP_MARKS", "maybe",
                "SIDELIGHT_TIMEOUTS_HEAD", "soon",
                "SIDELIGHT_LIMITS_FIELDS_MAX", "ten"),
            "config",
            "check",
            "--upstream",
            "https://m:1",
            "--http-port",
            "70000",
            "--explain.sync-deadline",
            "0s");

    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err().lines().toList()).hasSize(8);
    assertThat(ran.err())
        .startsWith("sidelight: the configuration is not valid:")
        .contains("upstream must be http://host:port")
        .contains("listeners.data.port must be in [0, 65535], got 70000")
        .contains("SIDELIGHT_SPOOL_COMMIT_MILLIS: spool.commit-millis must be in [1, 1000], got 0")
        .contains("expected one of honour, ignore, got 'maybe'")
        .contains("timeouts.head: expected a duration")
        .contains("limits.fields-max: expected a whole number, got 'ten'")
        .contains("explain.sync-deadline must be > 0, got 0ms");
    assertThat(run("config", "check").out()).contains("the configuration is valid");
  }

  @Test
  void check_missingFile_isUsage() {
    Ran ran = run("config", "check", "--config", "/nowhere/sidelight.yaml");

    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains("there is no file /nowhere/sidelight.yaml");
  }

  @Test
  void settings_everyKeyIsAFlag() {
    assertThat(SettingOptions.names())
        .contains("--spool.dir", "--logger.headers.allow", "--upstream", "--http-port", "--config");
  }
}
