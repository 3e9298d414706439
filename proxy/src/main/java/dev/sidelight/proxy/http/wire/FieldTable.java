package dev.sidelight.proxy.http.wire;

import java.util.Set;

/** Names to {@link Kind}s: one probe of a small open hash table, no String. Immutable. */
final class FieldTable {

  private static final int SLOTS = 256;
  private static final byte[] PROXY = Octets.ascii("proxy-");
  private static final byte[] FORWARDED = Octets.ascii("x-forwarded-");
  private static final byte[] SIDELIGHT = Octets.ascii("x-sidelight-");
  private static final byte[] CONTENT = Octets.ascii("content-");

  private final AsciiName[] names;
  private final byte[] kinds;
  private final int mask;

  FieldTable(Set<String> identityFields) {
    int slots = Integer.highestOneBit(Math.max(SLOTS, identityFields.size() * 8));
    names = new AsciiName[slots];
    kinds = new byte[slots];
    mask = slots - 1;
    all(Kind.HOST, "host");
    all(Kind.CONTENT_LENGTH, "content-length");
    all(Kind.TRANSFER_ENCODING, "transfer-encoding");
    all(Kind.CONNECTION, "connection");
    all(Kind.HOP, "keep-alive", "te", "http2-settings");
    all(Kind.UPGRADE, "upgrade");
    all(Kind.VIA, "via");
    all(Kind.FORWARDED, "forwarded");
    all(Kind.FORWARDED_FOR, "x-forwarded-for");
    all(Kind.FORWARDED_HOST, "x-forwarded-host");
    all(Kind.FORWARDED_PROTO, "x-forwarded-proto");
    all(Kind.REQUEST_ID, "x-request-id");
    all(Kind.PUID, "seldon-puid");
    all(Kind.AUTHORIZATION, "authorization");
    all(Kind.EXPECT, "expect");
    all(Kind.TRAILER, "trailer");
    all(Kind.NOT_TRAILER, "cookie", "set-cookie", "www-authenticate", "authentication-info");
    all(Kind.NOT_TRAILER, "max-forwards", "location", "range", "cache-control");
    // documented as input: the mark of our own explanations, and an administrator's choice
    all(Kind.OTHER, "x-sidelight-synthetic", "x-sidelight-variant");
    for (String name : identityFields) {
      put(AsciiName.of(name), Kind.IDENTITY);
    }
  }

  private void all(int kind, String... all) {
    for (String name : all) {
      put(AsciiName.of(name), kind);
    }
  }

  private void put(AsciiName name, int kind) {
    int at = slot(name.hash());
    while (names[at] != null) {
      if (names[at].toString().equals(name.toString())) {
        return; // what the codec itself must know about a name goes before what settings say
      }
      at = (at + 1) & mask;
    }
    names[at] = name;
    kinds[at] = (byte) kind;
  }

  private int slot(int hash) {
    return (hash ^ (hash >>> 15)) & mask;
  }

  /**
   * @param hash of bytes [from, to), folded by {@link AsciiName#fold}
   */
  int kindOf(byte[] bytes, int from, int to, int hash) {
    for (int at = slot(hash); names[at] != null; at = (at + 1) & mask) {
      if (names[at].hash() == hash && names[at].sameAs(bytes, from, to)) {
        return kinds[at];
      }
    }
    return byPrefix(bytes, from, to);
  }

  private static int byPrefix(byte[] bytes, int from, int to) {
    return switch (Octets.lower(bytes[from])) {
      case 'p' -> Octets.startsWithLower(bytes, from, to, PROXY) ? Kind.HOP : Kind.OTHER;
      case 'c' -> Octets.startsWithLower(bytes, from, to, CONTENT) ? Kind.NOT_TRAILER : Kind.OTHER;
      case 'x' -> {
        if (Octets.startsWithLower(bytes, from, to, FORWARDED)) {
          yield Kind.FORWARDED_OTHER;
        }
        yield Octets.startsWithLower(bytes, from, to, SIDELIGHT) ? Kind.IDENTITY : Kind.OTHER;
      }
      default -> Kind.OTHER;
    };
  }

  /** What the name would be if {@code _} were {@code -}, as CGI-like servers read it. */
  int kindWithHyphens(byte[] bytes, int from, int to) {
    byte[] read = new byte[to - from];
    int hash = 0;
    for (int i = 0; i < read.length; i++) {
      read[i] = bytes[from + i] == '_' ? (byte) '-' : bytes[from + i];
      hash = AsciiName.fold(hash, read[i]);
    }
    return kindOf(read, 0, read.length, hash);
  }

  /** Fields that must not be smuggled in by a variant spelling or out by Connection. */
  static boolean isProtected(int kind) {
    return switch (kind) {
      case Kind.HOST,
          Kind.CONTENT_LENGTH,
          Kind.TRANSFER_ENCODING,
          Kind.AUTHORIZATION,
          Kind.VIA,
          Kind.FORWARDED,
          Kind.FORWARDED_FOR,
          Kind.FORWARDED_HOST,
          Kind.FORWARDED_PROTO,
          Kind.FORWARDED_OTHER,
          Kind.IDENTITY ->
          true;
      default -> false;
    };
  }
}
