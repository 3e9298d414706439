package dev.sidelight.proxy.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sidelight.logger.StoredRequest.StoredBody;
import dev.sidelight.proxy.page.markup.Figures;
import dev.sidelight.proxy.page.markup.Markup;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One body as it was kept. */
final class BodyCard {

  /** Characters shown: more is read from the API. */
  private static final int SHOWN_MAX = 40_000;

  /** Numbers stay as they were sent; a text with a name twice is shown as it is, both times. */
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private BodyCard() {}

  /**
   * @param bytes its length on the wire
   * @param redacted a rule took something out of it
   */
  static void write(String name, StoredBody body, long bytes, boolean redacted, Markup to) {
    to.open("details", "class", "card body");
    to.open("summary").element("h2", name);
    to.element("span", about(body, bytes), "class", "muted").close();
    boolean cut = !body.truncation().isEmpty() && !body.truncation().equals("none");
    if (cut) {
      to.element(
          "p",
          "Truncated (%s): %s of %s were kept. The client got all of it."
              .formatted(
                  body.truncation().replace('_', ' '),
                  Figures.bytes(body.bytes().length),
                  Figures.bytes(bytes)),
          "class",
          "notice");
    }
    if (redacted) {
      to.element("p", "Redacted: a rule took values out before this was kept.", "class", "notice");
    }
    Optional<String> text = text(body);
    if (body.bytes().length == 0) {
      to.element("p", "Empty.", "class", "muted");
    } else if (text.isEmpty()) {
      to.element("p", "Not text: " + Figures.bytes(body.bytes().length) + ".", "class", "muted");
    } else {
      to.open("sl-copy")
          .open("pre", "tabindex", "0")
          .element("code", shown(text.get()))
          .close()
          .close();
      if (text.get().length() > SHOWN_MAX) {
        to.element(
            "p",
            "The first %s characters of %s."
                .formatted(Figures.count(SHOWN_MAX), Figures.count(text.get().length())),
            "class",
            "notice");
      }
    }
    to.close();
  }

  private static String about(StoredBody body, long bytes) {
    String type = body.contentType().isEmpty() ? "" : body.contentType() + ", ";
    String coding = body.contentEncoding().isEmpty() ? "" : body.contentEncoding() + ", ";
    return type + coding + Figures.bytes(bytes);
  }

  private static Optional<String> text(StoredBody body) {
    if (!body.contentEncoding().isEmpty() && !body.contentEncoding().equals("identity")) {
      return Optional.empty();
    }
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body.bytes())).toString();
      return Optional.of(text.length() > SHOWN_MAX ? text : pretty(text));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** JSON with line breaks; anything else as it is. */
  private static String pretty(String text) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  private static String shown(String text) {
    return text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) : text;
  }
}
