package dev.sidelight.logger.spool;

/**
 * Names of a payload's fields. Frozen: a tag keeps its meaning for ever, new ones are added,
 * unknown ones are skipped. An absent field is empty, 0 or its default. The table with forms stands
 * in the package's documentation.
 */
final class Tag {
  static final int EXCHANGE_ID = 1;
  static final int CE_ID = 2;
  static final int REQUEST_ID = 3;
  static final int PUID = 4;
  static final int TRACEPARENT = 5;
  static final int TRACESTATE = 6;

  static final int TENANT = 16;
  static final int NAMESPACE = 17;
  static final int SERVICE = 18;
  static final int COMPONENT = 19;
  static final int ENDPOINT = 20;
  static final int MODEL = 21;
  static final int VARIANT = 22;
  static final int VERSION = 23;

  static final int METHOD = 32;
  static final int PATH = 33;
  static final int PROTOCOL = 34;
  static final int TRANSPORT = 35;
  static final int STATUS = 36;
  static final int GRPC_STATUS = 37;
  static final int OUTCOME = 38;

  static final int TIMES = 48;

  /** The request's side, or a half's only one. */
  static final int REQUEST = 64;

  static final int RESPONSE = 80;

  // offsets within a side
  static final int FIELDS = 0;
  static final int FULL_LENGTH = 1;
  static final int BODY_CRC = 2;
  static final int CONTENT_TYPE = 3;
  static final int CONTENT_ENCODING = 4;
  static final int TRUNCATION = 5;
  static final int BODY = 6;

  static final int SAMPLE_RATE = 96;
  static final int REDACTED = 97;
  static final int ORIGIN = 98;

  static final int KIND = 112;
  static final int TIME = 113;
  static final int JSON = 114;

  static final int GAP_COUNTS = 128;
  static final int GAP_REASON = 129;
  static final int GAP_SINK = 130;
  static final int GAP_SPOOL = 131;

  static final int SEAL_COUNTS = 144;

  private Tag() {}
}
