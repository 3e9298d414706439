package dev.sidelight.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.proxy.demo.RecordingProxy.Seen;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class DemoIT {

  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final long NOW_MICROS = NOW.getEpochSecond() * 1_000_000;

  private final Vertx vertx = Vertx.vertx();
  private final List<RecordingProxy> proxies = new CopyOnWriteArrayList<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @AfterAll
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void history_fillsTheLastHour_throughTheProxy() throws IOException, InterruptedException {
    demo(settings(Optional.empty(), Duration.ZERO, Scenario.NONE, 0)).run("0.1.0");

    List<Seen> history =
        seen().stream().filter(s -> s.origin().equals(HistoryClock.ORIGIN)).toList();
    assertThat(history).hasSize(Visitors.HISTORY_REQUESTS);
    assertThat(history)
        .allMatch(s -> s.arrivalMicros() < NOW_MICROS)
        .allMatch(s -> s.arrivalMicros() >= NOW_MICROS - 3_600_000_000L);
    long firstHalf =
        history.stream().filter(s -> s.arrivalMicros() < NOW_MICROS - 1_800_000_000L).count();
    assertThat((double) firstHalf).isCloseTo(1_500, Offset.offset(40.0));
    assertThat(history.stream().filter(s -> s.path().startsWith("/v1")).count())
        .isBetween(600L, 900L);
    assertThat(history).extracting(Seen::status).contains(200, 400, 503).doesNotContain(500);
  }

  @Test
  void live_visitorsComeAfterTheHistory_atTheTrueTime() throws IOException, InterruptedException {
    demo(settings(Optional.empty(), Duration.ofSeconds(2), Scenario.NONE, 0)).run("0.1.0");

    List<Seen> live = seen().stream().filter(s -> s.origin().isEmpty()).toList();
    assertThat(live).hasSizeBetween(20, 300); // 200 are due; a busy machine hears fewer
    assertThat(live).allMatch(s -> s.arrivalMicros() == NOW_MICROS);
  }

  @Test
  void label_version2TakesOver() throws IOException, InterruptedException {
    demo(settings(Optional.empty(), Duration.ofSeconds(2), Scenario.LABEL, 0)).run("0.1.0");

    List<String> versions =
        seen().stream()
            .filter(s -> s.origin().isEmpty() && s.path().startsWith("/v2") && s.status() == 200)
            .map(s -> s.answer().contains("\"model_version\":\"2\"") ? "2" : "1")
            .toList();
    assertThat(versions.getFirst()).isEqualTo("1");
    assertThat(versions.getLast()).isEqualTo("2");
  }

  @Test
  void train_sendsSoMany_thenExits() throws IOException, InterruptedException {
    demo(settings(Optional.empty(), Duration.ofDays(1), Scenario.NONE, 500)).run("0.1.0");

    assertThat(seen()).hasSize(Visitors.HISTORY_REQUESTS + 500);
  }

  @Test
  void temporaryFolder_isGoneAtTheEnd_theWantedOneStays(@TempDir Path parent)
      throws IOException, InterruptedException {
    Path wanted = parent.resolve("kept");

    demo(settings(Optional.of(wanted), Duration.ZERO, Scenario.NONE, 0)).run("0.1.0");
    assertThat(wanted.resolve("row.json")).content().startsWith("{\"instances\":[{\"age\":");

    demo(settings(Optional.empty(), Duration.ZERO, Scenario.NONE, 0)).run("0.1.0");
    assertThat(Files.exists(dataDir())).isFalse();
  }

  @Test
  void terminal_saysWhereToLook_andCountsOnceAtTheEnd() throws IOException, InterruptedException {
    demo(settings(Optional.empty(), Duration.ZERO, Scenario.NONE, 0)).run("0.1.0");

    String said = out.toString(StandardCharsets.UTF_8);
    assertThat(said)
        .startsWith("Sidelight 0.1.0 demo   model income v1 (UCI Adult, 12 features)   seed 7\n")
        .contains("page       http://localhost:8090/")
        .contains("/v1/models/income:explain -d @" + dataDir().resolve("row.json"))
        .containsOnlyOnce("requests 3,000   explained 0   lost 0\n")
        .doesNotContain("\r");
  }

  @Test
  void stop_endsIt() throws IOException, InterruptedException {
    Demo demo = demo(settings(Optional.empty(), Duration.ofDays(1), Scenario.NONE, 0));
    Thread runner = Thread.ofVirtual().start(() -> runUnchecked(demo));

    demo.stop();

    assertThat(runner.join(Duration.ofSeconds(1))).isTrue();
    assertThat(seen()).hasSizeGreaterThanOrEqualTo(Visitors.HISTORY_REQUESTS);
  }

  @Test
  void onlyModel_startsNoProxy() throws IOException, InterruptedException {
    DemoSettings whole = settings(Optional.empty(), Duration.ZERO, Scenario.NONE, 0);
    DemoSettings modelOnly =
        new DemoSettings(
            7,
            1,
            Duration.ZERO,
            Scenario.NONE,
            ModelLatency.NONE,
            Optional.empty(),
            whole.exitAfter(),
            OptionalInt.of(0),
            0);

    demo(modelOnly).run("0.1.0");

    assertThat(proxies).isEmpty();
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("/v2/models/income");
  }

  private Demo demo(DemoSettings settings) {
    proxies.clear();
    out.reset();
    DemoTerminal terminal =
        new DemoTerminal(new PrintStream(out, true, StandardCharsets.UTF_8), false);
    return new Demo(vertx, settings, this::startProxy, InstantSource.fixed(NOW), terminal);
  }

  private DemoProxy startProxy(int modelPort, Path dataDir, HistoryClock clock) {
    RecordingProxy started = new RecordingProxy(vertx, modelPort, dataDir, clock);
    proxies.add(started);
    return started;
  }

  private List<Seen> seen() {
    return proxies.getLast().seen;
  }

  private Path dataDir() {
    return proxies.getLast().dataDir;
  }

  private static void runUnchecked(Demo demo) {
    try {
      demo.run("0.1.0");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static DemoSettings settings(
      Optional<Path> dataDir, Duration exitAfter, Scenario scenario, int train) {
    return new DemoSettings(
        7,
        100,
        Duration.ofSeconds(1),
        scenario,
        ModelLatency.NONE,
        dataDir,
        Optional.of(exitAfter),
        OptionalInt.empty(),
        train);
  }
}
