package dev.sidelight.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sidelight.proxy.client.ApiClient;
import dev.sidelight.proxy.client.ClientException;
import dev.sidelight.proxy.client.Question;
import dev.sidelight.proxy.client.RunningExplanation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code sidelight explain}: asks a running sidelight for an explanation, and tells it. */
final class ExplainCommand {

  private static final List<String> LAYOUTS = List.of("table", "json", "ndjson");

  private final ParseResult given;
  private final Surroundings surroundings;
  private final Terminal terminal;

  private ExplainCommand(ParseResult given, Surroundings surroundings) {
    this.given = given;
    this.surroundings = surroundings;
    this.terminal = new Terminal(surroundings.environment());
  }

  static CommandLine create(Surroundings surroundings) {
    AtomicReference<CommandSpec> self = new AtomicReference<>();
    Callable<Integer> action =
        () -> new ExplainCommand(self.get().commandLine().getParseResult(), surroundings).run();
    CommandSpec spec = CommandSpec.wrapWithoutInspection(action).name("explain");
    self.set(spec);
    spec.usageMessage()
        .description("explain a logged request, or a predict body in a file")
        .footer(
            "",
            "Exit codes: 0 done; 1 failed; 2 wrong question; 3 nobody answers; 4 the budget or the"
                + " time was spent, what is known is printed; 130 stopped by Ctrl-C, likewise.",
            "",
            "  sidelight explain row.json --html report.html",
            "  sidelight explain 01a2110c-5003-720b-a5c8-8062fbedd30e --method anchor");
    spec.addOption(CommandLineProgram.help());
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("ID|FILE|-")
            .index("0")
            .arity("1")
            .required(true)
            .type(String.class)
            .description("id of a logged request, file with a predict body, or - for the input")
            .build());
    option(spec, "URL", "management listener to ask (default: http://localhost:8090)", "--url");
    option(spec, "FILE", "file with a bearer token", "--token-file");
    option(spec, "NAME", "the model, where the server has several", "--model");
    option(spec, "METHOD", "shap, anchor or counterfactual (default: shap)", "--method");
    option(spec, "NAME", "which of the model's outputs", "--output");
    option(
        spec,
        "N",
        "which value of it, from 0; of a counterfactual: what the model is to say",
        "--target");
    option(spec, "N", "most rows to ask of the model (default: 20000)", "--budget-rows");
    option(spec, "TIME", "longest time: 20s, 500ms (default: 20s)", "--deadline");
    option(spec, "N", "which row of the request, from 0 (default: all)", "--row");
    option(spec, "N", "seed of what is drawn (default: another one each time)", "--seed");
    option(spec, "FORM", "table, json or ndjson (default: table)", "-o", "--format");
    option(spec, "FILE", "also write a report, one HTML file", "--html");
    option(spec, "FILE", "also write the picture", "--svg");
    spec.addOption(
        OptionSpec.builder("--dry-run")
            .type(boolean.class)
            .arity("0")
            .description("say what it would cost, and ask nothing of the model")
            .build());
    return new CommandLine(spec);
  }

  private static void option(CommandSpec spec, String label, String description, String... names) {
    spec.addOption(
        OptionSpec.builder(names)
            .type(String.class)
            .arity("1")
            .paramLabel(label)
            .description(description)
            .build());
  }

  private int run() throws IOException {
    String layout = text("-o", "table");
    if (!LAYOUTS.contains(layout)) {
      throw wrong("-o must be table, json or ndjson, got '" + layout + "'");
    }
    if (!text("--svg", "").isEmpty() && text("--method", "shap").equals("counterfactual")) {
      throw wrong("--svg: there is no picture of a counterfactual; --html tells it too");
    }
    String url = text("--url", "http://localhost:8090");
    Question question = new ExplainQuestion(given, System.in).read();
    ExplainAnswer answer =
        new ExplainAnswer(layout, surroundings, terminal, url, path("--html"), path("--svg"));
    try (ApiClient api = new ApiClient(url, token())) {
      if (given.matchedOptionValue("--dry-run", false)) {
        answer.price(RunningExplanation.price(api, question, this::waiting));
        return ExitCode.DONE;
      }
      return explain(api, question, answer);
    }
  }

  private int explain(ApiClient api, Question question, ExplainAnswer answer) throws IOException {
    RunningExplanation running = RunningExplanation.begin(api, question, this::waiting);
    ProgressLine progress = new ProgressLine(surroundings.err(), terminal.readsProgress());
    try (StopByHand byHand = StopByHand.watch(running::stop)) {
      try {
        JsonNode result = running.await(progress::show);
        progress.clear();
        int code = answer.tell(result);
        return byHand.isStopped() ? ExitCode.INTERRUPTED : code;
      } catch (ClientException e) {
        progress.clear();
        if (!byHand.isStopped()) {
          throw e;
        }
        surroundings.err().println("sidelight: stopped; nothing was known yet");
        surroundings.err().flush();
        return ExitCode.INTERRUPTED;
      }
    }
  }

  private void waiting(String why) {
    surroundings.err().println("waiting: " + why);
    surroundings.err().flush();
  }

  private String token() throws IOException {
    String file = text("--token-file", "");
    if (file.isEmpty()) {
      return "";
    }
    if (!Files.isReadable(Path.of(file))) {
      throw wrong("--token-file: " + file + " cannot be read");
    }
    return Files.readString(Path.of(file)).strip();
  }

  private String path(String option) {
    String file = text(option, "");
    Path folder = Path.of(file).toAbsolutePath().getParent();
    if (!file.isEmpty() && (folder == null || !Files.isDirectory(folder))) {
      throw wrong(option + ": there is no folder for " + file);
    }
    return file;
  }

  private String text(String option, String otherwise) {
    return given.matchedOptionValue(option, otherwise);
  }

  private static ClientException wrong(String message) {
    return new ClientException(ClientException.Kind.USAGE, message);
  }
}
