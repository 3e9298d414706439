package dev.sidelight.proxy.http.wire;

/**
 * The grammar of chunk extensions after the first semicolon: {@code name [= token or quoted]},
 * separated by semicolons, blanks only around the signs (RFC 9112 section 7.1.1).
 */
final class ChunkExtension {

  private enum At {
    NAME_START,
    NAME,
    AFTER_NAME,
    VALUE_START,
    VALUE,
    QUOTED,
    ESCAPED,
    AFTER_VALUE,
    AFTER_BLANK
  }

  private At state = At.NAME_START;

  void begin() {
    state = At.NAME_START;
  }

  /** Whether the line may end here. */
  boolean mayEnd() {
    return state == At.NAME || state == At.VALUE || state == At.AFTER_VALUE;
  }

  boolean takes(int b) {
    switch (state) {
      case NAME_START -> {
        return Octets.isBlank(b) || to(Octets.isToken(b), At.NAME);
      }
      case NAME, AFTER_NAME -> {
        if (b == '=' || b == ';') {
          return to(true, b == '=' ? At.VALUE_START : At.NAME_START);
        }
        return (state == At.NAME && Octets.isToken(b)) || to(Octets.isBlank(b), At.AFTER_NAME);
      }
      case VALUE_START -> {
        if (b == '"') {
          return to(true, At.QUOTED);
        }
        return Octets.isBlank(b) || to(Octets.isToken(b), At.VALUE);
      }
      case VALUE, AFTER_VALUE -> {
        if (b == ';') {
          return to(true, At.NAME_START);
        }
        return (state == At.VALUE && Octets.isToken(b)) || to(Octets.isBlank(b), At.AFTER_BLANK);
      }
      case AFTER_BLANK -> {
        return Octets.isBlank(b) || to(b == ';', At.NAME_START);
      }
      case QUOTED -> {
        if (b == '"' || b == '\\') {
          return to(true, b == '"' ? At.AFTER_VALUE : At.ESCAPED);
        }
        return Octets.isValue(b);
      }
      case ESCAPED -> {
        return to(Octets.isValue(b), At.QUOTED);
      }
    }
    throw new IllegalStateException();
  }

  private boolean to(boolean allowed, At next) {
    state = next;
    return allowed;
  }
}
