package dev.sidelight.proxy.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.config.ConfigReader;
import dev.sidelight.proxy.config.Sources;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ModelRegistryTest {

  private final List<String> asked = new ArrayList<>();
  private final AtomicLong nanos = new AtomicLong();

  private ModelRegistry upstream(String... flags) {
    Map<String, String> settings = new java.util.HashMap<>(Map.of("upstream", "http://m:8081/"));
    for (int i = 0; i < flags.length; i += 2) {
      settings.put(flags[i], flags[i + 1]);
    }
    return registry(ConfigReader.read(Sources.of(settings, Map.of())).config());
  }

  private ModelRegistry registry(Config config) {
    return new ModelRegistry(
        config,
        model -> {
          asked.add(model.name());
          return !model.name().startsWith("no");
        },
        nanos::get);
  }

  @Test
  void find_nameThatAnswers_isRegisteredAndAskedOnce() {
    ModelRegistry registry = upstream();

    assertThat(registry.isKnown("income")).isFalse();
    assertThat(registry.find("income").orElseThrow().base()).isEqualTo(URI.create("http://m:8081"));
    assertThat(registry.find("income")).isPresent();

    assertThat(asked).containsExactly("income");
    assertThat(registry.isKnown("income")).isTrue();
    assertThat(registry.all()).extracting(ServedModel::name).containsExactly("income");
  }

  @Test
  void find_upstreamWithoutScheme_isPlainHttp() {
    ModelRegistry registry = upstream("upstream", "m:8081");

    assertThat(registry.find("income").orElseThrow().base()).isEqualTo(URI.create("http://m:8081"));
  }

  @Test
  void get_onlyModelNotThereYet_isNotCalledUnknown() {
    ModelRegistry registry = upstream("model-name", "no-income");

    assertThatThrownBy(() -> registry.get("no-income"))
        .hasMessage("the model server does not answer for this model yet");
    assertThatThrownBy(() -> registry.get("other"))
        .hasMessage("no model of this name answers behind this proxy");
  }

  @Test
  void find_unknownName_isAskedAgainAfterASecond() {
    ModelRegistry registry = upstream();
    registry.find("nobody");
    registry.find("nobody");
    nanos.addAndGet(999_999_999);
    registry.find("nobody");
    assertThat(asked).hasSize(1);

    nanos.addAndGet(1);
    registry.find("nobody");

    assertThat(asked).hasSize(2);
  }

  @Test
  void find_moreThanTheBound_areOthers() {
    ModelRegistry registry = upstream();
    for (int i = 0; i < 64; i++) {
      assertThat(registry.find("m" + i)).isPresent();
    }

    assertThat(registry.find("one-more")).isEmpty();
    assertThat(asked).hasSize(64);
    assertThat(registry.find("m63")).isPresent();
  }

  @Test
  void find_onlyModel_noOtherIsAsked() {
    ModelRegistry registry = upstream("model-name", "income");

    assertThat(registry.find("other")).isEmpty();
    assertThat(registry.logged("other")).isEmpty();
    assertThat(registry.find("income")).isPresent();
    assertThat(asked).containsExactly("income");
  }

  @Test
  void logged_asksNobodyAndRegistersNobody() {
    ModelRegistry registry = upstream();

    assertThat(registry.logged("income").orElseThrow().name()).isEqualTo("income");

    assertThat(asked).isEmpty();
    assertThat(registry.isKnown("income")).isFalse();
    assertThat(upstream("profile", "raw").logged("income")).isEmpty();
  }

  @Test
  void get_unknown_namesTheNearest() {
    ModelRegistry registry = upstream();
    registry.find("income");

    ServeException thrown =
        catchThrowableOfType(ServeException.class, () -> registry.get("no-income"));

    assertThat(thrown.code()).isEqualTo("model_unknown");
    assertThat(thrown.hint()).isEqualTo("did you mean income?");
    assertThat(thrown).hasMessageNotContaining("no-income");
    assertThatThrownBy(() -> upstream().get("")).isInstanceOf(ServeException.class);
  }

  @Test
  void configured_modelsAreThereWithoutAsking() {
    String file =
        """
        backends: {b: {url: "http://10.0.0.1:8081, http://10.0.0.2:8081"}}
        models: {income: {backend: b, profile: v2}}
        """;
    ModelRegistry registry =
        registry(ConfigReader.read(new Sources(Map.of(), Map.of(), file, "f.yaml")).config());

    ServedModel model = registry.get("income");

    assertThat(model.predictUri("v2", "7"))
        .isEqualTo(URI.create("http://10.0.0.1:8081/v2/models/income/versions/7/infer"));
    assertThat(registry.find("other")).isEmpty();
    assertThat(asked).isEmpty();
  }

  @Test
  void uris_namesOfAnyKind_areOneSegment() {
    ServedModel model =
        new ServedModel(
            "a/b ü?", dev.sidelight.proxy.config.Profile.V1, "b", URI.create("http://h:1"));

    assertThat(model.predictUri("v1", "").toString())
        .isEqualTo("http://h:1/v1/models/a%2Fb%20%C3%BC%3F:predict");
  }
}
