package dev.sidelight.proxy.cli;

import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code sidelight explainer}: KServe's explainer component. Runs until it is told to stop. */
final class ExplainerCommand {

  private ExplainerCommand() {}

  static CommandLine create(Surroundings surroundings) {
    CommandSpec spec =
        RoleProcess.create(
            "explainer",
            "explains",
            config -> ExplainerRole.start(config, ServeRole.Clocks.real()),
            surroundings);
    spec.usageMessage()
        .description("explain a predictor's answers as KServe's explainer component")
        .footer(
            "",
            "KServe's controller adds what is needed; by hand:",
            "sidelight explainer --model_name income --predictor_host localhost:8081"
                + " --predictor_protocol v2");
    CommandLine line = new CommandLine(spec);
    line.setUnmatchedArgumentsAllowed(true); // a newer controller must not kill the pod
    return line;
  }
}
