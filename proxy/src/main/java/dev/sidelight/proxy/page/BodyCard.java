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
   * @param jsonLength {@code Inference-Header-Content-Length}: so many bytes of JSON stand before
   *     raw tensors; empty where the message had no such field
   * @param redacted a rule took something out of it
   */
  static void write(
      String name, StoredBody body, long bytes, String jsonLength, boolean redacted, Markup to) {
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
    int head = head(body, jsonLength);
    Optional<String> text = text(body, head);
    if (body.bytes().length == 0) {
      to.element("p", "Empty.", "class", "muted");
    } else if (text.isEmpty()) {
      to.element("p", "Not text: " + Figures.bytes(body.bytes().length) + ".", "class", "muted");
    } else {
      text(text.get(), to);
    }
    int raw = body.bytes().length - head;
    if (text.isPresent() && raw > 0) {
      to.element(
          "p",
          "Behind it: %s of raw tensors, each as long as its binary_data_size says."
              .formatted(Figures.bytes(raw)),
          "class",
          "muted");
    }
    to.close();
  }

  /** How many bytes of it are JSON, or whatever it is, before raw tensors begin. */
  private static int head(StoredBody body, String jsonLength) {
    int whole = body.bytes().length;
    return jsonLength.matches("\\d{1,9}") ? Math.min(whole, Integer.parseInt(jsonLength)) : whole;
  }

  private static void text(String text, Markup to) {
    to.open("sl-copy").open("pre", "tabindex", "0").element("code", shown(text)).close().close();
    if (text.length() > SHOWN_MAX) {
      to.element(
          "p",
          "The first %s characters of %s."
              .formatted(Figures.count(SHOWN_MAX), Figures.count(text.length())),
          "class",
          "notice");
    }
  }

  private static String about(StoredBody body, long bytes) {
    String type = body.contentType().isEmpty() ? "" : body.contentType() + ", ";
    String coding = body.contentEncoding().isEmpty() ? "" : body.contentEncoding() + ", ";
    return type + coding + Figures.bytes(bytes);
  }

  /** Empty for what is packed, and for what nobody would read: bytes that are no characters. */
  private static Optional<String> text(StoredBody body, int head) {
    boolean packed =
        !body.contentEncoding().isEmpty() && !body.contentEncoding().equals("identity");
    if (packed || head == 0) {
      return Optional.empty();
    }
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(body.bytes(), 0, head))
              .toString();
      boolean isRead = text.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t');
      if (!isRead) {
        return Optional.empty();
      }
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
