package dev.sidelight.logger.embedded;

/** The tables of a day file. Later versions may only add. */
final class Schema {

  static final int VERSION = 1;

  /** Kinds as in a spool record's type. */
  static final int EXCHANGE = 1;

  static final int REQUEST_HALF = 2;
  static final int RESPONSE_HALF = 3;
  static final int REPORT = 4;

  static final int MARK_REQUEST_CUT = 1;
  static final int MARK_RESPONSE_CUT = 2;
  static final int MARK_REDACTED = 4;
  static final int MARK_SYNTHETIC = 8;
  static final int MARK_HISTORY = 16;

  /*
   * seq: the store's own, rising across day files (a spool may be lost and start again at 1).
   * Bodies lie apart, so that listing never reads them. erased: tombstones, so that a repeat of an
   * erased event stays away; they hold nothing of it but its id.
   */
  static final String[] CREATE = {
    """
    CREATE TABLE event(seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, kind INTEGER NOT NULL,
      time_us INTEGER NOT NULL, namespace TEXT, service TEXT, component TEXT, endpoint TEXT,
      model TEXT, version TEXT, protocol TEXT, method TEXT, path TEXT, status INTEGER,
      grpc_status INTEGER, outcome TEXT, latency_us INTEGER, rows INTEGER, request_bytes INTEGER,
      response_bytes INTEGER, tenant TEXT, variant TEXT, exchange_id BLOB, request_id TEXT,
      trace_id TEXT, pair TEXT, marks INTEGER NOT NULL, headers TEXT, upstream_us INTEGER,
      transport TEXT, sample_rate REAL, redacted TEXT, origin TEXT, report TEXT) STRICT\
    """,
    """
    CREATE TABLE payload(seq INTEGER PRIMARY KEY, request_type TEXT, request_encoding TEXT,
      request BLOB, request_cut TEXT, response_type TEXT, response_encoding TEXT, response BLOB,
      response_cut TEXT) STRICT\
    """,
    "CREATE TABLE erased(id BLOB PRIMARY KEY, seq INTEGER NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE INDEX event_time ON event(time_us, seq)",
    "CREATE INDEX event_model_time ON event(model, time_us, seq)",
    "CREATE INDEX event_request ON event(request_id)",
    "CREATE INDEX event_exchange ON event(exchange_id)",
    "CREATE INDEX event_failed ON event(time_us, seq) WHERE outcome <> 'success'",
    "CREATE VIRTUAL TABLE body USING fts5(text, content='', contentless_delete=1, detail=none)",
    "PRAGMA user_version = " + VERSION
  };

  static final String INSERT_EVENT =
      """
      INSERT INTO event(seq, id, kind, time_us, namespace, service, component, endpoint, model,
        version, protocol, method, path, status, grpc_status, outcome, latency_us, rows,
        request_bytes, response_bytes, tenant, variant, exchange_id, request_id, trace_id, pair,
        marks, headers, upstream_us, transport, sample_rate, redacted, origin, report)
      VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)
      ON CONFLICT(id) DO NOTHING\
      """;

  static final String INSERT_PAYLOAD = "INSERT INTO payload VALUES(?,?,?,?,?,?,?,?,?)";

  static final String INSERT_BODY = "INSERT INTO body(rowid, text) VALUES(?,?)";

  /** The columns {@link Rows#summary} reads, in its order. */
  static final String SUMMARY =
      "event.seq, id, time_us, model, version, variant, protocol, method, path, status, outcome,"
          + " latency_us, upstream_us, rows, request_bytes, response_bytes, request_id, trace_id,"
          + " marks";

  /** The columns {@link Rows#stored} reads after those of the summary. */
  static final String PAYLOAD =
      "headers, request_type, request_encoding, request, request_cut, response_type,"
          + " response_encoding, response, response_cut";

  private Schema() {}
}
