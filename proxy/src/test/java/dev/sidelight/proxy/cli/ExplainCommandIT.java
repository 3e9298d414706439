package dev.sidelight.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.proxy.http.Listener;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against a running role, over the public API. */
class ExplainCommandIT {

  private record Ran(int code, String out, String err) {}

  @TempDir Path dir;
  private TinyModel model;
  private ServeRun run;

  @BeforeEach
  void start() throws IOException {
    model = TinyModel.start();
    run = ServeRun.start(dir, model.url(), "v1");
  }

  @AfterEach
  void stop() throws IOException {
    run.close();
    model.close();
  }

  private String url() {
    return "http://127.0.0.1:" + run.port(Listener.MANAGEMENT);
  }

  private Ran explain(String... arguments) {
    List<String> all = new ArrayList<>(List.of("explain", "--url", url()));
    all.addAll(List.of(arguments)); // of a repeated one the last wins
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        CommandLineProgram.run(
            all,
            new Surroundings(Map.of("COLUMNS", "100"), new PrintWriter(out), new PrintWriter(err)));
    return new Ran(code, out.toString(), err.toString());
  }

  private void reference() {
    run.putReference(
        "tiny", TinyBodies.csv(IntStream.range(0, 60).mapToObj(TinyFunction::row).toList()));
  }

  private String file(String text) throws IOException {
    return Files.writeString(dir.resolve("row.json"), text).toString();
  }

  private String tiny(int... rows) throws IOException {
    return file(TinyBodies.v1(IntStream.of(rows).mapToObj(TinyFunction::row).toList()));
  }

  @Test
  void loggedRequest_isToldAsTextAndFiles() throws Exception {
    reference();
    run.post(Listener.DATA, "/v1/models/tiny:predict", TinyBodies.v1(List.of(TinyFunction.row(3))));
    run.awaitStored(1);
    String id = run.management("/v1/requests").at("/items/0/id").textValue();
    Path svg = dir.resolve("a.svg");
    Path html = dir.resolve("a.html");

    Ran ran = explain(id, "--svg", svg.toString(), "--html", html.toString());

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).startsWith("The model says").contains("│█", "average ", "exact; ");
    assertThat(ran.err()).isEmpty();
    assertThat(Files.readString(svg)).startsWith("<svg ");
    assertThat(Files.readString(html)).startsWith("<!doctype html>").contains(id);
  }

  @Test
  void file_everyRowAndEveryLayout() throws Exception {
    reference();
    String file = tiny(3, 4);

    Ran table = explain(file);
    Ran lines = explain(file, "-o", "ndjson");
    Ran one = explain(file, "-o", "json", "--row", "1");
    Ran price = explain(file, "--dry-run");

    assertThat(table.out()).startsWith("row 0").contains("row 1");
    assertThat(lines.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"kind\":"));
    assertThat(one.out()).contains("\"row\" : 1");
    assertThat(price.out()).contains("rows expected", "round trips: 1");
    assertThat(List.of(table.code(), lines.code(), one.code(), price.code())).containsOnly(0);
  }

  @Test
  void rules_areTold() throws Exception {
    run.putReference(
        "tiny", TinyBodies.csv(IntStream.range(0, 600).mapToObj(TinyFunction::row).toList()));

    Ran anchor = explain(tiny(3), "--model", "tiny", "--method", "anchor");

    assertThat(anchor.code()).as(anchor.err()).isIn(ExitCode.DONE, ExitCode.SPENT);
    assertThat(anchor.out()).contains("IF    ", "THEN  ", "precision ", "coverage ");
  }

  /** A rule has a picture too; what has none says so, and everything else is done all the same. */
  @Test
  void filesOfARule_drawnAsThePageDrawsThem() throws Exception {
    run.putReference(
        "tiny", TinyBodies.csv(IntStream.range(0, 600).mapToObj(TinyFunction::row).toList()));
    Path svg = dir.resolve("rule.svg");
    Path html = dir.resolve("rule.html");

    Ran anchor =
        explain(tiny(3), "--method", "anchor", "--svg", svg.toString(), "--html", html.toString());

    assertThat(anchor.code()).as(anchor.err()).isIn(ExitCode.DONE, ExitCode.SPENT);
    assertThat(Files.readString(svg)).startsWith("<svg ").contains("class=\"chart anchor\"");
    assertThat(Files.readString(html)).contains("class=\"chart anchor\"", "How it was made");
  }

  /** The model speaks V1; a body that says V2 is read as what it is. */
  @Test
  void file_otherProtocol_isReadAsItIsWritten() throws Exception {
    reference();
    String v2 = file(TinyBodies.v2(List.of(TinyFunction.row(3))));

    Ran price = explain(v2, "--model", "tiny", "--dry-run");

    assertThat(price.code()).as(price.err()).isZero();
  }

  @Test
  void wrongFlag_isOneLineWithWhatMayBeMeant() {
    Ran ran = explain("x.json", "--metod", "anchor");

    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err())
        .contains("Unknown option", "--method", "sidelight explain --help")
        .doesNotContain("Usage:");
  }

  @Test
  void wrongListener_asksWhetherItIsTheRightOne() throws Exception {
    String probes = "http://127.0.0.1:" + run.port(Listener.PROBES);

    assertThat(explain(tiny(3), "--url", probes, "--model", "tiny").err())
        .contains("is --url the management listener of sidelight?");
  }

  @Test
  void budgetSpent_isExitFourWithWhatIsKnown() throws Exception {
    run.putReference("wide", WideRows.csv(60));

    Ran ran = explain(file(WideRows.body(1)), "--model", "wide", "--budget-rows", "400");

    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.SPENT);
    assertThat(ran.out()).contains("cut: the budget is spent").contains("▒").contains("w15 = ");
  }

  @Test
  void whatCannotBe_isOneSentenceAndItsCode() throws Exception {
    Ran noReference = explain(tiny(3), "--model", "tiny");
    assertThat(noReference.code()).isEqualTo(ExitCode.FAILED);
    assertThat(noReference.err())
        .startsWith("sidelight: explanations of 'tiny' need 50 rows")
        .contains("curl -T rows.csv", url() + "/v1/models/tiny/reference");

    Ran nobody = explain(tiny(3), "--url", "http://127.0.0.1:1");
    assertThat(nobody.code()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(nobody.err()).startsWith("sidelight: no answer from http://127.0.0.1:1");

    Ran unknown = explain("00000000-0000-7000-8000-000000000001");
    assertThat(unknown.code()).isEqualTo(ExitCode.FAILED);
    assertThat(unknown.err()).contains("no request with this id");

    Ran broken = explain(file("{\"instances\": [1,"), "--model", "tiny");
    assertThat(broken.code()).isEqualTo(ExitCode.USAGE);
    assertThat(broken.err()).contains("row.json is no JSON: line 1");

    assertThat(explain("nope.json").code()).isEqualTo(ExitCode.USAGE);
    assertThat(explain(tiny(3), "--model", "tiny", "--budget-rows", "many").err())
        .isEqualTo("sidelight: --budget-rows must be a whole number, got 'many'\n");
    assertThat(explain(tiny(3), "--model", "tiny", "-o", "xml").code()).isEqualTo(ExitCode.USAGE);
    assertThat(explain(tiny(3), "--html", "/nowhere/at/all.html").code()).isEqualTo(ExitCode.USAGE);
    assertThat(explain(tiny(3), "--method", "counterfactual", "--svg", "a.svg").code())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void modelServerGone_isExitThree() throws Exception {
    reference();
    model.close();

    assertThat(explain(tiny(3), "--model", "tiny").code()).isEqualTo(ExitCode.UNREACHABLE);
  }

  @Test
  void interrupted_keepsWhatIsKnownAndStopsTheWork() throws Exception {
    run.putReference("slow-wide", WideRows.csv(50));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sidelight.proxy.Main",
                "explain",
                "-",
                "--url",
                url(),
                "--model",
                "slow-wide",
                "--deadline",
                "5m",
                "--budget-rows",
                "2000000")
            .start();
    try {
      process.getOutputStream().write(WideRows.body(3).getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      Until.holds(() -> "calls", () -> model.predictions().size() > 8);

      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.exitValue()).as(out + err).isEqualTo(ExitCode.INTERRUPTED);
      assertThat(out).contains("cut: stopped by hand", "w0 = ");
      Until.holds(
          () -> "no job runs",
          () -> run.metric("sidelight_explanation_jobs{state=\"running\"}") == 0);
    } finally {
      process.destroyForcibly();
    }
  }
}
