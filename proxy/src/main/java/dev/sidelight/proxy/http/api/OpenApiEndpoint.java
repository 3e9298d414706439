package dev.sidelight.proxy.http.api;

import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.http.Listener;
import dev.sidelight.proxy.http.Principal.Role;
import dev.sidelight.proxy.http.Routes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** {@code GET /openapi.yaml}: what all our routes take and give, as OpenAPI 3.1. */
final class OpenApiEndpoint {

  private static final long NO_BODY = 1024;

  private final byte[] document;

  OpenApiEndpoint() {
    try (InputStream in = OpenApiEndpoint.class.getResourceAsStream("openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("openapi.yaml is missing in the jar");
      }
      this.document = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void register(Routes.Builder routes) {
    routes.endpoint(
        Listener.MANAGEMENT, "GET", "/openapi.yaml", Role.PREDICT, NO_BODY, this::document);
  }

  private Answer document(Call call) {
    return new Answer.Whole(200, Map.of("Content-Type", "application/yaml"), document);
  }
}
