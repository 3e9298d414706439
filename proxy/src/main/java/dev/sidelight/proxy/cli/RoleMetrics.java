package dev.sidelight.proxy.cli;

import dev.sidelight.logger.Delivery;
import dev.sidelight.logger.DeliveryStatus;
import dev.sidelight.logger.Ledger;
import dev.sidelight.logger.spool.Spool;
import dev.sidelight.logger.spool.SpoolStats;
import dev.sidelight.proxy.http.MetricsText;

/** Metrics of the log and of what explains; those of the data path are the server's own. */
final class RoleMetrics {

  private final Spool spool;
  private final Delivery delivery;
  private final ExplainMetrics explain;

  RoleMetrics(Spool spool, Delivery delivery, ExplainMetrics explain) {
    this.spool = spool;
    this.delivery = delivery;
    this.explain = explain;
  }

  /** Prometheus' text form. */
  String text() {
    MetricsText out = new MetricsText();
    ledger(out, spool.ledger());
    spool(out, spool.stats());
    sink(out, delivery.status());
    explain.append(out);
    return out.toString();
  }

  /** The ledger's identity holds within one scrape: all of it is one reading. */
  private static void ledger(MetricsText out, Ledger ledger) {
    out.counter("sidelight_log_seen_total", "Exchanges admitted to logging.", ledger.seen());
    out.gauge("sidelight_log_queue_events", "Events in the rings.", ledger.queued());
    out.family("sidelight_log_events_total", "counter", "Events settled, by sink and result.");
    for (Ledger.SinkLedger sink : ledger.sinks()) {
      String label = "sink=\"" + sink.sink() + "\",result=";
      out.sample("sidelight_log_events_total", label + "\"written\"", sink.written());
      out.sample("sidelight_log_events_total", label + "\"skipped\"", sink.skipped());
      out.sample("sidelight_log_events_total", label + "\"dead\"", sink.dead());
    }
    out.family("sidelight_log_pending_events", "gauge", "Events not settled yet, by sink.");
    for (Ledger.SinkLedger sink : ledger.sinks()) {
      out.sample("sidelight_log_pending_events", "sink=\"" + sink.sink() + "\"", sink.pending());
    }
    out.family("sidelight_log_gap_events_total", "counter", "Events lost, by reason and sink.");
    ledger
        .gaps()
        .forEach(
            (reason, count) ->
                out.sample(
                    "sidelight_log_gap_events_total",
                    "reason=\"" + reason + "\",sink=\"\"",
                    count));
  }

  private static void spool(MetricsText out, SpoolStats stats) {
    out.gauge("sidelight_spool_bytes", "Bytes in the spool.", stats.bytes());
    out.gauge("sidelight_spool_segments", "Segment files.", stats.segments());
    out.counter("sidelight_spool_fsync_failures_total", "Failed syncs.", stats.fsyncFailures());
    out.gauge(
        "sidelight_spool_degraded", "1 while nothing can be written.", stats.degraded() ? 1 : 0);
  }

  private static void sink(MetricsText out, DeliveryStatus status) {
    String label = "sink=\"" + status.sink() + "\"";
    out.family("sidelight_sink_retries_total", "counter", "Events sent again, by cause.");
    status
        .retries()
        .forEach(
            (cause, count) ->
                out.sample(
                    "sidelight_sink_retries_total", label + ",cause=\"" + cause + "\"", count));
    out.family("sidelight_sink_state", "gauge", "1 for the state the sink is in.");
    for (DeliveryStatus.State state : DeliveryStatus.State.values()) {
      String word = state.name().toLowerCase(java.util.Locale.ROOT);
      out.sample(
          "sidelight_sink_state",
          label + ",state=\"" + word + "\"",
          state == status.state() ? 1 : 0);
    }
    out.family("sidelight_sink_dead_letter_bytes", "gauge", "Bytes set aside.");
    out.sample("sidelight_sink_dead_letter_bytes", label, status.deadLetterBytes());
  }
}
