package dev.sidelight.proxy.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code sidelight version}. */
final class VersionCommand {

  private VersionCommand() {}

  static CommandLine create(Surroundings surroundings) {
    Callable<Integer> action =
        () -> {
          surroundings.out().println("sidelight " + version());
          surroundings.out().flush();
          return ExitCode.DONE;
        };
    CommandSpec spec = CommandSpec.wrapWithoutInspection(action).name("version");
    spec.usageMessage().description("print the version and exit");
    spec.addOption(CommandLineProgram.help());
    return new CommandLine(spec);
  }

  /** From the jar's manifest; a build folder has none. */
  static String version() {
    String version = VersionCommand.class.getPackage().getImplementationVersion();
    return version == null ? "0.1.0-SNAPSHOT" : version;
  }
}
