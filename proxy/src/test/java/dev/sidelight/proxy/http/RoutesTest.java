package dev.sidelight.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.proxy.config.Profile;
import dev.sidelight.proxy.http.Principal.Role;
import dev.sidelight.proxy.serve.RecentLoad;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutesTest {

  private static final Backend BACKEND =
      new Backend(
          "b", List.of(new Backend.HostPort("127.0.0.1", 1)), 1, "", new RecentLoad(() -> 0));
  private static final List<Target> TARGETS = List.of(Target.of(BACKEND));
  private static final Endpoint NONE = call -> new Answer.Whole(200, Map.of(), new byte[0]);

  private static Routes.Found find(Routes routes, String method, String path) {
    return routes.find(Listener.DATA, method, path);
  }

  private static Routes.Builder explaining() {
    return Routes.builder()
        .endpoint(Listener.DATA, "POST", "/v1/models/{model}:explain", Role.EXPLAIN, 9, NONE);
  }

  @Test
  void inference_namesModelAndVersion() {
    Routes routes = Routes.builder().inference(Profile.V2, TARGETS).build();

    assertThat(find(routes, "POST", "/v2/models/a.b/versions/3/infer"))
        .isInstanceOfSatisfying(
            Routes.Found.Hit.class,
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
    Routes routes = Routes.builder().inference(Profile.V1, TARGETS).build();

    assertThat(find(routes, "POST", "/v1/models/a.b:c:predict"))
        .isInstanceOfSatisfying(
            Routes.Found.Hit.class,
            hit -> assertThat(hit.parameters()).containsEntry("model", "a.b:c"));
    assertThat(find(routes, "POST", "/v1/models/:predict"))
        .isInstanceOf(Routes.Found.Unknown.class);
    assertThat(find(routes, "POST", "/v1/models/a/b:predict"))
        .isInstanceOf(Routes.Found.Unknown.class);
  }

  @Test
  void fallback_takesWhatNobodyServes() {
    Routes routes =
        explaining()
            .inference(Profile.V1, TARGETS)
            .fallback(Profile.V1, Target.of(BACKEND))
            .build();

    assertThat(find(routes, "GET", "/v1/models/m"))
        .isInstanceOfSatisfying(
            Routes.Found.Hit.class,
            hit -> assertThat(((Route.Forward) hit.route()).tapped()).isFalse());
    assertThat(find(routes, "GET", "/v1/models/m:predict")).isInstanceOf(Routes.Found.Hit.class);
    assertThat(find(routes, "GET", "/v1/models/m:explain"))
        .isEqualTo(new Routes.Found.WrongMethod(java.util.Set.of("POST")));
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
            Routes.Found.Hit.class,
            hit -> assertThat(((Route.Serve) hit.route()).endpoint()).isSameAs(other));
    assertThat(find(routes, "GET", "/a/c"))
        .isInstanceOfSatisfying(
            Routes.Found.Hit.class, hit -> assertThat(hit.parameters()).containsEntry("x", "c"));
    assertThat(find(routes, "HEAD", "/x/y/z"))
        .isInstanceOfSatisfying(
            Routes.Found.Hit.class,
            hit -> assertThat(hit.parameters()).containsEntry("rest", "x/y/z"));
  }

  @Test
  void listeners_haveTablesOfTheirOwn() {
    Routes routes =
        Routes.builder()
            .endpoint(Listener.PROBES, "GET", "/livez", Role.READ_LOGS, 0, NONE)
            .fallback(Profile.V1, Target.of(BACKEND))
            .build();

    assertThat(routes.find(Listener.PROBES, "GET", "/livez")).isInstanceOf(Routes.Found.Hit.class);
    assertThat(routes.find(Listener.PROBES, "GET", "/other"))
        .isInstanceOf(Routes.Found.Unknown.class);
    assertThat(routes.find(Listener.MANAGEMENT, "GET", "/livez"))
        .isInstanceOf(Routes.Found.Unknown.class);
  }

  @Test
  void unknown_namesTheNearest() {
    Routes routes = explaining().inference(Profile.V1, TARGETS).build();

    assertThat(find(routes, "POST", "/v1/model/{model}:predict"))
        .isInstanceOfSatisfying(
            Routes.Found.Unknown.class,
            unknown -> assertThat(unknown.nearest()).startsWith("/v1/models/{model}:predict"));
  }

  @Test
  void places_areDecoded() {
    assertThat(new Template("/m/{model}/x").match("/m/a%20b%C3%A9+/x"))
        .containsEntry("model", "a bé+");
    assertThat(new Template("/m/{model}/x").match("/m//x")).isNull();
    assertThat(new Template("/m/{model}").match("/m/a/")).isNull();
  }
}
