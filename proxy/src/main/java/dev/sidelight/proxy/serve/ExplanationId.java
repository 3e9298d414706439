package dev.sidelight.proxy.serve;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ids of explanations as callers see them: {@code ex_} and the 32 digits of a random UUID, so that
 * whoever has one was given it.
 */
public final class ExplanationId {

  private static final Pattern FORM =
      Pattern.compile("ex_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})");

  private ExplanationId() {}

  public static String text(UUID id) {
    return "ex_" + id.toString().replace("-", "");
  }

  /** Empty where the text is no such id. */
  public static Optional<UUID> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(UUID.fromString(matcher.replaceAll("$1-$2-$3-$4-$5")))
        : Optional.empty();
  }

  /** Where an explanation is found. */
  public static String path(UUID id) {
    return "/v1/explanations/" + text(id);
  }
}
