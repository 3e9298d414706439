package dev.sidelight.proxy.http.wire;

/**
 * What the codec knows about a field by its name, decided once when the name has been read. Plain
 * ints, since they live in the field index.
 */
final class Kind {

  static final int OTHER = 0;
  static final int HOST = 1;
  static final int CONTENT_LENGTH = 2;
  static final int TRANSFER_ENCODING = 3;
  static final int CONNECTION = 4;

  /** Keep-Alive, Proxy-*, TE, HTTP2-Settings: for one hop only. */
  static final int HOP = 5;

  static final int UPGRADE = 6;
  static final int VIA = 7;
  static final int FORWARDED = 8;
  static final int FORWARDED_FOR = 9;

  /** X-Forwarded-Host, -Proto and any other but -For. */
  static final int FORWARDED_OTHER = 10;

  static final int REQUEST_ID = 11;
  static final int PUID = 12;
  static final int AUTHORIZATION = 13;
  static final int EXPECT = 14;

  /** Says who the caller is, or is one of our own marks: only from a trusted peer. */
  static final int IDENTITY = 15;

  static final int FORWARDED_HOST = 16;
  static final int FORWARDED_PROTO = 17;

  /** Content-*, Set-Cookie and others that must not stand in trailers; end-to-end in heads. */
  static final int NOT_TRAILER = 18;

  /** Nominated by Connection. */
  static final int DROPPED = 19;

  static final int TRAILER = 20;

  private Kind() {}
}
