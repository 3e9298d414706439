package dev.sidelight.core.event;

/**
 * The ids a caller gave, each kept if it is 1 to 256 printable ASCII characters, else empty. They
 * can be forged and repeat: for joining only.
 */
public record CallerIds(String ceId, String requestId, String puid) {

  public static final CallerIds NONE = new CallerIds("", "", "");

  /** True when {@code id} may be kept. */
  public static boolean isKeepable(CharSequence id) {
    if (id.isEmpty() || id.length() > 256) {
      return false;
    }
    return id.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
  }

  /** The id to join on: X-Request-Id, else Seldon-Puid, else Ce-Id, else {@code fallback}. */
  public String joinId(String fallback) {
    if (!requestId.isEmpty()) {
      return requestId;
    }
    if (!puid.isEmpty()) {
      return puid;
    }
    return ceId.isEmpty() ? fallback : ceId;
  }
}
