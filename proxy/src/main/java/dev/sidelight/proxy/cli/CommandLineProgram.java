package dev.sidelight.proxy.cli;

import dev.sidelight.logger.spool.SpoolException;
import dev.sidelight.proxy.client.ClientException;
import dev.sidelight.proxy.config.ConfigException;
import dev.sidelight.proxy.config.ConfigFault;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code sidelight}: the commands, their flags, and the exit codes. */
public final class CommandLineProgram {

  private CommandLineProgram() {}

  /** Runs one command to its end and returns the exit code. No stack trace reaches the user. */
  public static int run(List<String> arguments, Surroundings surroundings) {
    KServeArguments adapted = KServeArguments.of(arguments, SettingOptions.names());
    adapted.warnings().forEach(warning -> surroundings.err().println("warning: " + warning));
    surroundings.err().flush();
    CommandLine program = program(surroundings);
    return program.execute(adapted.arguments().toArray(String[]::new));
  }

  private static CommandLine program(Surroundings surroundings) {
    CommandSpec root = CommandSpec.create().name("sidelight").mixinStandardHelpOptions(false);
    root.usageMessage()
        .description("See what your model server said, why, and whether the world has changed.");
    root.addOption(help());
    CommandLine program = new CommandLine(root);
    program.addSubcommand(ServeCommand.create(surroundings));
    program.addSubcommand(ExplainerCommand.create(surroundings));
    program.addSubcommand(DemoCommand.create(surroundings));
    program.addSubcommand(ExplainCommand.create(surroundings));
    program.addSubcommand(ConfigCommand.create(surroundings));
    program.addSubcommand(VersionCommand.create(surroundings));
    program.setOut(surroundings.out()).setErr(surroundings.err());
    program.setParameterExceptionHandler(
        (fault, given) -> {
          PrintWriter err = fault.getCommandLine().getErr();
          err.println("sidelight: " + fault.getMessage());
          CommandLine.UnmatchedArgumentException.printSuggestions(fault, err);
          String command = fault.getCommandLine().getCommandSpec().qualifiedName();
          err.println("  " + command + " --help says what there is");
          err.flush();
          return ExitCode.USAGE;
        });
    program.setOverwrittenOptionsAllowed(true);
    program.setExecutionStrategy(new CommandLine.RunLast());
    program.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          surroundings.err().println(sentence(failure));
          surroundings.err().flush();
          return code(failure);
        });
    root.usageMessage().footer("", "sidelight COMMAND --help tells more about a command.");
    return program;
  }

  static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("print this and exit")
        .build();
  }

  private static String sentence(Exception failure) {
    if (failure instanceof ConfigException config) {
      StringBuilder lines = new StringBuilder("sidelight: the configuration is not valid:");
      for (ConfigFault fault : config.faults()) {
        lines.append(System.lineSeparator()).append("  ").append(fault);
      }
      return lines.toString();
    }
    String message = failure.getMessage();
    return "sidelight: " + (message == null ? failure.getClass().getSimpleName() : message);
  }

  private static int code(Exception failure) {
    return switch (failure) {
      case ConfigException _ -> ExitCode.USAGE;
      case IllegalArgumentException _ -> ExitCode.USAGE;
      case SpoolException _ -> ExitCode.FAILED;
      case ClientException e -> ExitCode.of(e.kind());
      case InterruptedException _ -> ExitCode.INTERRUPTED;
      default -> ExitCode.FAILED;
    };
  }
}
