package dev.sidelight.proxy.http.api;

import dev.sidelight.proxy.http.Problem;
import dev.sidelight.proxy.http.ProblemException;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids in paths and bodies: UUIDs, or nothing is known by them. */
final class Ids {

  private static final Pattern UUID_FORM =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  private Ids() {}

  /**
   * @throws ProblemException 404: whatever is no UUID is no id of ours
   */
  static UUID parse(String text, String pointer) {
    if (!UUID_FORM.matcher(text).matches()) {
      throw new ProblemException(
          Problem.of(404, "request_unknown", "this is not the id of a logged request")
              .withFault(pointer, "a UUID", "another text"));
    }
    return UUID.fromString(text);
  }
}
