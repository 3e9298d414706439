package dev.sidelight.proxy.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.client.ClientException.Kind;

/**
 * An answer of the API.
 *
 * @param body a missing node where there is none
 * @param retryAfterSeconds 0 where the server does not ask to come again
 */
record Reply(int status, JsonNode body, int retryAfterSeconds) {

  boolean isSuccess() {
    return status / 100 == 2;
  }

  /** The body of a success. */
  JsonNode orThrow() {
    if (!isSuccess()) {
      throw failure();
    }
    return body;
  }

  /** What a problem document says, with its places and its hint. */
  ClientException failure() {
    StringBuilder text = new StringBuilder(Plain.text(body.path("detail").asText()));
    if (text.isEmpty()) {
      text.append("the server answered ").append(status);
    }
    for (JsonNode error : body.path("errors")) {
      String place = Plain.text(error.path("pointer").asText(""));
      text.append(place.isEmpty() ? "\n  " : "\n  at " + place + ": ");
      text.append("expected ").append(Plain.text(error.path("expected").asText()));
      text.append(", found ").append(Plain.text(error.path("found").asText()));
      if (error.hasNonNull("hint")) {
        text.append("\n  ").append(Plain.text(error.get("hint").asText()));
      }
    }
    if (body.hasNonNull("hint")) {
      text.append("\n  ").append(Plain.text(body.get("hint").asText()));
    }
    boolean elsewhere = body.path("code").asText().equals("route_unknown");
    if (elsewhere || (status == 404 && body.isMissingNode())) {
      text.append("\n  is --url the management listener of sidelight? (usual port: 8090)");
    }
    return new ClientException(kind(status, body.path("code").asText()), text.toString());
  }

  /** By the problem's code; the status decides where it says nothing. */
  static Kind kind(int status, String code) {
    return switch (code) {
      case "backend_unreachable", "backend_timeout", "backend_overloaded" -> Kind.UNREACHABLE;
      case "deadline", "budget_exceeded" -> Kind.SPENT;
      default -> status == 400 ? Kind.USAGE : Kind.FAILED;
    };
  }
}
