package dev.sidelight.proxy.cli;

import dev.sidelight.proxy.config.LoadedConfig;
import dev.sidelight.proxy.http.Listener;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code sidelight serve}: the proxy in front of a model server. Runs until it is told to stop. */
final class ServeCommand {

  private ServeCommand() {}

  static CommandLine create(Surroundings surroundings) {
    AtomicReference<CommandSpec> self = new AtomicReference<>();
    Callable<Integer> action =
        () -> {
          LoadedConfig loaded =
              ConfigSource.load(self.get().commandLine().getParseResult(), surroundings);
          PrintWriter err = surroundings.err();
          loaded.warnings().forEach(warning -> err.println("warning: " + warning));
          err.flush();
          return run(loaded, surroundings);
        };
    CommandSpec spec = CommandSpec.wrapWithoutInspection(action).name("serve");
    self.set(spec);
    spec.usageMessage()
        .description("stand in front of a model server: keep its traffic, explain its answers")
        .footer(
            "",
            "Every setting is a flag too, --spool.dir DIR; sidelight config print shows them all.",
            "Example: sidelight serve --upstream http://127.0.0.1:8081 --profile v2");
    spec.addOption(CommandLineProgram.help());
    spec.addOption(
        OptionSpec.builder("--config")
            .type(String.class)
            .arity("1")
            .description("YAML file")
            .build());
    SettingOptions.addTo(spec);
    return new CommandLine(spec);
  }

  private static int run(LoadedConfig loaded, Surroundings surroundings)
      throws InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    try (ServeRole role = ServeRole.start(loaded.config(), ServeRole.Clocks.real())) {
      StopSignal.onTermination(stop, stopped);
      surroundings
          .out()
          .printf(
              "sidelight %s serves%n  data        %s:%d%n  management  http://%s:%d/%n  probes     "
                  + " %s:%d%n",
              VersionCommand.version(),
              loaded.config().listeners().data().host(),
              role.port(Listener.DATA),
              loaded.config().listeners().management().host(),
              role.port(Listener.MANAGEMENT),
              loaded.config().listeners().probes().host(),
              role.port(Listener.PROBES));
      surroundings.out().flush();
      stop.await();
    } finally {
      stopped.countDown();
    }
    return ExitCode.DONE;
  }
}
