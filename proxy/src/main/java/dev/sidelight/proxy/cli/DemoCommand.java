package dev.sidelight.proxy.cli;

import dev.sidelight.proxy.config.ConfigReader;
import dev.sidelight.proxy.config.Sources;
import dev.sidelight.proxy.demo.Demo;
import dev.sidelight.proxy.demo.DemoProxy;
import dev.sidelight.proxy.demo.DemoSettings;
import dev.sidelight.proxy.demo.DemoTerminal;
import dev.sidelight.proxy.demo.HistoryClock;
import dev.sidelight.proxy.demo.ModelLatency;
import dev.sidelight.proxy.demo.Scenario;
import dev.sidelight.proxy.http.Listener;
import io.vertx.core.Vertx;
import java.io.Console;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code sidelight demo}: a real model on real data, its proxy and its visitors, on one machine.
 */
final class DemoCommand {

  private DemoCommand() {}

  static CommandLine create(Surroundings surroundings) {
    AtomicReference<CommandSpec> self = new AtomicReference<>();
    Callable<Integer> action = () -> run(self.get().commandLine().getParseResult(), surroundings);
    CommandSpec spec = CommandSpec.wrapWithoutInspection(action).name("demo");
    self.set(spec);
    spec.usageMessage()
        .description("a model, its traffic and the page, all on this machine")
        .footer("", "It prints where the page is; Ctrl-C ends it.");
    spec.addOption(CommandLineProgram.help());
    option(spec, "--seed", "N", "seed of the traffic (default: 7)");
    option(spec, "--rate", "N", "live requests per second (default: 20)");
    option(spec, "--drift-after", "TIME", "when the visitors change, 60s or 5m (default: 60s)");
    option(
        spec,
        "--scenario",
        "NAME",
        "how they change: none, covariate, category, label (default: covariate)");
    option(
        spec,
        "--model-latency",
        "TIME+TIME/row",
        "how long the model takes (default: 4ms+5us/row)");
    option(spec, "--data", "DIR", "where state is kept (default: a temporary folder)");
    option(spec, "--exit-after", "TIME", "end by itself after this time: 20s, 5m");
    option(spec, "--train", "N", "send so many requests as fast as possible, then end");
    option(spec, "--only", "model", "serve the model alone: no proxy, no page");
    option(
        spec,
        "--port",
        "PORT",
        "port of the proxy (default: 8080), or of the model with --only model");
    option(spec, "--management-port", "PORT", "port of the page (default: 8090)");
    option(spec, "--probes-port", "PORT", "port of the probes (default: 8091)");
    return new CommandLine(spec);
  }

  private static void option(CommandSpec spec, String name, String label, String description) {
    spec.addOption(
        OptionSpec.builder(name)
            .type(String.class)
            .arity("1")
            .paramLabel(label)
            .description(description)
            .build());
  }

  private static int run(ParseResult given, Surroundings surroundings) throws Exception {
    DemoSettings settings = settings(given);
    Vertx vertx = Vertx.vertx();
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    try {
      Demo demo =
          new Demo(
              vertx,
              settings,
              (modelPort, dataDir, clock) -> start(given, surroundings, modelPort, dataDir, clock),
              InstantSource.system(),
              new DemoTerminal(System.out, isTerminal()));
      StopSignal.onTermination(stop, stopped);
      Thread.ofVirtual()
          .start(
              () -> {
                try {
                  stop.await();
                  demo.stop();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      demo.run(VersionCommand.version());
    } finally {
      vertx.close().await();
      stopped.countDown();
    }
    return ExitCode.DONE;
  }

  private static boolean isTerminal() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }

  private static DemoProxy start(
      ParseResult given,
      Surroundings surroundings,
      int modelPort,
      Path dataDir,
      HistoryClock clock) {
    Map<String, String> flags = new HashMap<>();
    flags.put("upstream", "http://127.0.0.1:" + modelPort);
    flags.put("profile", "v2");
    flags.put("model-name", "income");
    flags.put("listeners.data.host", "127.0.0.1");
    flags.put("listeners.probes.host", "127.0.0.1");
    flags.put("spool.dir", dataDir.resolve("spool").toString());
    flags.put("embedded.dir", dataDir.resolve("store").toString());
    port(given, "--port", flags, "listeners.data.port");
    port(given, "--management-port", flags, "listeners.management.port");
    port(given, "--probes-port", flags, "listeners.probes.port");
    ServeRole role =
        ServeRole.start(
            ConfigReader.read(Sources.of(flags, surroundings.environment())).config(),
            new ServeRole.Clocks(clock::micros, clock::origin));
    return new RunningProxy(role);
  }

  private static void port(
      ParseResult given, String option, Map<String, String> flags, String key) {
    String port = given.matchedOptionValue(option, "");
    if (!port.isEmpty()) {
      flags.put(key, port);
    }
  }

  private record RunningProxy(ServeRole role) implements DemoProxy {
    @Override
    public int dataPort() {
      return role.port(Listener.DATA);
    }

    @Override
    public int managementPort() {
      return role.port(Listener.MANAGEMENT);
    }

    @Override
    public Counts counts() {
      var ledger = role.log().spool().ledger();
      long explained =
          role.explain().meters().totals().values().stream().mapToLong(t -> t.count()).sum();
      long lost = ledger.gaps().values().stream().mapToLong(n -> n).sum();
      return new Counts(ledger.seen(), explained, lost);
    }

    @Override
    public void close() {
      role.close();
    }
  }

  private static DemoSettings settings(ParseResult given) {
    DemoSettings defaults = DemoSettings.DEFAULT;
    DemoOptions options = new DemoOptions(given);
    String only = given.matchedOptionValue("--only", "");
    if (!only.isEmpty() && !only.equals("model")) {
      throw new IllegalArgumentException("--only must be model, got '" + only + "'");
    }
    return new DemoSettings(
        options.whole("--seed", defaults.seed()),
        options.number("--rate", defaults.rate()),
        options.duration("--drift-after").orElse(defaults.driftAfter()),
        options.text("--scenario").map(DemoCommand::scenario).orElse(defaults.scenario()),
        options.text("--model-latency").map(ModelLatency::parse).orElse(defaults.latency()),
        options.text("--data").map(Path::of),
        options.duration("--exit-after"),
        only.isEmpty() ? OptionalInt.empty() : OptionalInt.of((int) options.whole("--port", 8085)),
        (int) options.whole("--train", 0));
  }

  private static Scenario scenario(String word) {
    for (Scenario scenario : Scenario.values()) {
      if (scenario.name().toLowerCase(Locale.ROOT).equals(word)) {
        return scenario;
      }
    }
    throw new IllegalArgumentException(
        "--scenario must be none, covariate, category or label, got '" + word + "'");
  }
}
