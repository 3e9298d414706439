package dev.sidelight.proxy.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sidelight.explainers.AnchorSettings;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.Condition;
import dev.sidelight.explainers.CounterfactualSettings;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.Literal;
import dev.sidelight.explainers.RuleSettings;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.ShapSettings.Mode;
import dev.sidelight.proxy.config.ConfigReader;
import dev.sidelight.proxy.config.ExplainConfig;
import dev.sidelight.proxy.config.Sources;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExplainParametersTest {

  private static ExplainConfig config(String... flags) {
    Map<String, String> settings = new java.util.HashMap<>();
    for (int i = 0; i < flags.length; i += 2) {
      settings.put(flags[i], flags[i + 1]);
    }
    return ConfigReader.read(Sources.of(settings, Map.of())).config().explain();
  }

  private static ExplainOptions read(Map<String, Object> given) {
    return new ExplainParameters(given, config(), Pace.SYNC)
        .read(Format.ALIBI, /* backgroundRows= */ 100, PlayersParameters.Data.TABLE);
  }

  private static ShapSettings shap(ExplainOptions options) {
    return (ShapSettings) options.settings();
  }

  private static ServeException refused(Map<String, Object> given) {
    return catchThrowableOfType(ServeException.class, () -> read(given));
  }

  @Test
  void read_nothing_isTheDefaults() {
    ExplainOptions options = read(Map.of());

    assertThat(options.budget()).isEqualTo(Budget.defaults());
    assertThat(options.format()).isEqualTo(Format.ALIBI);
    assertThat(shap(options).mode()).isEqualTo(Mode.AUTO);
    assertThat(shap(options).link()).isEqualTo(Link.IDENTITY);
    assertThat(shap(options).allOutputs()).as("alibi lists all outputs").isTrue();
    assertThat(options.seed()).isEmpty();
    assertThat(options.ignored()).isEmpty();
  }

  @Test
  void read_everything_isTaken() {
    ExplainOptions options =
        read(
            Map.ofEntries(
                Map.entry("method", "shap"),
                Map.entry("format", "native"),
                Map.entry("mode", "coalition"),
                Map.entry("link", "logit"),
                Map.entry("seed", -5),
                Map.entry("rowsMax", 5000),
                Map.entry("roundTripsMax", 3),
                Map.entry("deadline", "1500ms"),
                Map.entry("relativeError", 0.2),
                Map.entry("topK", 4),
                Map.entry("output", "scores"),
                Map.entry("target", 1),
                Map.entry("outputs", "all"),
                Map.entry("task", "regression")));

    assertThat(options.format()).isEqualTo(Format.NATIVE);
    assertThat(shap(options).mode()).isEqualTo(Mode.COALITION);
    assertThat(shap(options).link()).isEqualTo(Link.LOGIT);
    assertThat(shap(options).output()).contains("scores");
    assertThat(shap(options).targetIndex()).hasValue(1);
    assertThat(shap(options).topK()).hasValue(4);
    assertThat(shap(options).allOutputs()).isTrue();
    assertThat(shap(options).regression()).isTrue();
    assertThat(options.seed()).hasValue(-5);
    assertThat(options.budget()).isEqualTo(new Budget(5000, 3, Duration.ofMillis(1500), 0.2));
  }

  @Test
  void read_otherSpellingsAndNestedBudget_areTheSame() {
    ExplainOptions options =
        read(Map.of("budget", Map.of("rows_max", "700", "round-trips-max", 2), "TOP_K", 3));

    assertThat(options.budget().rowsMax()).isEqualTo(700);
    assertThat(options.budget().roundTripsMax()).isEqualTo(2);
    assertThat(shap(options).topK()).hasValue(3);
  }

  @ParameterizedTest
  @CsvSource({"2048,204800", "1,100", "20000,2000000"})
  void read_nsamples_isCoalitionsTimesBackground(String nsamples, int rows) {
    assertThat(read(Map.of("nsamples", nsamples)).budget().rowsMax()).isEqualTo(rows);
    assertThat(read(Map.of("nsamples", "auto")).budget().rowsMax()).isEqualTo(20_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"20001", "2147483648", "9223372036854775807"})
  void read_nsamplesBeyondAllBudgets_isBudgetExceeded(String nsamples) {
    ServeException thrown = refused(Map.of("nsamples", nsamples));

    assertThat(thrown.code()).isEqualTo("budget_exceeded");
    assertThat(thrown.pointer()).isEqualTo("/parameters/nsamples");
    assertThat(thrown.expected()).isEqualTo("<= 2000000 rows");
  }

  @ParameterizedTest
  @CsvSource({
    "rowsMax,2000001,budget_exceeded",
    "deadline,51s,budget_exceeded",
    "deadline,1h,parameter_range",
    "deadline,0,parameter_range",
    "rowsMax,0,parameter_range",
    "rowsMax,1.5,parameter_range",
    "rowsMax,1e999999999,parameter_range",
    "roundTripsMax,0,parameter_range",
    "relativeError,1,parameter_range",
    "eps,0,parameter_range",
    "eps,NaN,parameter_range",
    "topK,0,parameter_range",
    "target,-1,parameter_range",
    "seed,9223372036854775808,parameter_range",
    "mode,rows,parameter_range",
    "link,probit,parameter_range",
    "format,kserve-alibi,format_unsupported",
    "format,xml,parameter_range",
    "method,guess,parameter_range",
    "interactions,maybe,parameter_range",
    "dryRun,perhaps,parameter_range",
    "outputs,some,parameter_range",
    "task,guess,parameter_range",
    "threshold,1.5,parameter_range",
    "threshold,0.5,parameter_range",
    "delta,0,parameter_range",
    "delta,0.51,parameter_range",
    "tau,1,parameter_range",
    "beam,0,parameter_range",
    "beamSize,11,parameter_range",
    "batchSize,0,parameter_range",
    "coverageSamples,-3,parameter_range",
  })
  void read_outsideItsRange_isRefusedWithPointerAndRule(String name, String value, String code) {
    ServeException thrown = refused(Map.of(name, value));

    assertThat(thrown.code()).isEqualTo(code);
    assertThat(thrown.pointer()).isEqualTo("/parameters/" + name);
    assertThat(thrown.expected()).isNotEmpty();
  }

  @Test
  void read_peersNames_areCheckedAndListedAsIgnored() {
    ExplainOptions options =
        read(
            Map.of(
                "threshold",
                0.95,
                "delta",
                0.5,
                "tau",
                0.15,
                "beam_size",
                1,
                "batch_size",
                100,
                "coverage_samples",
                10_000,
                "l1_reg",
                "num_features(10)",
                "seed",
                1));

    assertThat(options.ignored())
        .containsExactlyInAnyOrder(
            "threshold", "delta", "tau", "beamSize", "batchSize", "coverageSamples", "l1Reg");
  }

  @Test
  void read_anchor_takesBothSpellingsAndListsWhatItDoesNotUse() {
    ExplainOptions options =
        read(
            Map.of(
                "method",
                "AnchorTabular",
                "threshold",
                0.9,
                "beam_size",
                2,
                "max_anchor_size",
                3,
                "bins",
                10,
                "tau",
                0.15,
                "nsamples",
                5,
                "link",
                "logit"));

    AnchorSettings anchor = (AnchorSettings) options.settings();
    assertThat(options.method()).isEqualTo(Method.ANCHOR);
    assertThat(anchor.threshold()).isEqualTo(0.9);
    assertThat(anchor.beam()).isEqualTo(2);
    assertThat(anchor.predicatesMax()).isEqualTo(3);
    assertThat(anchor.bins()).isEqualTo(10);
    assertThat(options.ignored()).containsExactly("link", "tau");
    assertThat(options.format()).isEqualTo(Format.ALIBI);
  }

  @Test
  void read_rule_isTheConditionsAsTheyArePrinted() {
    ExplainOptions options =
        read(
            Map.of(
                "method",
                "rule",
                "predicates",
                List.of(
                    Map.of("feature", "town", "op", "=", "value", "Köln", "text", "town = Köln"),
                    Map.of("feature", "age", "op", "in", "low", 28, "high", 37.5),
                    Map.of("feature", "gain", "op", "<=", "value", 0))));

    assertThat(((RuleSettings) options.settings()).rule())
        .containsExactly(
            new Condition.Equal("town", Literal.text("Köln")),
            new Condition.Within("age", 28, 37.5),
            new Condition.AtMost("gain", 0));
  }

  @ParameterizedTest
  @CsvSource({
    "feature,1,value_type,/parameters/predicates/0/feature",
    "op,~,parameter_range,/parameters/predicates/0/op",
    "note,x,member_unknown,/parameters/predicates/0",
  })
  void read_ruleWithAFault_isRefusedWithItsPlace(
      String name, String value, String code, String pointer) {
    Map<String, Object> predicate = new java.util.HashMap<>();
    predicate.put("feature", "age");
    predicate.put("op", ">");
    predicate.put("low", 1);
    predicate.put(name, value.equals("1") ? (Object) 1 : value);

    ServeException thrown = refused(Map.of("method", "rule", "predicates", List.of(predicate)));

    assertThat(thrown.code()).isEqualTo(code);
    assertThat(thrown.pointer()).isEqualTo(pointer);
    assertThat(refused(Map.of("method", "rule")).pointer()).isEqualTo("/parameters/predicates");
  }

  @Test
  void read_counterfactual_isNativeUnlessAskedOtherwise() {
    ExplainOptions options =
        read(
            Map.of(
                "method",
                "counterfactual",
                "target",
                ">50K",
                "immutable",
                "age, sex",
                "neighbours",
                5));

    CounterfactualSettings settings = (CounterfactualSettings) options.settings();
    assertThat(options.format()).isEqualTo(Format.NATIVE);
    assertThat(settings.target()).contains(">50K");
    assertThat(settings.immutable()).containsExactlyInAnyOrder("age", "sex");
    assertThat(settings.neighbours()).isEqualTo(5);
    assertThat(refused(Map.of("method", "counterfactual", "format", "alibi")).code())
        .isEqualTo("format_unsupported");
    assertThat(refused(Map.of("method", "counterfactual", "low", 2, "high", 1)).pointer())
        .isEqualTo("/parameters/high");
  }

  @Test
  void read_unknownName_namesTheNearest() {
    ServeException near = refused(Map.of("rowMax", 5));
    ServeException far = refused(Map.of("a/b~" + "x".repeat(10_000), 5));

    assertThat(near.code()).isEqualTo("parameter_unknown");
    assertThat(near.hint()).isEqualTo("did you mean rowsMax?");
    assertThat(far.hint()).isEmpty();
    assertThat(far.pointer()).startsWith("/parameters/a~1b~0xxx").hasSizeLessThan(100);
  }

  @Test
  void read_background_isNoParameterOfACall() {
    assertThat(refused(Map.of("background", 1_000_000)).code()).isEqualTo("budget_exceeded");
    assertThat(refused(Map.of("background", Collections.nCopies(1001, List.of(1)))).code())
        .isEqualTo("budget_exceeded");
    assertThat(refused(Map.of("background", 100)).code()).isEqualTo("parameter_unknown");
  }

  @Test
  void read_shortSyncDeadline_isTheDefaultToo() {
    ExplainOptions options =
        new ExplainParameters(Map.of(), config("explain.sync-deadline", "5s"), Pace.SYNC)
            .read(Format.NATIVE, 100, PlayersParameters.Data.TABLE);

    assertThat(options.budget().deadline()).isEqualTo(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @CsvSource({"20s,20000", "500ms,500", "250,250"})
  void read_deadline_hasUnits(String text, long millis) {
    assertThat(read(Map.of("deadline", text)).budget().deadline())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @Test
  void read_documentInPlaceOfAValue_isRefusedAndNotRepeated() {
    ServeException thrown = refused(Map.of("seed", "9".repeat(100_000)));

    assertThat(thrown.code()).isEqualTo("parameter_range");
    assertThat(thrown.found()).hasSizeLessThan(50);
    assertThat(thrown).hasMessageContaining("a short value");
  }

  @Test
  void admission_rowsBeyondTheBound_areRefusedUntilSomeEnd() {
    Admission admission = new Admission(/* rowsMax= */ 1000, () -> false);
    Admission.Permit first = admission.admit(700);

    ServeException thrown = catchThrowableOfType(ServeException.class, () -> admission.admit(301));
    assertThat(thrown.code()).isEqualTo("quota_exceeded");
    assertThat(thrown).hasMessageContaining("300 are free");
    assertThat(thrown.retryAfterSeconds()).isPresent();

    first.close();
    admission.admit(1000).close();
    ServeException shed =
        catchThrowableOfType(ServeException.class, () -> new Admission(1000, () -> true).admit(1));
    assertThat(shed.code()).isEqualTo("explain_shed");
  }
}
