package dev.sidelight.proxy.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules, changes, pairs, what-if, importance, and what leaves the page as a file. */
class ExplainWaysBrowserIT extends DemoBrowser {

  private static final Pattern SENTENCE = Pattern.compile("IF .+ THEN|Whatever the row|The model");

  /** Explains the first row of the table and stays on its explanation. */
  private static void explain(Page page, String method) {
    open(page, ROWS);
    page.locator("a.cover").first().click();
    page.locator("sl-explain select[name=method]").selectOption(method);
    if (!method.equals("shap")) { // chosen already: nothing changes
      assertThat(page.locator(".price")).containsText("Costs about", SOON);
    }
    page.locator("sl-explain button").click();
    settled(page);
  }

  /** Whole, not a partial result: what-if stands only below that. */
  private static void settled(Page page) {
    assertThat(page.locator("#what-if h2")).containsText("What if", SOON);
    assertThat(page.locator("#sentence")).containsText(SENTENCE, SOON);
  }

  @Test
  void anchor_chosen_ruleWithItsPrecision() {
    Page page = visit();

    explain(page, "anchor");

    assertThat(page.locator("#sentence")).containsText(Pattern.compile("IF .+ THEN"));
    assertThat(page.locator(".certificate"))
        .containsText(Pattern.compile("precision 0?\\.?\\d+ \\[.+\\], coverage"));
    assertThat(page.locator("figure.wide svg.anchor")).isVisible();
    assertThat(page.locator("sl-explain select[name=method]")).hasValue("anchor");
    assertThat(page.evaluate(Contrast.SCRIPT)).isEqualTo(List.of());
  }

  /** A condition is never torn at the end of a line. */
  @Test
  void anchor_phone_conditionsAreWhole() {
    Page page = visit(360, true, ColorScheme.LIGHT);

    explain(page, "anchor");

    assertFits(page);
    assertThat(
            page.evaluate(
                "[...document.querySelectorAll('.clause')].every(c => c.getClientRects().length ==="
                    + " 1)"))
        .isEqualTo(true);
  }

  @Test
  void counterfactual_chosen_changesThatFitAPhone() {
    Page page = visit(360, true, ColorScheme.LIGHT);

    explain(page, "counterfactual");

    assertThat(page.locator("table.changes").first()).containsText("Instead");
    assertFits(page);
  }

  @Test
  void pairs_asked_tableThatFitsAPhone_andTheOtherWayIsLinked() {
    Page page = visit(360, true, ColorScheme.DARK);
    explain(page, "counterfactual");
    page.locator("sl-explain select[name=method]").selectOption("shap");
    page.locator("sl-explain input[name=interactions]").check();
    assertThat(page.locator(".price")).containsText("Costs about", SOON);

    page.locator("sl-explain button").click();

    assertThat(page.locator("table.pairs")).containsText(" \u00d7 ", SOON);
    settled(page);
    assertFits(page);
    assertThat(page.evaluate(Contrast.SCRIPT)).isEqualTo(List.of());
    page.locator(".others a", new Page.LocatorOptions().setHasText("counterfactual")).click();
    assertThat(page.locator("table.changes").first()).isVisible();
  }

  @Test
  void axe_rulesChangesPairsImportance_noViolation() throws Exception {
    Axe axe = new Axe();
    List<String> screens = new ArrayList<>();
    Page page = visit();
    for (String method : List.of("anchor", "counterfactual")) {
      explain(page, method);
      screens.add(page.url());
    }
    page.locator("sl-explain select[name=method]").selectOption("shap");
    page.locator("sl-explain input[name=interactions]").check();
    page.locator("sl-explain button").click();
    assertThat(page.locator("table.pairs")).containsText(" \u00d7 ", SOON);
    settled(page);
    screens.add(page.url());
    open(page, "/ui/importance");
    page.locator("select[name=requests]").selectOption("50");
    page.locator("button.primary").click();
    assertThat(page.locator("#sentence")).containsText("moved the output most", SOON);
    screens.add(page.url());

    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      try (Visitor other = other(scheme == ColorScheme.LIGHT ? 1280 : 360, scheme)) {
        for (String screen : screens) {
          other.page().navigate(screen);
          assertThat(other.page().locator("#sentence")).isVisible();
          assertThat(axe.violations(other.page())).as(screen).isEmpty();
          assertThat(other.page().evaluate(Contrast.SCRIPT)).isEqualTo(List.of());
        }
        assertThat(other.complaints()).isEmpty();
      }
    }
  }

  @Test
  void importance_followedStoppedAndKept_aDotLeadsToItsRequest() {
    Page page = open(visit(), "/ui/importance");
    page.locator("select[name=requests]").selectOption("500");
    page.locator("button.primary").click();
    assertThat(page.locator("sl-follow .count"))
        .containsText(Pattern.compile("[1-9]\\d* of 500 requests"), SOON);

    page.locator("sl-follow button").click();

    assertThat(page.locator("#sentence")).containsText("moved the output most", SOON);
    assertThat(page.locator("#best .notice")).containsText("stopped before all", SOON);
    assertThat(page.locator("figure.wide svg.bars .size")).hasCount(12);
    assertThat(page.locator("select[name=requests]")).hasValue("500");
    assertThat(page.evaluate(Contrast.SCRIPT)).isEqualTo(List.of());
    page.locator("figure.wide svg.swarm a").first().click();
    assertThat(page.locator("h1")).containsText("income said");
  }

  @Test
  void whatIf_changedValue_bothAnswersSideBySide() {
    Page page = visit();
    explain(page, "shap");
    page.locator("#what-if input").first().fill("70");

    page.locator(".what-if button").click();

    assertThat(page.locator(".both dd")).hasCount(2);
    page.locator("#what-if input").first().fill("old");
    page.locator(".what-if button").click();
    assertThat(page.locator("#what-if .bad")).hasText("age: this is no value of type INT64");
  }

  /** From disk, the network shut: everything is in the one file. */
  @Test
  void report_openedFromDisk_readsAndAsksNobody(@TempDir Path dir) throws Exception {
    Axe axe = new Axe();
    Page page = visit();
    for (String method : List.of("shap", "anchor")) {
      explain(page, method);
      String address = page.locator(".along a").first().getAttribute("href");
      Path file = dir.resolve(method + ".html");
      Files.write(file, page.request().get(address() + address).body());
      String sentence = page.locator("#sentence").textContent();

      for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        List<String> asked = new ArrayList<>();
        try (BrowserContext alone =
            chromium()
                .browser()
                .newContext(
                    new com.microsoft.playwright.Browser.NewContextOptions()
                        .setOffline(true)
                        .setColorScheme(scheme))) {
          alone.onRequest(request -> asked.add(request.url()));
          Page report = alone.newPage();
          report.navigate(file.toUri().toString());
          assertThat(report.locator("#sentence")).hasText(sentence);
          assertThat(report.locator("figure.wide svg")).isVisible();
          assertThat(axe.violations(report)).isEmpty();
          assertThat(report.evaluate(Contrast.SCRIPT)).isEqualTo(List.of());
        }
        assertThat(asked).hasSize(1);
      }
    }
  }

  @Test
  void exports_eachLink_answersItsKind() {
    Page page = visit();
    explain(page, "shap");

    List<String> types = new ArrayList<>();
    for (int i = 0; i < page.locator(".along a").count(); i++) {
      String address = page.locator(".along a").nth(i).getAttribute("href");
      types.add(page.request().get(address() + address).headers().get("content-type"));
    }

    assertThat(types)
        .containsExactly("text/html; charset=utf-8", "image/svg+xml", "application/json");
  }
}
