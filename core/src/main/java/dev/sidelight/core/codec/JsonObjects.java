package dev.sidelight.core.codec;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Objects and free-form values, as far as the codecs look into them. */
final class JsonObjects {

  private JsonObjects() {}

  /**
   * Calls {@code member} with each name of the current object, standing on its value; it must stay
   * on the value's last token.
   */
  static void members(JsonTokens in, String pointer, Consumer<String> member) {
    if (in.current() != JsonToken.START_OBJECT) {
      throw JsonNumbers.type(in.current(), "an object", () -> pointer.isEmpty() ? "/" : pointer);
    }
    while (in.next() != JsonToken.END_OBJECT) {
      String name = in.text();
      in.next();
      member.accept(name);
    }
  }

  /** Every member of the current object exactly as it is written; null counts as no object. */
  static Map<String, String> raw(JsonTokens in, String pointer) {
    Map<String, String> raw = new LinkedHashMap<>();
    if (in.current() != JsonToken.VALUE_NULL) {
      members(in, pointer, name -> raw.put(name, in.raw()));
    }
    return raw;
  }

  /**
   * The current object as maps, lists, strings, longs, doubles and booleans; nulls are left out.
   */
  static Map<String, Object> map(JsonTokens in, String pointer) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (in.current() != JsonToken.VALUE_NULL) {
      members(
          in,
          pointer,
          name -> value(in, pointer + "/" + escaped(name)).ifPresent(v -> map.put(name, v)));
    }
    return map;
  }

  private static Optional<Object> value(JsonTokens in, String pointer) {
    return switch (in.current()) {
      case START_OBJECT -> Optional.of(map(in, pointer));
      case START_ARRAY -> Optional.of(list(in, pointer));
      case VALUE_STRING -> Optional.of(in.text());
      case VALUE_TRUE -> Optional.of(true);
      case VALUE_FALSE -> Optional.of(false);
      case VALUE_NULL -> Optional.empty();
      default -> Optional.of(number(in, pointer));
    };
  }

  private static Object number(JsonTokens in, String pointer) {
    if (in.current() == JsonToken.VALUE_NUMBER_INT && in.text().length() <= 18) {
      return Long.parseLong(in.text());
    }
    return JsonNumbers.real(in, false, () -> pointer);
  }

  private static List<Object> list(JsonTokens in, String pointer) {
    List<Object> list = new ArrayList<>();
    int i = 0;
    while (in.next() != JsonToken.END_ARRAY) {
      value(in, pointer + "/" + i++).ifPresent(list::add);
    }
    return list;
  }

  /** A name as a step of a JSON pointer (RFC 6901). */
  static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  static CodecException missing(String pointer, String what) {
    return new CodecException(
        "member_missing", pointer, what, "nothing", "%s is missing".formatted(pointer));
  }
}
