package dev.sidelight.proxy.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code sidelight serve}: the proxy in front of a model server. Runs until it is told to stop. */
final class ServeCommand {

  private ServeCommand() {}

  static CommandLine create(Surroundings surroundings) {
    CommandSpec spec =
        RoleProcess.create(
            "serve",
            "serves",
            config -> ServeRole.start(config, ServeRole.Clocks.real()),
            surroundings);
    spec.usageMessage()
        .description("stand in front of a model server: keep its traffic, explain its answers")
        .footer(
            "",
            "Every setting is a flag too, --spool.dir DIR; sidelight config print shows them all.",
            "Example: sidelight serve --upstream http://127.0.0.1:8081 --profile v2");
    return new CommandLine(spec);
  }
}
