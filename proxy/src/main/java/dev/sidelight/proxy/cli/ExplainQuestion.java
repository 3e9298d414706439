package dev.sidelight.proxy.cli;

import dev.sidelight.proxy.client.ClientException;
import dev.sidelight.proxy.client.Question;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import picocli.CommandLine.ParseResult;

/** What {@code sidelight explain} was asked, from its arguments. */
final class ExplainQuestion {

  private static final Pattern ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final int BODY_BYTES_MAX = 64 << 20;

  private final ParseResult given;
  private final InputStream in;

  /**
   * @param in read for {@code -}
   */
  ExplainQuestion(ParseResult given, InputStream in) {
    this.given = given;
    this.in = in;
  }

  /**
   * @throws ClientException for what cannot be asked, and for a file that is no JSON
   */
  Question read() throws IOException {
    String subject = given.matchedPositionalValue(0, "");
    boolean isId = ID.matcher(subject).matches() && !Files.exists(Path.of(subject));
    Optional<String> body =
        isId ? Optional.empty() : Optional.of(Question.body(bytes(subject), name(subject)));
    return new Question(
        isId ? subject : "",
        text("--model"),
        body,
        given.matchedOptionValue("--method", "shap"),
        row(),
        parameters());
  }

  private static String name(String subject) {
    return subject.equals("-") ? "the standard input" : subject;
  }

  private byte[] bytes(String subject) throws IOException {
    if (subject.equals("-")) {
      return bounded(in, subject);
    }
    Path file = Path.of(subject);
    if (!Files.isRegularFile(file)) {
      throw wrong("there is no file " + subject + ", and it is not the id of a logged request");
    }
    try (InputStream stream = Files.newInputStream(file)) {
      return bounded(stream, subject);
    }
  }

  private static byte[] bounded(InputStream stream, String subject) throws IOException {
    byte[] bytes = stream.readNBytes(BODY_BYTES_MAX + 1);
    if (bytes.length > BODY_BYTES_MAX) {
      throw wrong(name(subject) + " is longer than 64 MiB");
    }
    return bytes;
  }

  private Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    number("--budget-rows", 1).ifPresent(rows -> parameters.put("rowsMax", rows));
    number("--seed", Long.MIN_VALUE).ifPresent(seed -> parameters.put("seed", seed));
    for (String name : new String[] {"output", "target", "deadline"}) {
      String value = text("--" + name);
      if (!value.isEmpty()) {
        parameters.put(name, value.matches("\\d{1,18}") ? (Object) Long.valueOf(value) : value);
      }
    }
    return parameters;
  }

  private OptionalInt row() {
    Optional<Long> row = number("--row", 0);
    return row.isPresent()
        ? OptionalInt.of((int) Math.min(Integer.MAX_VALUE, row.get()))
        : OptionalInt.empty();
  }

  private Optional<Long> number(String option, long least) {
    String text = text(option);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      throw wrong(option + " must be a whole number, got '" + text + "'");
    }
    throw wrong(option + " must be >= " + least + ", got " + text);
  }

  private String text(String option) {
    return given.matchedOptionValue(option, "");
  }

  private static ClientException wrong(String message) {
    return new ClientException(ClientException.Kind.USAGE, message);
  }
}
