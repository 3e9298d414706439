package dev.sidelight.proxy.serve;

import dev.sidelight.proxy.config.Profile;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A model that answers.
 *
 * @param backend name of the backend in the configuration; {@code upstream} for the only one
 * @param base {@code http://host:port}
 */
public record ServedModel(String name, Profile profile, String backend, URI base) {

  /** The protocol's word, as codecs and events use it. */
  public String protocol() {
    return profile.word();
  }

  /**
   * Where rows go.
   *
   * @param version empty for the server's own choice; only V2 has one
   */
  URI predictUri(String protocol, String version) {
    String path =
        protocol.equals("v1")
            ? "/v1/models/" + segment(name) + ":predict"
            : "/v2/models/"
                + segment(name)
                + (version.isEmpty() ? "" : "/versions/" + segment(version))
                + "/infer";
    return base.resolve(path);
  }

  /** Answers 200 when the server has the model; on V2 with names and types. */
  URI metadataUri() {
    return base.resolve((profile == Profile.V1 ? "/v1/models/" : "/v2/models/") + segment(name));
  }

  /** Triton's configuration, with its largest batch. */
  URI configUri() {
    return base.resolve("/v2/models/" + segment(name) + "/config");
  }

  /** A name as a path segment. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
