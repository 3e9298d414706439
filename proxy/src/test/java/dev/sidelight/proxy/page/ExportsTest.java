package dev.sidelight.proxy.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class ExportsTest {

  private static final Exports EXPORTS = new Exports(Assets.load());
  private static final Look USUAL = new Look("auto", "", 860);

  private static final String ATTRIBUTION =
      """
      {"kind":"attribution","id":"ex_1","sentence":"</script><b>bold</b>","method":"leverage",
       "target":{"label":">50K"},"link":"identity","baseline":0.24,"prediction":0.87,
       "model":{"name":"income","revision":"1"},
       "features":[{"name":"<script>alert(1)</script>","value":"x","attribution":0.63,
                    "stdError":0.004,"interval":[0.62,0.64]}],
       "interactions":[{"features":["age","sex"],"value":-0.03,"stdError":0.001}]}
      """;

  static final String ANCHOR =
      """
      {"kind":"anchor","id":"ex_2","sentence":"s","method":"anchor","success":true,
       "predicates":[{"text":"marital = Never-married","precision":0.91,"coverage":0.33},
                     {"text":"capital_gain <= 0","precision":0.97,"coverage":0.15}],
       "target":{"label":"<=50K"},"precision":0.97,"precisionLowerBound":0.951,
       "precisionInterval":[0.95,0.99],"precisionRows":400,"threshold":0.95,"coverage":0.15,
       "coverageOf":"the reference rows","allPrecision":0.76,"delta":0.1,
       "examples":{"same":[["39","<i>"]],"other":[]},
       "reproduce":{"method":"anchor","seed":1,"budget":{"roundTripsMax":7}}}
      """;

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(Optional<Exports.File> file) {
    return new String(file.orElseThrow().bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void svg_eachKind_isXmlAndOfItsDocumentOnly() throws Exception {
    for (String kind : List.of("waterfall", "bar")) {
      String svg = text(EXPORTS.svg(kind, utf8(ATTRIBUTION), 0, USUAL));
      var xml =
          DocumentBuilderFactory.newDefaultInstance()
              .newDocumentBuilder()
              .parse(new ByteArrayInputStream(utf8(svg)));
      assertThat(xml.getDocumentElement().getAttribute("width")).isEqualTo("860");
      assertThat(xml.getElementsByTagName("script").getLength()).isZero();
    }
    assertThat(EXPORTS.svg("anchor", utf8(ATTRIBUTION), 0, USUAL)).isEmpty();
    assertThat(EXPORTS.svg("waterfall", utf8(ANCHOR), 0, USUAL)).isEmpty();
    assertThat(text(EXPORTS.svg("anchor", utf8(ANCHOR), 0, USUAL)))
        .contains("capital_gain &lt;= 0");
  }

  /** The policy names the hash of the very style that stands in the file. */
  @Test
  void headers_hashOfTheStyle_sandboxed() throws Exception {
    for (Exports.File file :
        List.of(
            EXPORTS.svg("waterfall", utf8(ATTRIBUTION), 0, USUAL).orElseThrow(),
            EXPORTS.report(utf8(ANCHOR), 0, List.of(), "http://h", USUAL).orElseThrow())) {
      String whole = new String(file.bytes(), StandardCharsets.UTF_8);
      String style = whole.split("<style>", 2)[1].split("</style>", 2)[0];
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(utf8(style));

      assertThat(file.headers().get("Content-Security-Policy"))
          .isEqualTo(
              "default-src 'none'; style-src 'sha256-%s'; sandbox"
                  .formatted(Base64.getEncoder().encodeToString(digest)));
    }
  }

  @Test
  void report_nothingRunsAndNothingIsAsked() {
    String report = text(EXPORTS.report(utf8(ATTRIBUTION), 0, List.of(), "http://h:1", USUAL));

    assertThat(report).contains("&lt;script&gt;alert(1)", "age \u00d7 sex");
    assertThat(report.split("<script", -1)).hasSize(2);
    assertThat(report).contains("<script type=\"application/json\"").contains("\\u003c/script>");
    assertThat(report).doesNotContain(" src=", " href=", "url(http", "<b>bold");
    assertThat(report.length()).isLessThan(150_000);
  }

  @Test
  void report_severalRows_eachWithIdsOfItsOwn() {
    String rows =
        "{\"explanations\":[%s,{\"row\":1,\"error\":{\"detail\":\"too <wide>\"}},%s]}"
            .formatted(ATTRIBUTION, ANCHOR);

    String report =
        new String(EXPORTS.report(utf8(rows), "http://h:1", USUAL).bytes(), StandardCharsets.UTF_8);

    assertThat(report).contains("Row 1 is not explained", "too &lt;wide&gt;");
    assertThat(report.split("<svg ", -1)).hasSize(5);
    List<String> ids =
        Pattern.compile(" id=\"([^\"]+)\"").matcher(report).results().map(m -> m.group(1)).toList();
    assertThat(ids).contains("sentence", "w-t").doesNotHaveDuplicates();
  }

  @Test
  void report_oneDocument_asTheServerDrawsIt() {
    byte[] alone = EXPORTS.report(utf8(ATTRIBUTION), "http://h:1", USUAL).bytes();

    assertThat(alone)
        .isEqualTo(
            EXPORTS
                .report(utf8(ATTRIBUTION), 0, List.of(), "http://h:1", USUAL)
                .orElseThrow()
                .bytes());
  }

  @Test
  void chartOf_eachKind_itsOwn() {
    assertThat(Exports.chartOf(utf8(ATTRIBUTION))).contains("waterfall");
    assertThat(Exports.chartOf(utf8(ANCHOR))).contains("anchor");
    assertThat(Exports.chartOf(utf8("{\"kind\":\"counterfactual\"}"))).isEmpty();
  }

  /** Lowering bars stay hatched in a file: no rule of the sheet fills what the pattern fills. */
  @Test
  void svg_lowers_hatched() {
    String svg =
        text(
            EXPORTS.svg(
                "waterfall",
                utf8(ATTRIBUTION.replace("\"attribution\":0.63", "\"attribution\":-0.63")),
                0,
                USUAL));

    assertThat(svg)
        .contains("fill=\"url(#c-h)\"", ".lowers polygon:not(.hatched) {")
        .doesNotContain(".lowers polygon {");
  }

  @Test
  void look_otherWords_areNamed() {
    assertThatThrownBy(() -> Look.of(Optional.of("pink"), Optional.empty(), Optional.empty()))
        .isInstanceOfSatisfying(
            Look.LookException.class, e -> assertThat(e.name()).isEqualTo("theme"));
    for (String width : List.of("319", "1601", "wide", "-5")) {
      assertThatThrownBy(() -> Look.of(Optional.empty(), Optional.empty(), Optional.of(width)))
          .isInstanceOf(Look.LookException.class)
          .hasMessageContaining("320, 1600");
    }
    assertThat(text(EXPORTS.svg("bar", utf8(ATTRIBUTION), 0, new Look("dark", "shap", 320))))
        .contains("color-scheme: dark; --up: #ff0051");
  }

  @Test
  void svg_sameDocument_sameBytes() {
    assertThat(text(EXPORTS.svg("anchor", utf8(ANCHOR), 0, USUAL)))
        .isEqualTo(text(new Exports(Assets.load()).svg("anchor", utf8(ANCHOR), 0, USUAL)));
  }
}
