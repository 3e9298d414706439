package dev.sidelight.proxy.http;

import dev.sidelight.core.event.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What is counted for one model, variant and protocol. Shared by all loops. */
final class TrafficMetrics {

  private final String model;
  private final String labels;
  private final Map<Outcome, LongAdder> requests = new EnumMap<>(Outcome.class);
  private final LongAdder inFlight = new LongAdder();
  private final Histogram duration = Histogram.ofNanos();
  private final Histogram upstream = Histogram.ofNanos();
  private final Histogram overhead = Histogram.ofNanos();
  private final Histogram firstByte = Histogram.ofNanos();
  private final Histogram requestBytes = Histogram.ofBytes();
  private final Histogram responseBytes = Histogram.ofBytes();

  TrafficMetrics(String model, String variant, String protocol) {
    this.model = model;
    this.labels =
        "model=\"%s\",variant=\"%s\",protocol=\"%s\""
            .formatted(MetricsText.escaped(model), MetricsText.escaped(variant), protocol);
    for (Outcome outcome : Outcome.values()) {
      requests.put(outcome, new LongAdder());
    }
  }

  String model() {
    return model;
  }

  void began() {
    inFlight.increment();
  }

  void ended(Outcome outcome, ExchangeTimes times, long now, long asked, long answered) {
    inFlight.decrement();
    LongAdder counter = requests.get(outcome);
    if (counter != null) {
      counter.increment();
    }
    long whole = times.latencyNanos(now);
    long behind = times.upstreamNanos(now);
    duration.observe(whole);
    if (behind > 0) {
      upstream.observe(behind);
      overhead.observe(Math.max(0, whole - behind));
    }
    if (times.firstByteNanos() >= 0) {
      firstByte.observe(times.firstByteNanos());
    }
    requestBytes.observe(asked);
    responseBytes.observe(answered);
  }

  long inFlight() {
    return inFlight.sum();
  }

  long requests(Outcome outcome) {
    LongAdder counter = requests.get(outcome);
    return counter == null ? 0 : counter.sum();
  }

  String labels() {
    return labels;
  }

  Histogram duration() {
    return duration;
  }

  Histogram upstream() {
    return upstream;
  }

  Histogram overhead() {
    return overhead;
  }

  Histogram firstByte() {
    return firstByte;
  }

  Histogram requestBytes() {
    return requestBytes;
  }

  Histogram responseBytes() {
    return responseBytes;
  }
}
