package dev.sidelight.proxy.http;

import dev.sidelight.core.event.Outcome;
import dev.sidelight.core.event.Truncation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** The data path's own numbers, under the names of the design. Striped counters, no lock. */
final class DataPathMetrics {

  private final Map<String, TrafficMetrics> traffic = new ConcurrentSkipListMap<>();
  private final LongAdder clientConnections = new LongAdder();
  private final LongAdder backendConnections = new LongAdder();
  private final LongAdder tapHeld = new LongAdder();
  private final LongAdder clientClosed = new LongAdder();
  private final Map<String, LongAdder> retries = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> refused = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> shed = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> truncated = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> skipped = new ConcurrentSkipListMap<>();
  private final Map<String, Histogram> explained = new ConcurrentSkipListMap<>();
  private final Histogram poolWait = Histogram.ofNanos();
  private final Histogram loopLag = Histogram.ofNanos();

  TrafficMetrics traffic(String model, String variant, String protocol) {
    return traffic.computeIfAbsent(
        model + '\n' + variant + '\n' + protocol,
        key -> new TrafficMetrics(model, variant, protocol));
  }

  LongAdder clientConnections() {
    return clientConnections;
  }

  LongAdder backendConnections() {
    return backendConnections;
  }

  /** Bytes pinned by captured messages that have not been written yet. */
  LongAdder tapHeld() {
    return tapHeld;
  }

  LongAdder clientClosed() {
    return clientClosed;
  }

  void retried(String reason) {
    count(retries, reason);
  }

  void refused(String code) {
    count(refused, code);
  }

  void shed(String what) {
    count(shed, what);
  }

  void tapTruncated(Truncation cause) {
    count(truncated, cause.word());
  }

  void logSkipped(String reason) {
    count(skipped, reason);
  }

  void poolWait(long nanos) {
    poolWait.observe(nanos);
  }

  void loopLag(long nanos) {
    loopLag.observe(nanos);
  }

  void explained(String model, long nanos) {
    explained.computeIfAbsent(model, m -> Histogram.ofNanos()).observe(nanos);
  }

  private static void count(Map<String, LongAdder> counters, String label) {
    LongAdder counter = counters.get(label);
    if (counter == null) {
      counter = counters.computeIfAbsent(label, l -> new LongAdder());
    }
    counter.increment();
  }

  long inFlight() {
    return traffic.values().stream().mapToLong(TrafficMetrics::inFlight).sum();
  }

  long refusedCount(String code) {
    LongAdder counter = refused.get(code);
    return counter == null ? 0 : counter.sum();
  }

  long requests(Outcome outcome) {
    return traffic.values().stream().mapToLong(t -> t.requests(outcome)).sum();
  }

  /** Appends everything counted here. */
  void append(MetricsText out, boolean kserve) {
    Collection<TrafficMetrics> all = traffic.values();
    out.family("sidelight_requests_total", "counter", "Requests by outcome.");
    for (TrafficMetrics each : all) {
      for (Outcome outcome : Outcome.values()) {
        if (each.requests(outcome) > 0) {
          String labels = each.labels() + ",outcome=\"" + outcome.word() + "\"";
          out.sample("sidelight_requests_total", labels, each.requests(outcome));
        }
      }
    }
    histograms(out, "request_duration_seconds", "Head to last byte.", TrafficMetrics::duration);
    histograms(out, "upstream_duration_seconds", "The backend's part.", TrafficMetrics::upstream);
    histograms(out, "overhead_seconds", "Request minus upstream.", TrafficMetrics::overhead);
    histograms(
        out,
        "time_to_first_byte_seconds",
        "Head to the backend's head.",
        TrafficMetrics::firstByte);
    histograms(out, "request_body_bytes", "Request bodies.", TrafficMetrics::requestBytes);
    histograms(out, "response_body_bytes", "Response bodies.", TrafficMetrics::responseBytes);
    out.gauge("sidelight_in_flight", "Requests running.", inFlight());
    out.family("sidelight_connections", "gauge", "Open connections.")
        .sample("sidelight_connections", "side=\"client\"", clientConnections.sum())
        .sample("sidelight_connections", "side=\"backend\"", backendConnections.sum());
    out.family("sidelight_pool_wait_seconds", "histogram", "Waiting for a backend connection.")
        .histogram("sidelight_pool_wait_seconds", "", poolWait);
    out.family("sidelight_loop_lag_seconds", "histogram", "Delay of the event loops.")
        .histogram("sidelight_loop_lag_seconds", "", loopLag);
    out.counters("sidelight_retries_total", "Second attempts.", "reason", retries);
    out.counters("sidelight_refused_total", "Requests answered by us.", "code", refused);
    out.counters("sidelight_shed_total", "What was shed.", "what", shed);
    out.counters("sidelight_tap_truncated_total", "Bodies cut in the log.", "cause", truncated);
    out.counters("sidelight_log_skipped_total", "Requests not logged.", "reason", skipped);
    out.gauge("sidelight_tap_held_bytes", "Pinned by captured messages.", tapHeld.sum());
    out.counter("sidelight_client_closed_total", "Clients gone early.", clientClosed.sum());
    if (kserve) {
      kserve(out, all);
      out.family("request_explain_seconds", "histogram", "Explanations, as KServe names them.");
      explained.forEach(
          (model, histogram) ->
              out.histogram(
                  "request_explain_seconds",
                  "model_name=\"" + MetricsText.escaped(model) + "\"",
                  histogram));
    }
  }

  private void histograms(
      MetricsText out, String name, String help, Function<TrafficMetrics, Histogram> of) {
    String full = "sidelight_" + name;
    out.family(full, "histogram", help);
    for (TrafficMetrics each : traffic.values()) {
      out.histogram(full, each.labels(), of.apply(each));
    }
  }

  /** The names that dashboards for KServe's servers ask for. */
  private static void kserve(MetricsText out, Collection<TrafficMetrics> all) {
    String name = "request_predict_seconds";
    out.family(name, "histogram", "Predict requests, as KServe's servers name them.");
    List<String> seen = new java.util.ArrayList<>();
    for (TrafficMetrics each : all) {
      if (!each.model().isEmpty() && !seen.contains(each.model())) {
        seen.add(each.model());
        String labels = "model_name=\"" + MetricsText.escaped(each.model()) + "\"";
        out.histogram(name, labels, each.duration());
      }
    }
  }
}
