package dev.sidelight.proxy.cli;

import dev.sidelight.proxy.config.LoadedConfig;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code sidelight config print|check|schema}. */
final class ConfigCommand {

  private ConfigCommand() {}

  static CommandLine create(Surroundings surroundings) {
    CommandSpec spec = CommandSpec.create().name("config");
    spec.usageMessage().description("what can be set, and what is set");
    spec.addOption(CommandLineProgram.help());
    CommandLine line = new CommandLine(spec);
    PrintWriter out = surroundings.out();
    line.addSubcommand(
        sub(
            "print",
            "every setting with its value and where it comes from",
            surroundings,
            loaded -> print(loaded, out)));
    line.addSubcommand(
        sub(
            "check",
            "say everything that is wrong, at once",
            surroundings,
            loaded -> out.println("the configuration is valid")));
    line.addSubcommand(
        sub(
            "schema",
            "JSON Schema of the configuration file",
            surroundings,
            loaded -> out.println(SchemaText.of())));
    return line;
  }

  private interface Action {
    void run(LoadedConfig loaded);
  }

  private static CommandLine sub(
      String name, String description, Surroundings surroundings, Action action) {
    AtomicReference<CommandSpec> self = new AtomicReference<>();
    Callable<Integer> run =
        () -> {
          action.run(ConfigSource.load(self.get().commandLine().getParseResult(), surroundings));
          surroundings.out().flush();
          return ExitCode.DONE;
        };
    CommandSpec spec = CommandSpec.wrapWithoutInspection(run).name(name);
    self.set(spec);
    spec.usageMessage().description(description);
    spec.addOption(CommandLineProgram.help());
    spec.addOption(
        OptionSpec.builder("--config")
            .type(String.class)
            .arity("1")
            .paramLabel("FILE")
            .description("YAML file with settings; flags and environment go before it")
            .build());
    SettingOptions.addTo(spec);
    return new CommandLine(spec);
  }

  private static void print(LoadedConfig loaded, PrintWriter out) {
    int width = loaded.values().stream().mapToInt(v -> v.key().length()).max().orElse(0);
    int values = loaded.values().stream().mapToInt(v -> v.text().length()).max().orElse(0);
    for (LoadedConfig.Value value : loaded.values()) {
      out.println(
          pad(value.key(), width)
              + "  "
              + pad(value.text(), Math.min(values, 40))
              + "  "
              + value.origin());
    }
    loaded.warnings().forEach(warning -> out.println("# " + warning));
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
