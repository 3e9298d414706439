package dev.sidelight.logger.embedded;

/** The tables of a day file. Later versions may only add: a file is read whatever wrote it. */
final class Schema {

  static final int VERSION = 2;

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
   *
   * request_id of an exchange is NULL where it is the id itself; exchange_id is that of another
   * event. A document of body has the words of the events first..last of its text_block (its rowid
   * is the first), or of one event where it has no block.
   *
   * Searches walk event_time; with the model in it, rows of other models are passed over without
   * being read, which costs less than an index of its own for every event.
   *
   * Version 1 had no text_block, wrote request_id and exchange_id always, indexed them all and
   * (model, time_us, seq), and had a document with every token for each event.
   */
  private static final String TEXT_BLOCK =
      "CREATE TABLE text_block(first INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT";

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
    "CREATE INDEX event_time ON event(time_us, seq, model)",
    "CREATE INDEX event_request ON event(request_id) WHERE request_id IS NOT NULL",
    "CREATE INDEX event_exchange ON event(exchange_id) WHERE exchange_id IS NOT NULL",
    "CREATE INDEX event_failed ON event(time_us, seq) WHERE outcome <> 'success'",
    "CREATE VIRTUAL TABLE body USING fts5(text, content='', contentless_delete=1, detail=none)",
    TEXT_BLOCK,
    "PRAGMA user_version = " + VERSION
  };

  static final String[] FROM_VERSION_1 = {TEXT_BLOCK, "PRAGMA user_version = " + VERSION};

  /** In the order of {@link EventBinder}. */
  static final InsertColumn[] EVENT = {
    InsertColumn.of("seq"),
    InsertColumn.of("id"),
    InsertColumn.of("kind", EXCHANGE),
    InsertColumn.of("time_us"),
    InsertColumn.of("namespace", ""),
    InsertColumn.of("service", ""),
    InsertColumn.of("component", ""),
    InsertColumn.of("endpoint", ""),
    InsertColumn.of("model", ""),
    InsertColumn.of("version", ""),
    InsertColumn.of("protocol", ""),
    InsertColumn.of("method", "POST"),
    InsertColumn.of("path", ""),
    InsertColumn.of("status", 200),
    InsertColumn.of("grpc_status", -1),
    InsertColumn.of("outcome", "success"),
    InsertColumn.of("latency_us"),
    InsertColumn.of("rows", -1),
    InsertColumn.of("request_bytes"),
    InsertColumn.of("response_bytes"),
    InsertColumn.of("tenant", ""),
    InsertColumn.of("variant", ""),
    InsertColumn.nothing("exchange_id"),
    InsertColumn.nothing("request_id"),
    InsertColumn.of("trace_id", ""),
    InsertColumn.of("pair", ""),
    InsertColumn.of("marks", 0),
    InsertColumn.of("headers", ""),
    InsertColumn.of("upstream_us"),
    InsertColumn.of("transport", "http"),
    InsertColumn.of("sample_rate", 1.0),
    InsertColumn.of("redacted", ""),
    InsertColumn.of("origin", ""),
    InsertColumn.of("report", "")
  };

  static final InsertColumn[] PAYLOADS = {
    InsertColumn.of("seq"),
    InsertColumn.of("request_type", "application/json"),
    InsertColumn.of("request_encoding", ""),
    InsertColumn.of("request"),
    InsertColumn.of("request_cut", "none"),
    InsertColumn.of("response_type", "application/json"),
    InsertColumn.of("response_encoding", ""),
    InsertColumn.of("response"),
    InsertColumn.of("response_cut", "none")
  };

  /** The columns {@link Rows#summary} reads, in its order. */
  static final String SUMMARY =
      "event.seq, id, time_us, model, version, variant, protocol, method, path, status, outcome,"
          + " latency_us, upstream_us, rows, request_bytes, response_bytes, request_id, trace_id,"
          + " marks";

  /**
   * The sequences of the blocks that match; the parameters are the full-text query and the first
   * and last sequence, both by their block's first.
   */
  static final String TEXT_CANDIDATES =
      "SELECT e.seq FROM body LEFT JOIN text_block b ON b.first = body.rowid CROSS JOIN event e ON"
          + " e.seq BETWEEN body.rowid AND ifnull(b.last, body.rowid)"
          + " WHERE body MATCH ? AND body.rowid BETWEEN ? AND ?";

  /** The columns {@link Rows#stored} reads after those of the summary. */
  static final String PAYLOAD =
      "headers, request_type, request_encoding, request, request_cut, response_type,"
          + " response_encoding, response, response_cut";

  /** Follows {@link #SUMMARY} where the bodies are read too. */
  static final String AND_PAYLOAD =
      ", " + PAYLOAD + " FROM event CROSS JOIN payload ON payload.seq = event.seq";

  private Schema() {}
}
