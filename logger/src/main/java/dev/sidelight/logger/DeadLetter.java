package dev.sidelight.logger;

/**
 * An event a sink will never take.
 *
 * @param cause one word
 * @param text the sink's own words, at most 500 characters
 */
public record DeadLetter(LoggedEvent event, String cause, String text) {

  static final int TEXT_MAX = 500;

  public DeadLetter {
    text = text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX);
  }
}
