package dev.sidelight.proxy.http;

import dev.sidelight.proxy.config.Profile;
import java.util.List;

/** The inference paths that a profile installs. All are asked by POST. */
final class ProfilePaths {

  private ProfilePaths() {}

  /** Whether its paths name the model. */
  static boolean nameModel(Profile profile) {
    return profile == Profile.V1 || profile == Profile.V2;
  }

  /**
   * @param model {@code {model}} for any
   */
  static List<String> of(Profile profile, String model) {
    return switch (profile) {
      case V1 -> List.of("/v1/models/" + model + ":predict");
      case V2 ->
          List.of(
              "/v2/models/" + model + "/infer",
              "/v2/models/" + model + "/versions/{version}/infer");
      case OPENAI ->
          List.of(
              "/v1/completions",
              "/v1/chat/completions",
              "/v1/embeddings",
              "/openai/v1/completions",
              "/openai/v1/chat/completions",
              "/openai/v1/embeddings");
      case RAW -> List.of(); // its paths are configured one by one
    };
  }
}
