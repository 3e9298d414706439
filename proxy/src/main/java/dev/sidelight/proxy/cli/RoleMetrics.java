package dev.sidelight.proxy.cli;

import dev.sidelight.explainers.gateway.GatewayMeters;
import dev.sidelight.logger.Delivery;
import dev.sidelight.logger.DeliveryStatus;
import dev.sidelight.logger.Ledger;
import dev.sidelight.logger.spool.Spool;
import dev.sidelight.logger.spool.SpoolStats;
import dev.sidelight.proxy.http.MetricsText;
import dev.sidelight.proxy.serve.ExplainMeters;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.job.Jobs;
import java.util.Map;

/**
 * Metrics of the log, the gateways and the explanations; those of the data path are the server's
 * own.
 */
final class RoleMetrics {

  private final Spool spool;
  private final Delivery delivery;
  private final ExplainService explain;
  private final Jobs jobs;

  RoleMetrics(Spool spool, Delivery delivery, ExplainService explain, Jobs jobs) {
    this.spool = spool;
    this.delivery = delivery;
    this.explain = explain;
    this.jobs = jobs;
  }

  /** Prometheus' text form. */
  String text() {
    MetricsText out = new MetricsText();
    ledger(out, spool.ledger());
    spool(out, spool.stats());
    sink(out, delivery.status());
    explanations(out);
    jobs(out);
    gateways(out);
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

  private void explanations(MetricsText out) {
    Map<ExplainMeters.Key, ExplainMeters.Totals> totals = explain.meters().totals();
    out.family("sidelight_explanations_total", "counter", "Explanations by outcome.");
    totals.forEach((k, t) -> out.sample("sidelight_explanations_total", labels(k), t.count()));
    out.family("sidelight_explanation_rows_total", "counter", "Predictor rows asked.");
    totals.forEach((k, t) -> out.sample("sidelight_explanation_rows_total", labels(k), t.rows()));
    out.family("sidelight_explanation_round_trips_total", "counter", "Sequential waits.");
    totals.forEach(
        (k, t) -> out.sample("sidelight_explanation_round_trips_total", labels(k), t.roundTrips()));
    out.family("sidelight_explanation_duration_seconds", "summary", "Time of explanations.");
    totals.forEach(
        (k, t) -> {
          out.sample("sidelight_explanation_duration_seconds_sum", labels(k), t.millis() / 1000.0);
          out.sample("sidelight_explanation_duration_seconds_count", labels(k), t.count());
        });
  }

  private void jobs(MetricsText out) {
    out.family("sidelight_explanation_jobs", "gauge", "Explanations kept, by state.");
    jobs.counts()
        .forEach(
            (state, count) ->
                out.sample("sidelight_explanation_jobs", "state=\"" + state.word() + "\"", count));
    out.counter(
        "sidelight_explanation_followers_dropped_total",
        "Clients of event streams that did not read.",
        explain.meters().droppedFollowers());
  }

  private static String labels(ExplainMeters.Key key) {
    return "model=\""
        + MetricsText.escaped(key.model())
        + "\",method=\""
        + key.method()
        + "\",outcome=\""
        + key.outcome()
        + "\"";
  }

  private void gateways(MetricsText out) {
    Map<String, GatewayMeters> meters = explain.gatewayMeters();
    out.family(
        "sidelight_gateway_rows_total", "counter", "Synthetic rows, by what became of them.");
    meters.forEach(
        (model, m) -> {
          String label = "model=\"" + MetricsText.escaped(model) + "\",result=";
          out.sample("sidelight_gateway_rows_total", label + "\"sent\"", m.sent());
          out.sample("sidelight_gateway_rows_total", label + "\"cached\"", m.cached());
          out.sample("sidelight_gateway_rows_total", label + "\"joined\"", m.joined());
          out.sample("sidelight_gateway_rows_total", label + "\"dropped\"", m.dropped());
          out.sample("sidelight_gateway_rows_total", label + "\"failed\"", m.failed());
          out.sample("sidelight_gateway_rows_total", label + "\"wasted\"", m.wasted());
        });
    out.family("sidelight_gateway_calls_total", "counter", "Calls to the model server.");
    meters.forEach(
        (model, m) -> out.sample("sidelight_gateway_calls_total", model(model), m.calls()));
    out.family("sidelight_gateway_in_flight", "gauge", "Calls under way.");
    meters.forEach(
        (model, m) -> out.sample("sidelight_gateway_in_flight", model(model), m.inFlight()));
    out.family(
        "sidelight_gateway_live_yield_seconds_total", "counter", "Time given to live traffic.");
    meters.forEach(
        (model, m) ->
            out.sample(
                "sidelight_gateway_live_yield_seconds_total",
                model(model),
                m.yieldMillis() / 1000));
  }

  private static String model(String name) {
    return "model=\"" + MetricsText.escaped(name) + "\"";
  }
}
