package dev.sidelight.core.event;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which fields of a head are kept. Names are compared without regard to case and given out in
 * canonical case ({@code X-Request-Id}). What is denied stays out even when it is allowed by name.
 */
public final class HeaderPolicy {

  /** Kept unless configured otherwise. */
  public static final List<String> ALLOWED =
      List.of(
          "Content-Type",
          "Content-Encoding",
          "Inference-Header-Content-Length",
          "X-Request-Id",
          "Seldon-Puid",
          "Traceparent",
          "User-Agent");

  private static final Set<String> DENIED =
      Set.of(
          "authorization",
          "proxy-authorization",
          "cookie",
          "set-cookie",
          "x-api-key",
          "x-amz-security-token");
  private static final List<String> DENIED_PARTS = List.of("token", "secret", "password");

  private final Set<String> allowed;
  private final Set<String> denied;

  /**
   * @param allow names to keep
   * @param deny names never to keep, beside the built-in ones
   */
  public HeaderPolicy(Collection<String> allow, Collection<String> deny) {
    this.allowed = lower(allow);
    Set<String> all = new HashSet<>(DENIED);
    all.addAll(lower(deny));
    this.denied = Set.copyOf(all);
  }

  public static HeaderPolicy defaults() {
    return new HeaderPolicy(ALLOWED, List.of());
  }

  public boolean keeps(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return allowed.contains(lower)
        && !denied.contains(lower)
        && DENIED_PARTS.stream().noneMatch(lower::contains);
  }

  /**
   * The kept fields of a head, sorted by name, repeated fields in their order.
   *
   * @param head as received, ISO-8859-1 on the wire but read as UTF-8 where it is that; a first
   *     line without a colon after its name (the start line) and anything that is no field is
   *     passed over
   */
  public Map<String, List<String>> kept(byte[] head) {
    Map<String, List<String>> kept = new TreeMap<>();
    int start = 0;
    while (start < head.length) {
      int end = start;
      while (end < head.length && head[end] != '\n') {
        end++;
      }
      keep(head, start, end, kept);
      start = end + 1;
    }
    return kept;
  }

  private void keep(byte[] head, int start, int end, Map<String, List<String>> kept) {
    int colon = start;
    while (colon < end && isTokenChar(head[colon])) {
      colon++;
    }
    if (colon == start || colon >= end || head[colon] != ':') {
      return; // a start line, or the empty line
    }
    String name = new String(head, start, colon - start, StandardCharsets.US_ASCII);
    if (keeps(name)) {
      kept.computeIfAbsent(canonical(name), _ -> new ArrayList<>())
          .add(new String(head, colon + 1, end - colon - 1, StandardCharsets.UTF_8).strip());
    }
  }

  /** {@code x-request-id} becomes {@code X-Request-Id}. */
  static String canonical(String name) {
    StringBuilder canonical = new StringBuilder(name.length());
    boolean first = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      canonical.append(first ? Character.toUpperCase(c) : Character.toLowerCase(c));
      first = c == '-';
    }
    return canonical.toString();
  }

  private static boolean isTokenChar(byte b) {
    return b > 0x20 && b < 0x7f && b != ':';
  }

  private static Set<String> lower(Collection<String> names) {
    Set<String> lower = new HashSet<>();
    for (String name : names) {
      lower.add(name.toLowerCase(Locale.ROOT));
    }
    return Set.copyOf(lower);
  }
}
