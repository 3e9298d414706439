package dev.sidelight.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    assertThat(config.models()).containsOnlyKeys("my.income");
    assertThat(config.models().get("my.income"))
        .extracting(ModelConfig::backend, ModelConfig::profile)
        .containsExactly("income-v3", Profile.V2);
    assertThat(config.backends())
        .containsExactly(
            Map.entry(
                "income-v3",
                new BackendConfig("http://127.0.0.1:8081", 256, Duration.ofSeconds(1), "profile")));
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
    List<String> present = new ArrayList<>();
    collect("", Config.class, present);

    assertThat(present).containsExactlyElementsOf(PinnedSettings.ALL.lines().toList());
  }

  private static void collect(String prefix, Class<?> type, List<String> into) {
    for (RecordComponent component : type.getRecordComponents()) {
      String key = prefix + SettingKey.kebab(component.getName());
      Setting setting = component.getAnnotation(Setting.class);
      Inherits inherits = component.getAnnotation(Inherits.class);
      String from = inherits == null ? "" : " < " + String.join(" < ", inherits.value());
      if (setting != null) {
        into.add((key + " = " + setting.value() + from).strip());
      } else if (component.getGenericType() instanceof ParameterizedType of) {
        Type[] arguments = of.getActualTypeArguments();
        String place = component.getType() == Map.class ? ".<name>." : "[].";
        collect(key + place, (Class<?>) arguments[arguments.length - 1], into);
      } else {
        if (!from.isEmpty()) {
          into.add(key + from);
        }
        collect(key + ".", component.getType(), into);
      }
    }
  }

  private static final String SAMPLE =
      """
      timeouts: {silence: 20s}
      backends:
        one: {url: "http://127.0.0.1:8081", connect-timeout: 250ms, health: /ping}
        two: {url: "http://127.0.0.1:8082", connections-max: 8}
      models:
        income:
          backend: one
          profile: v2
          timeout: 90s
          timeouts: {client-stall: 5s}
          log: {mode: best_effort, sample-rate: 0.5, body-bytes-max: 1KiB, skip-marks: ignore}
          limits: {request-bytes-max: 4MiB}
          explain: {output: probabilities, sync-deadline: 5s}
        chat: {backend: two, profile: openai}
      routes:
        - {path: "/score/{rest*}", host: "*.Example.org", headers: [x-tier=gold], model: income, timeout: 1s}
        - {path: /raw, model: chat, profile: raw, log: {sample-rate: 0}}
      """;

  @Test
  void read_routeOverModelOverProcess() {
    Config config = file(SAMPLE).config();

    ModelConfig income = Objects.requireNonNull(config.models().get("income"));
    assertThat(income.timeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(income.timeouts().silence()).isEqualTo(Duration.ofSeconds(20));
    assertThat(income.timeouts().clientStall()).isEqualTo(Duration.ofSeconds(5));
    assertThat(income.timeouts().connect()).isEqualTo(Duration.ofMillis(250));
    assertThat(income.limits().requestBytesMax()).isEqualTo(new ByteSize(4 << 20));
    assertThat(income.log().skipMarks()).isEqualTo(LoggerConfig.SkipMarks.IGNORE);
    assertThat(config.explainOf("income").output()).isEqualTo("probabilities");
    assertThat(config.explainOf("income").syncDeadline()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.explainOf("other")).isEqualTo(config.explain());
    ModelConfig chat = Objects.requireNonNull(config.models().get("chat"));
    assertThat(chat.timeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(chat.timeouts().connect()).isEqualTo(Duration.ofSeconds(1));
    RouteConfig score = config.routes().get(0);
    assertThat(score.profile()).isEqualTo(Profile.V2);
    assertThat(score.host()).isEqualTo("*.example.org");
    assertThat(score.timeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(score.timeouts()).isEqualTo(income.timeouts());
    assertThat(score.log()).isEqualTo(income.log());
    RouteConfig raw = config.routes().get(1);
    assertThat(raw.profile()).isEqualTo(Profile.RAW);
    assertThat(raw.timeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(raw.log().sampleRate()).isZero();
    assertThat(raw.log().bodyBytesMax()).isEqualTo(new ByteSize(256 << 10));
    assertThat(config.backends().get("one")).extracting(BackendConfig::health).isEqualTo("/ping");
  }

  @Test
  void print_saysWhereAnInheritedValueComesFrom() {
    LoadedConfig loaded = file(SAMPLE);

    assertThat(loaded.values())
        .contains(
            new LoadedConfig.Value("models.income.timeouts.silence", "20s", "timeouts.silence"),
            new LoadedConfig.Value(
                "models.income.timeouts.connect", "250ms", "backends.one.connect-timeout"),
            new LoadedConfig.Value("models.chat.timeout", "600s", "timeouts.response-openai"),
            new LoadedConfig.Value(
                "routes[0].timeouts.client-stall", "5s", "models.income.timeouts.client-stall"),
            new LoadedConfig.Value("models.income.timeout", "90s", "sidelight.yaml:9"));
  }

  @Test
  void read_faultsInMapsAndLists_allAtOnceWithTheirKeys() {
    String text =
        """
        backends:
          b: {url: "ftp://x", connections-max: 0, health: perhaps}
        models:
          m:
            backend: bb
            tiemout: 1s
            log: {sample-rate: 2, body-bytes-max: 9MiB}
            timeouts: {silence: 0}
          strict: {backend: b, log: {mode: strict}}
        routes:
          - {path: score, method: post, host: "a:80", headers: [gold], model: mm}
        """;

    ConfigException thrown = catchThrowableOfType(ConfigException.class, () -> file(text));

    assertThat(thrown.faults())
        .extracting(ConfigFault::message)
        .satisfiesExactlyInAnyOrder(
            m -> assertThat(m).startsWith("backends.b.url must be http://host:port"),
            m -> assertThat(m).startsWith("backends.b.connections-max must be in [1, 65536]"),
            m -> assertThat(m).startsWith("backends.b.health must be profile, tcp, none or a path"),
            m ->
                assertThat(m)
                    .isEqualTo(
                        "unknown setting 'models.m.tiemout'; did you mean models.m.timeout?"),
            m -> assertThat(m).startsWith("models.m.log.sample-rate must be in [0, 1], got 2.0"),
            m -> assertThat(m).startsWith("models.m.log.body-bytes-max must be in [0, 8388608]"),
            m -> assertThat(m).startsWith("models.m.timeouts.silence must be > 0"),
            m ->
                assertThat(m)
                    .isEqualTo(
                        "models.m.backend must name one of backends [b], got 'bb'; did you mean"
                            + " b?"),
            m ->
                assertThat(m)
                    .startsWith("models.strict.log.mode strict needs spool.when-full drop-newest"),
            m -> assertThat(m).startsWith("routes[0].path must start with /"),
            m -> assertThat(m).startsWith("routes[0].method must be a method in capitals"),
            m -> assertThat(m).startsWith("routes[0].host must be a host name or *.suffix"),
            m -> assertThat(m).startsWith("routes[0].headers must be a list of name=value"),
            m -> assertThat(m).startsWith("routes[0].model must name one of models [m, strict]"));
    assertThat(thrown)
        .hasMessageContaining("sidelight.yaml:2: backends.b.health")
        .hasMessageContaining("sidelight.yaml:7: models.m.log.sample-rate");
  }

  @Test
  void read_environment_setsNothingInsideAMap() {
    Sources sources =
        new Sources(Map.of(), Map.of("SIDELIGHT_MODELS_M_TIMEOUT", "1s"), SAMPLE, "f.yaml");

    assertThat(ConfigReader.read(sources).warnings())
        .containsExactly(
            "environment variable SIDELIGHT_MODELS_M_TIMEOUT is no setting and is ignored");
  }
}
