package dev.sidelight.proxy.cli;

import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.config.LoadedConfig;
import dev.sidelight.proxy.http.Listener;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A command that runs a role until it is told to stop. */
final class RoleProcess {

  private RoleProcess() {}

  /**
   * @param verb what the role does, for the line that says where it listens
   */
  static CommandSpec create(
      String name, String verb, Function<Config, Role> start, Surroundings surroundings) {
    AtomicReference<CommandSpec> self = new AtomicReference<>();
    Callable<Integer> action =
        () -> {
          CommandLine.ParseResult parsed = self.get().commandLine().getParseResult();
          parsed
              .unmatched()
              .forEach(word -> warn(surroundings, "argument '" + word + "' is ignored"));
          LoadedConfig loaded = ConfigSource.load(parsed, surroundings);
          loaded.warnings().forEach(warning -> warn(surroundings, warning));
          return run(verb, loaded.config(), start, surroundings);
        };
    CommandSpec spec = CommandSpec.wrapWithoutInspection(action).name(name);
    self.set(spec);
    spec.addOption(CommandLineProgram.help());
    spec.addOption(
        OptionSpec.builder("--config")
            .type(String.class)
            .arity("1")
            .paramLabel("FILE")
            .description("YAML file with settings; flags and environment go before it")
            .build());
    SettingOptions.addTo(spec);
    return spec;
  }

  private static void warn(Surroundings surroundings, String warning) {
    surroundings.err().println("warning: " + warning);
    surroundings.err().flush();
  }

  private static int run(
      String verb, Config config, Function<Config, Role> start, Surroundings surroundings)
      throws InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    try (Role role = start.apply(config)) {
      StopSignal.onTermination(stop, stopped);
      surroundings
          .out()
          .printf(
              "sidelight %s %s%n  data        %s:%d%n  management  http://%s:%d/%n  probes     "
                  + " %s:%d%n",
              VersionCommand.version(),
              verb,
              config.listeners().data().host(),
              role.port(Listener.DATA),
              config.listeners().management().host(),
              role.port(Listener.MANAGEMENT),
              config.listeners().probes().host(),
              role.port(Listener.PROBES));
      surroundings.out().flush();
      stop.await();
    } finally {
      stopped.countDown();
    }
    return ExitCode.DONE;
  }
}
