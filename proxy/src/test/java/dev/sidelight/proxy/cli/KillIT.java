package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole process under load, ended at any moment: what was accepted is kept, once. */
class KillIT {

  private static final int KILLS = Integer.getInteger("serve.kills", 4);

  /** Group commit waits 20 ms; the rest is patience with a busy disk. */
  private static final long SURELY_DURABLE_NANOS = TimeUnit.SECONDS.toNanos(1);

  @TempDir Path dir;

  @Test
  void killMinus9_underLoad_everyDurableRequestOnceAndTheLedgerExact() throws Exception {
    Map<String, Long> answered = new HashMap<>();
    Set<String> durable = new HashSet<>();
    try (TinyModel model = TinyModel.start()) {
      for (int life = 0; life < KILLS; life++) {
        try (ServeProcess serve = ServeProcess.start(dir, model.url(), "v1");
            Load load = new Load(serve.dataUrl(), "life" + life, 8)) {
          load.awaitAnswered(300 + 250 * life);
          load.awaitAge(SURELY_DURABLE_NANOS + TimeUnit.MILLISECONDS.toNanos(100 + 150L * life));
          serve.kill();
          long killed = System.nanoTime();
          load.answered()
              .forEach(
                  (id, at) -> {
                    answered.put(id, at);
                    if (killed - at > SURELY_DURABLE_NANOS) {
                      durable.add(id);
                    }
                  });
        }
      }

      try (ServeRun run = ServeRun.start(dir, model.url(), "v1")) {
        JsonNode ledger = awaitSettled(run);
        Set<String> stored = stored(run);
        JsonNode sink = run.sink("embedded");
        long gaps = sink.get("gaps").longValue();

        assertThat(ledger.get("exact").booleanValue()).isTrue();
        assertThat(sink.get("balanced").booleanValue()).isTrue();
        assertThat(sink.get("written").longValue()).isEqualTo(stored.size());
        assertThat(ledger.get("seen").longValue()).isEqualTo(stored.size() + gaps);
        assertThat(durable).isNotEmpty();
        assertThat(stored).containsAll(durable);
        long missing = answered.keySet().stream().filter(id -> !stored.contains(id)).count();
        assertThat(missing).isLessThanOrEqualTo(gaps);
        assertThat(ledger.get("gaps").fieldNames())
            .toIterable()
            .isSubsetOf("crash_window", "ring_full");
      }
    }
  }

  private static JsonNode awaitSettled(ServeRun run) {
    Until.holds(
        () -> "all settled, " + run.sink("embedded"),
        () -> run.sink("embedded").get("pending").longValue() == 0);
    return run.management("/v1/log/ledger");
  }

  /** Request ids of the whole log; fails on one that is there twice. */
  private static Set<String> stored(ServeRun run) {
    Set<String> ids = new HashSet<>();
    String cursor = "";
    do {
      JsonNode page = run.management("/v1/requests?limit=1000&cursor=" + cursor);
      page.get("items")
          .forEach(item -> assertThat(ids.add(item.get("request_id").textValue())).isTrue());
      cursor = page.get("next").textValue();
    } while (!cursor.isEmpty());
    return ids;
  }

  @Test
  void term_underLoad_losesNothingAndExitsWithZero() throws Exception {
    try (TinyModel model = TinyModel.start()) {
      Map<String, Long> answered;
      long begun;
      try (ServeProcess serve = ServeProcess.start(dir, model.url(), "v1");
          Load load = new Load(serve.dataUrl(), "only", 8)) {
        load.awaitAnswered(500);
        begun = System.nanoTime();
        assertThat(serve.stop()).as(serve.said()).isZero();
        answered = load.answered();
      }
      assertThat(System.nanoTime() - begun).isLessThan(TimeUnit.SECONDS.toNanos(12));

      try (ServeRun run = ServeRun.start(dir, model.url(), "v1")) {
        JsonNode ledger = awaitSettled(run);
        assertThat(stored(run)).containsAll(answered.keySet());
        assertThat(ledger.get("gaps").fieldNames()).toIterable().isEmpty();
      }
    }
  }

  @Test
  void secondProcess_sameSpool_isRefusedNamingTheFirst() throws Exception {
    try (TinyModel model = TinyModel.start();
        ServeProcess first = ServeProcess.start(dir, model.url(), "v1");
        ServeProcess second = ServeProcess.start(dir, model.url(), "v1")) {
      assertThat(second.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(second.said()).contains(Long.toString(first.pid())).doesNotContain("\tat ");
    }
  }

  @Test
  void portInUse_isOneClearSentenceAndNothingStaysOpen() throws Exception {
    try (TinyModel model = TinyModel.start()) {
      String taken = Integer.toString(model.port());
      try (ServeProcess serve =
          ServeProcess.start(dir, model.url(), "v1", "listeners.probes.port", taken)) {
        assertThat(serve.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(serve.said())
            .contains("sidelight: cannot listen on 127.0.0.1:" + taken)
            .doesNotContain("\tat ");
      }

      try (ServeRun run = ServeRun.start(dir, model.url(), "v1")) {
        HttpResponse<byte[]> live = run.get(dev.sidelight.proxy.http.Listener.PROBES, "/livez");
        assertThat(live.statusCode()).isEqualTo(200);
      }
    }
  }
}
