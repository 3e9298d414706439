package dev.sidelight.proxy.cli;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ParseResult;

/** Values of the demo's flags; what does not parse names the flag, the rule and the value. */
record DemoOptions(ParseResult given) {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

  Optional<String> text(String option) {
    return Optional.of(given.matchedOptionValue(option, "")).filter(text -> !text.isEmpty());
  }

  long whole(String option, long fallback) {
    try {
      return text(option).map(Long::parseLong).orElse(fallback);
    } catch (NumberFormatException e) {
      throw refused(option, "a whole number", e);
    }
  }

  double number(String option, double fallback) {
    try {
      return text(option).map(Double::parseDouble).orElse(fallback);
    } catch (NumberFormatException e) {
      throw refused(option, "a number", e);
    }
  }

  Optional<Duration> duration(String option) {
    Optional<String> text = text(option);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = DURATION.matcher(text.get());
    if (!matcher.matches()) {
      throw refused(option, "a duration like 20s", new IllegalArgumentException());
    }
    long amount = Long.parseLong(matcher.group(1));
    return Optional.of(
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          case "m" -> Duration.ofMinutes(amount);
          default -> Duration.ofHours(amount);
        });
  }

  private IllegalArgumentException refused(String option, String rule, Exception cause) {
    return new IllegalArgumentException(
        option + " must be " + rule + ", got '" + text(option).orElse("") + "'", cause);
  }
}
