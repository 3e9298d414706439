package dev.sidelight.proxy.cli;

import dev.sidelight.explainers.gateway.GatewayMeters;
import dev.sidelight.proxy.http.MetricsText;
import dev.sidelight.proxy.serve.ExplainMeters;
import dev.sidelight.proxy.serve.ExplainService;
import dev.sidelight.proxy.serve.job.Jobs;
import java.util.Map;

/** Metrics of the explanations, their jobs and the gateways. */
final class ExplainMetrics {

  private final ExplainService explain;
  private final Jobs jobs;

  ExplainMetrics(ExplainService explain, Jobs jobs) {
    this.explain = explain;
    this.jobs = jobs;
  }

  /** Prometheus' text form, by itself. */
  String text() {
    MetricsText out = new MetricsText();
    append(out);
    return out.toString();
  }

  void append(MetricsText out) {
    explanations(out);
    jobs(out);
    gateways(out);
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
