package dev.sidelight.proxy.serve;

import dev.sidelight.proxy.config.Profile;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A model that answers.
 *
 * @param backend name of the backend in the configuration; {@code upstream} for the only one
 * @param bases {@code http://host:port}, at least one; every one of them serves the model
 */
public record ServedModel(String name, Profile profile, String backend, List<URI> bases) {

  public ServedModel {
    bases = List.copyOf(bases);
    if (bases.isEmpty()) {
      throw new IllegalArgumentException("backend '" + backend + "' has no address");
    }
  }

  public ServedModel(String name, Profile profile, String backend, URI base) {
    this(name, profile, backend, List.of(base));
  }

  /** The same at one of its addresses. */
  ServedModel at(URI base) {
    return new ServedModel(name, profile, backend, base);
  }

  /** The first address. */
  public URI base() {
    return bases.get(0);
  }

  /** The protocol's word, as codecs and events use it. */
  public String protocol() {
    return profile.word();
  }

  /**
   * Where rows go.
   *
   * @param version empty for the server's own choice
   */
  URI predictUri(String protocol, String version) {
    String model = segment(name) + (version.isEmpty() ? "" : "/versions/" + segment(version));
    return base()
        .resolve(
            protocol.equals("v1")
                ? "/v1/models/" + model + ":predict"
                : "/v2/models/" + model + "/infer");
  }

  /** Answers 200 when the server has the model; on V2 with names and types. */
  URI metadataUri() {
    return base().resolve((profile == Profile.V1 ? "/v1/models/" : "/v2/models/") + segment(name));
  }

  /** Triton's configuration, with its largest batch. */
  URI configUri() {
    return base().resolve("/v2/models/" + segment(name) + "/config");
  }

  /** A name as a path segment. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
