package dev.sidelight.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConfigReaderTest {

  private static LoadedConfig file(String text) {
    return ConfigReader.read(new Sources(Map.of(), Map.of(), text, "sidelight.yaml"));
  }

  @Test
  void read_nothingGiven_isTheDefaults() {
    Config config = ConfigReader.read(Sources.of(Map.of(), Map.of())).config();

    assertThat(config.listeners().data().port()).isEqualTo(8080);
    assertThat(config.logger().ring().bytes()).isEqualTo(new ByteSize(64 << 20));
    assertThat(config.timeouts().backendIdle()).isEqualTo(Duration.ofSeconds(4));
    assertThat(config.logger().headers().allow()).contains("User-Agent", "Content-Type");
  }

  @Test
  void read_everySetting_flagBeatsEnvironmentBeatsFileBeatsDefault() {
    for (SettingKey key : SettingKey.all()) {
      String a = another(key, 1);
      String b = another(key, 2);
      String yaml = yaml(key.key(), a);
      Map<String, String> environment = Map.of(key.environmentName(), b);

      assertThat(origin(new Sources(Map.of(), Map.of(), yaml, "f.yaml"), key))
          .startsWith("f.yaml:");
      assertThat(origin(new Sources(Map.of(), environment, yaml, "f.yaml"), key))
          .isEqualTo(key.environmentName());
      assertThat(origin(new Sources(Map.of(key.key(), a), environment, yaml, "f.yaml"), key))
          .isEqualTo("--" + key.key());
      assertThat(origin(Sources.of(Map.of(), Map.of()), key)).isEqualTo("default");
    }
  }

  private static String origin(Sources sources, SettingKey key) {
    return ConfigReader.read(sources).values().stream()
        .filter(v -> v.key().equals(key.key()))
        .findFirst()
        .orElseThrow()
        .origin();
  }

  /**
   * A legal value of the setting's type; the default itself will do, since origins are compared.
   */
  private static String another(SettingKey key, int variant) {
    if (key.type() == Duration.class) {
      return variant + "s";
    }
    if (key.type() == boolean.class) {
      return variant == 1 ? "true" : "false";
    }
    return key.defaultText().isEmpty() ? "" : key.defaultText();
  }

  private static String yaml(String key, String value) {
    StringBuilder yaml = new StringBuilder();
    String[] parts = key.split("\\.", -1);
    for (int i = 0; i < parts.length; i++) {
      yaml.append("  ".repeat(i)).append(parts[i]).append(':');
      yaml.append(
          i == parts.length - 1 ? " " + (value.startsWith("[") ? value : "\"" + value + "\"") : "");
      yaml.append('\n');
    }
    return yaml.toString();
  }

  @Test
  void read_sevenFaults_sevenLines() {
    String text =
        """
        listners: {data: {port: 1}}
        listeners:
          data: {port: 99999}
          management: {host: 0.0.0.0}
        spool:
          segment-bytes: 12 parsecs
          commit-millis: 0
        logger:
          skip-marks: maybe
        timeouts: {head: soon}
        """;

    ConfigException thrown = catchThrowableOfType(ConfigException.class, () -> file(text));

    assertThat(thrown.faults()).hasSize(7);
    assertThat(thrown.getMessage())
        .contains("sidelight.yaml:1: unknown setting 'listners'; did you mean listeners?")
        .contains("sidelight.yaml:3: listeners.data.port must be in [0, 65535], got 99999")
        .contains("listeners.management.host must be a loopback address")
        .contains("sidelight.yaml:6: spool.segment-bytes: expected a size like 64KiB")
        .contains("sidelight.yaml:7: spool.commit-millis must be in [1, 1000], got 0")
        .contains("logger.skip-marks: expected one of honour, ignore, got 'maybe'")
        .contains("timeouts.head: expected a duration like 250ms");
  }

  @Test
  void read_models_areMapsOfTheFile() {
    Config config =
        file("""
        backends: {income-v3: {url: "http://127.0.0.1:8081"}}
        models: {my.income: {backend: income-v3, profile: v2}}
        routes: [{path: /score, model: my.income}]
        """)
            .config();

    assertThat(config.models())
        .containsExactly(Map.entry("my.income", new ModelConfig("income-v3", Profile.V2)));
    assertThat(config.backends())
        .containsExactly(Map.entry("income-v3", new BackendConfig("http://127.0.0.1:8081", 256)));
    assertThat(config.routes()).hasSize(1);
  }

  @Test
  void read_modelWithoutBackend_isAFault() {
    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class, () -> file("models: {income: {backend: nowhere}}"));

    assertThat(thrown.faults()).hasSize(1);
    assertThat(thrown).hasMessageContaining("models.income.backend must name one of backends []");
  }

  @Test
  void read_brokenYaml_namesTheLine() {
    ConfigException thrown =
        catchThrowableOfType(ConfigException.class, () -> file("a: 1\nb: [1\n"));

    assertThat(thrown.faults().get(0).origin()).startsWith("sidelight.yaml:");
  }

  @Test
  void read_unknownEnvironment_isAWarning() {
    LoadedConfig loaded =
        ConfigReader.read(
            Sources.of(Map.of(), Map.of("SIDELIGHT_INGEST_PORT", "tcp://10.0.0.1:80")));

    assertThat(loaded.warnings()).hasSize(1);
  }

  @Test
  void read_unknownFlag_isAFault() {
    ConfigException thrown =
        catchThrowableOfType(
            ConfigException.class,
            () -> ConfigReader.read(Sources.of(Map.of("spool.dri", "x"), Map.of())));

    assertThat(thrown.faults()).hasSize(1);
  }

  /**
   * Names and defaults are what people write into their files: a change here is a breaking change.
   */
  @Test
  void settings_namesAndDefaults_arePinned() {
    Map<String, String> pinned = new TreeMap<>();
    for (SettingKey key : SettingKey.all()) {
      pinned.put(key.key(), key.defaultText());
    }

    assertThat(pinned)
        .containsEntry("spool.dir", "./spool")
        .containsEntry("embedded.dir", "./store")
        .containsEntry("spool.bytes-max", "4GiB")
        .containsEntry("logger.body-bytes-max", "256KiB")
        .containsEntry("listeners.probes.port", "8091")
        .containsEntry("limits.head-bytes-max", "32KiB")
        .containsEntry("timeouts.pool-wait", "1s");
    assertThat(List.copyOf(pinned.keySet()))
        .doesNotHaveDuplicates()
        .allMatch(k -> k.matches("[a-z0-9.-]+"));
  }
}
