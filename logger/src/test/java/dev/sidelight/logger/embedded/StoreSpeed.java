package dev.sidelight.logger.embedded;

import com.sun.management.ThreadMXBean;
import dev.sidelight.logger.Events;
import dev.sidelight.logger.LoggedEvent;
import dev.sidelight.logger.RequestPage;
import dev.sidelight.logger.RequestQuery;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/**
 * What an event costs, by hand: {@code StoreSpeed DIR v1|v2 BATCHES BATCH [queries]}. Prints the
 * writing thread's CPU and heap per event, medians over batches, the file's bytes per event and, if
 * asked, the CPU of some queries. DIR must be empty or absent.
 */
final class StoreSpeed {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final String[] WORK = {
    "Private", "Self-emp-inc", "State-gov", "Federal-gov", "Local-gov"
  };
  private static final String HEAD =
      "POST /x HTTP/1.1\r\nContent-Type: application/json\r\nUser-Agent: wrk/4\r\n\r\n";

  private final Random random = new Random(1);
  private final boolean isV1;

  private StoreSpeed(boolean isV1) {
    this.isV1 = isV1;
  }

  public static void main(String[] args) throws IOException {
    Path dir = Files.createDirectories(Path.of(args[0]));
    int batches = Integer.parseInt(args[2]);
    int size = Integer.parseInt(args[3]);
    StoreSpeed speed = new StoreSpeed(args[1].equals("v1"));
    try (EmbeddedStore store =
        EmbeddedStore.open(
            EmbeddedSettings.in(dir), e -> 1, RowDecoder.NONE, () -> Instant.EPOCH)) {
      speed.write(store, batches, size);
      System.out.printf(
          "%s: %d bytes on disk per event%n", args[1], store.stats().bytes() / batches / size);
      if (args.length > 4) {
        speed.query(store);
      }
    }
  }

  private void write(EmbeddedStore store, int batches, int size) {
    double[] micros = new double[batches];
    double[] bytes = new double[batches];
    for (int b = 0; b < batches; b++) {
      List<LoggedEvent> batch = batch((long) b * size + 1, size);
      long cpu = THREADS.getCurrentThreadCpuTime();
      long heap = THREADS.getCurrentThreadAllocatedBytes();
      store.write(batch);
      micros[b] = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e3 / size;
      bytes[b] = (THREADS.getCurrentThreadAllocatedBytes() - heap) / (double) size;
    }
    double[] warm = Arrays.copyOfRange(micros, batches / 3, batches);
    double mean = Arrays.stream(warm).average().orElse(0);
    Arrays.sort(warm);
    Arrays.sort(bytes);
    System.out.printf(
        Locale.ROOT,
        "%s: CPU us/event p10 %.1f p50 %.1f mean %.1f, heap bytes/event %.0f%n",
        isV1 ? "v1" : "v2",
        warm[warm.length / 10],
        warm[warm.length / 2],
        mean,
        bytes[batches / 2]);
  }

  private List<LoggedEvent> batch(long first, int size) {
    List<LoggedEvent> batch = new ArrayList<>(size);
    for (long seq = first; seq < first + size; seq++) {
      String note = seq % 10_000 == 7 ? ",\"note\":\"needle\"" : "";
      batch.add(
          Events.event(seq)
              .id(new UUID(0x0199_f3a0_0000_7000L | (seq << 16), random.nextLong()))
              .model(random.nextInt(3) == 0 ? "churn" : "income", "1")
              .head(HEAD)
              .request(isV1 ? v1(note) : v2(note))
              .response(
                  isV1 ? answer() : "{\"model_name\":\"income\",\"outputs\":[" + answer() + "]}")
              .build());
    }
    return batch;
  }

  private String v1(String note) {
    StringBuilder body = new StringBuilder("{\"instances\":[");
    for (int i = 0; i < 70; i++) {
      body.append(i == 0 ? "" : ",").append(number());
    }
    return body.append(']').append(note).append('}').toString();
  }

  private String v2(String note) {
    StringBuilder body = new StringBuilder("{\"inputs\":[");
    for (int i = 0; i < 12; i++) {
      String data =
          i % 2 == 0
              ? "\"INT64\",\"data\":[" + random.nextInt(1000)
              : "\"BYTES\",\"data\":[\"" + WORK[random.nextInt(5)] + '"';
      body.append(i == 0 ? "" : ",").append("{\"name\":\"feature ").append(i);
      body.append("\",\"shape\":[1,1],\"datatype\":").append(data).append("]}");
    }
    return body.append(']').append(note).append('}').toString();
  }

  private String answer() {
    StringBuilder body = new StringBuilder("{\"predictions\":[");
    for (int i = 0; i < 20; i++) {
      body.append(i == 0 ? "" : ",").append(number());
    }
    return body.append("]}").toString();
  }

  private String number() {
    return String.format(Locale.ROOT, "%.6f", random.nextDouble());
  }

  private void query(EmbeddedStore store) {
    for (String filter :
        List.of(
            "",
            "model = churn and time > 2026-11-22T12:00:10Z and time < 2026-11-22T12:00:50Z and text"
                + " ~ \"Self-emp-inc\"",
            "model = churn and text ~ needle",
            "text ~ nothing",
            "model = nobody",
            "status >= 500",
            "text ~ private",
            "latency > 1s",
            "request_id = order-7",
            "text ~ 777")) {
      double[] millis = new double[100];
      RequestPage page = null;
      for (int i = -20; i < millis.length; i++) {
        long cpu = THREADS.getCurrentThreadCpuTime();
        page = store.query(new RequestQuery(filter, 50, ""));
        if (i >= 0) {
          millis[i] = (THREADS.getCurrentThreadCpuTime() - cpu) / 1e6;
        }
      }
      Arrays.sort(millis);
      System.out.printf(
          Locale.ROOT,
          "%-110s %4d items, p50 %.2f p95 %.2f ms CPU%n",
          filter,
          page == null ? 0 : page.items().size(),
          millis[50],
          millis[95]);
    }
  }
}
