package dev.sidelight.proxy.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A path with places: {@code /v1/models/{model}:predict}. A place fills one segment up to the
 * literal that follows it; {@code {name*}} as the last segment takes all that is left. Place values
 * may hold dots and colons, never a slash.
 */
final class Template {

  /** One segment: literal text before and after an optional place. */
  private record Segment(String before, String place, String after, boolean rest) {}

  private final String text;
  private final List<Segment> segments = new ArrayList<>();
  private final boolean literal;

  Template(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("a route's path must start with /, got '" + text + "'");
    }
    this.text = text;
    for (String part : text.substring(1).split("/", -1)) {
      segments.add(segmentOf(part));
    }
    literal = segments.stream().allMatch(s -> s.place().isEmpty());
  }

  private static Segment segmentOf(String part) {
    int open = part.indexOf('{');
    int close = part.indexOf('}');
    if (open < 0 || close < open) {
      return new Segment(part, "", "", false);
    }
    String place = part.substring(open + 1, close);
    boolean rest = place.endsWith("*");
    String name = rest ? place.substring(0, place.length() - 1) : place;
    return new Segment(part.substring(0, open), name, part.substring(close + 1), rest);
  }

  String text() {
    return text;
  }

  boolean isLiteral() {
    return literal;
  }

  /** Characters before the first place: the longer, the earlier it is tried. */
  int literalPrefix() {
    int open = text.indexOf('{');
    return open < 0 ? text.length() : open;
  }

  /** Literal characters in all: of two templates that match, the one that says more wins. */
  int literalLength() {
    int n = 0;
    for (Segment segment : segments) {
      n += segment.before().length() + segment.after().length() + 1;
    }
    return n;
  }

  /** The places' values, decoded, or null where the path does not match. */
  @Nullable Map<String, String> match(String path) {
    Map<String, String> values = Map.of();
    int at = 1;
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      if (at > path.length()) {
        return null;
      }
      int end = segment.rest() ? path.length() : path.indexOf('/', at);
      if (end < 0) {
        end = path.length();
      }
      if (!fits(segment, path, at, end)) {
        return null;
      }
      if (!segment.place().isEmpty()) {
        values = values.isEmpty() ? new TreeMap<>() : values;
        int from = at + segment.before().length();
        values.put(segment.place(), decoded(path.substring(from, end - segment.after().length())));
      }
      at = end + 1;
    }
    return at == path.length() + 1 ? values : null;
  }

  private static boolean fits(Segment segment, String path, int from, int end) {
    int length = end - from;
    int fixed = segment.before().length() + segment.after().length();
    if (segment.place().isEmpty()) {
      return length == segment.before().length() && path.startsWith(segment.before(), from);
    }
    return length >= fixed + (segment.rest() ? 0 : 1)
        && path.startsWith(segment.before(), from)
        && path.startsWith(segment.after(), end - segment.after().length());
  }

  static String decoded(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) { // not an escape: taken as it stands
      return text;
    }
  }
}
