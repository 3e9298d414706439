package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.proxy.config.ConfigReader;
import dev.sidelight.proxy.config.Profile;
import dev.sidelight.proxy.config.RouteConfig;
import dev.sidelight.proxy.config.Sources;
import dev.sidelight.proxy.http.Principal.Role;
import dev.sidelight.proxy.serve.RecentLoad;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutesTest {

  private static final Backend BACKEND =
      new Backend(
          "b",
          List.of(new Backend.HostPort("127.0.0.1", 1)),
          1,
          Backend.Health.TCP,
          new RecentLoad(() -> 0));
  private static final List<Target> TARGETS = List.of(Target.of(BACKEND));
  private static final RoutePolicy POLICY =
      RoutePolicy.of(ConfigReader.read(Sources.of(Map.of(), Map.of())).config(), Profile.V1);
  private static final Endpoint NONE = call -> new Answer.Whole(200, Map.of(), new byte[0]);

  private static Found find(Routes routes, String method, String path) {
    return routes.table(Listener.DATA).find("a", method, path);
  }

  private static Routes.Builder explaining() {
    return Routes.builder()
        .endpoint(Listener.DATA, "POST", "/v1/models/{model}:explain", Role.EXPLAIN, 9, NONE);
  }

  @Test
  void inference_namesModelAndVersion() {
    Routes routes = Routes.builder().inference(Profile.V2, TARGETS, POLICY).build();

    assertThat(find(routes, "POST", "/v2/models/a.b/versions/3/infer"))
        .isInstanceOfSatisfying(
            Found.Hit.class,
            hit -> {
              assertThat(hit.parameters())
                  .containsEntry("model", "a.b")
                  .containsEntry("version", "3");
              assertThat(((Route.Forward) hit.route()).tapped()).isTrue();
              assertThat(((Route.Forward) hit.route()).protocol()).isEqualTo("v2");
            });
  }

  @Test
  void modelWithColonAndDots_theLastColonCounts() {
    Routes routes = Routes.builder().inference(Profile.V1, TARGETS, POLICY).build();

    assertThat(find(routes, "POST", "/v1/models/a.b:c:predict"))
        .isInstanceOfSatisfying(
            Found.Hit.class, hit -> assertThat(hit.parameters()).containsEntry("model", "a.b:c"));
    assertThat(find(routes, "POST", "/v1/models/:predict")).isInstanceOf(Found.Unknown.class);
    assertThat(find(routes, "POST", "/v1/models/a/b:predict")).isInstanceOf(Found.Unknown.class);
  }

  @Test
  void fallback_takesWhatNobodyServes() {
    Routes routes =
        explaining()
            .inference(Profile.V1, TARGETS, POLICY)
            .fallback(Profile.V1, Target.of(BACKEND), POLICY)
            .build();

    assertThat(find(routes, "GET", "/v1/models/m"))
        .isInstanceOfSatisfying(
            Found.Hit.class, hit -> assertThat(((Route.Forward) hit.route()).tapped()).isFalse());
    assertThat(find(routes, "GET", "/v1/models/m:predict")).isInstanceOf(Found.Hit.class);
    assertThat(find(routes, "GET", "/v1/models/m:explain"))
        .isEqualTo(new Found.WrongMethod(java.util.Set.of("POST")));
    assertThat(routes.backends()).containsExactly(BACKEND);
  }

  @Test
  void exact_beforeTemplate_longerLiteralFirst() {
    Endpoint other = call -> new Answer.Whole(201, Map.of(), new byte[0]);
    Routes routes =
        Routes.builder()
            .endpoint(Listener.DATA, "GET", "/a/{x}", Role.ADMIN, 0, NONE)
            .endpoint(Listener.DATA, "GET", "/a/b", Role.ADMIN, 0, other)
            .endpoint(Listener.DATA, "GET", "/{rest*}", Role.ADMIN, 0, NONE)
            .build();

    assertThat(find(routes, "GET", "/a/b"))
        .isInstanceOfSatisfying(
            Found.Hit.class,
            hit -> assertThat(((Route.Serve) hit.route()).endpoint()).isSameAs(other));
    assertThat(find(routes, "GET", "/a/c"))
        .isInstanceOfSatisfying(
            Found.Hit.class, hit -> assertThat(hit.parameters()).containsEntry("x", "c"));
    assertThat(find(routes, "HEAD", "/x/y/z"))
        .isInstanceOfSatisfying(
            Found.Hit.class, hit -> assertThat(hit.parameters()).containsEntry("rest", "x/y/z"));
  }

  @Test
  void listeners_haveTablesOfTheirOwn() {
    Routes routes =
        Routes.builder()
            .endpoint(Listener.PROBES, "GET", "/livez", Role.READ_LOGS, 0, NONE)
            .fallback(Profile.V1, Target.of(BACKEND), POLICY)
            .build();

    assertThat(routes.table(Listener.PROBES).find("a", "GET", "/livez"))
        .isInstanceOf(Found.Hit.class);
    assertThat(routes.table(Listener.PROBES).find("a", "GET", "/other"))
        .isInstanceOf(Found.Unknown.class);
    assertThat(routes.table(Listener.MANAGEMENT).find("a", "GET", "/livez"))
        .isInstanceOf(Found.Unknown.class);
  }

  @Test
  void unknown_namesTheNearest() {
    Routes routes = explaining().inference(Profile.V1, TARGETS, POLICY).build();

    assertThat(find(routes, "POST", "/v1/model/{model}:predict"))
        .isInstanceOfSatisfying(
            Found.Unknown.class,
            unknown -> assertThat(unknown.nearest()).startsWith("/v1/models/{model}:predict"));
  }

  @Test
  void places_areDecoded() {
    assertThat(new Template("/m/{model}/x").match("/m/a%20b%C3%A9+/x"))
        .containsEntry("model", "a bé+");
    assertThat(new Template("/m/{model}/x").match("/m//x")).isNull();
    assertThat(new Template("/m/{model}").match("/m/a/")).isNull();
  }

  private static RouteConfig route(String text) {
    String yaml =
        "backends: {b: {}}\nmodels: {m: {backend: b}, n: {backend: b}}\nroutes: [" + text + "]";
    return ConfigReader.read(new Sources(Map.of(), Map.of(), yaml, "f")).config().routes().get(0);
  }

  private static String modelAt(Routes routes, String host, String path) {
    Found found = routes.table(Listener.DATA).find(host, "POST", path);
    return found instanceof Found.Hit(Route.Forward(_, _, _, String model, _), _) ? model : "";
  }

  @Test
  void host_exactBeforeSuffixBeforeAny_andWiderWhereNothingFits() {
    Routes routes =
        Routes.builder()
            .forward(route("{path: /s, model: m}"), TARGETS, POLICY)
            .forward(route("{path: '/{x*}', host: a.test, model: n}"), TARGETS, POLICY)
            .inference(Profile.V1, "k", TARGETS, POLICY)
            .build();

    assertThat(modelAt(routes, "a.test:80", "/s")).isEqualTo("n");
    assertThat(modelAt(routes, "A.TEST", "/other")).isEqualTo("n");
    assertThat(modelAt(routes, "b.test", "/s")).isEqualTo("m");
    assertThat(modelAt(routes, "b.test", "/v1/models/k:predict")).isEqualTo("k");
    assertThat(modelAt(routes, "b.test", "/other")).isEmpty();
  }

  @Test
  void hostPattern_suffixNeedsALabel() {
    HostPattern suffix = new HostPattern("*.example.org");

    assertThat(suffix.matches("a.example.org")).isTrue();
    assertThat(suffix.matches("a.b.example.org")).isTrue();
    assertThat(suffix.matches("example.org")).isFalse();
    assertThat(suffix.matches(".example.org")).isFalse();
    assertThat(suffix.matches("aexample.org")).isFalse();
    assertThat(HostPattern.hostOf("[::1]:80")).isEqualTo("[::1]");
    assertThat(HostPattern.hostOf("Host.")).isEqualTo("host");
  }

  @Test
  void configuredRoute_goesBeforeWhatAProfileInstalls() {
    Routes routes =
        Routes.builder()
            .forward(route("{path: '/v1/models/k:predict', model: n}"), TARGETS, POLICY)
            .inference(Profile.V1, "k", TARGETS, POLICY)
            .inference(Profile.V1, TARGETS, POLICY)
            .build();

    assertThat(modelAt(routes, "h", "/v1/models/k:predict")).isEqualTo("n");
    assertThat(find(routes, "GET", "/v1/models/k:predict"))
        .isEqualTo(new Found.WrongMethod(java.util.Set.of("POST")));
  }

  @Test
  void openai_oneModel_needsNoHeader() {
    Routes one = Routes.builder().inference(Profile.OPENAI, "a", TARGETS, POLICY).build();
    Routes two =
        Routes.builder()
            .inference(Profile.OPENAI, "a", TARGETS, POLICY)
            .inference(Profile.OPENAI, "b", TARGETS, POLICY)
            .build();

    assertThat(find(one, "POST", "/v1/embeddings"))
        .isInstanceOfSatisfying(
            Found.ByFields.class,
            fields -> assertThat(fields.otherwise()).isInstanceOf(Found.Hit.class));
    assertThat(find(two, "POST", "/v1/embeddings"))
        .isInstanceOfSatisfying(
            Found.ByFields.class,
            fields -> {
              assertThat(fields.conditional()).hasSize(2);
              assertThat(fields.otherwise()).isInstanceOf(Found.Unknown.class);
            });
  }

  @Test
  void date_changesOnceASecond_twoDigits() {
    DateField date = new DateField();

    String first = date.at(784_111_777_000L);

    assertThat(first).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT"); // RFC 9110's own sample
    assertThat(date.at(784_111_777_999L)).isSameAs(first);
    assertThat(date.at(784_111_778_000L)).isEqualTo("Sun, 06 Nov 1994 08:49:38 GMT");
  }
}
