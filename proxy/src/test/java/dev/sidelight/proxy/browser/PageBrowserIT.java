package dev.sidelight.proxy.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page as somebody sees it, in a real browser, in front of the running demo. */
class PageBrowserIT extends DemoBrowser {

  private static final Pattern EXPLANATION =
      Pattern.compile(".*/explanation\\?row=0&id=ex_[0-9a-f]{32}$");

  @Test
  void row_clickedAndExplained_barsSumToThePrediction() {
    Page page = open(visit(), ROWS);
    page.locator("tbody tr").first().click();
    assertThat(page.locator("h1")).containsText("income said");

    page.keyboard().press("e");

    assertThat(page.locator("#sentence")).containsText("The model says");
    assertThat(page).hasURL(EXPLANATION);
    assertSums(page);
    page.goBack();
    assertThat(page.locator("h1")).containsText("income said");
  }

  private static void assertSums(Page page) {
    // in one go: a better partial result may take the place of this one at any moment
    List<Double> numbers =
        ((List<?>)
                page.locator(".numbers tr > td.number:nth-of-type(2) data")
                    .evaluateAll("cells => cells.map(cell => cell.getAttribute('value'))"))
            .stream().map(value -> Double.parseDouble(String.valueOf(value))).toList();
    double prediction = numbers.get(numbers.size() - 1);
    double sum =
        numbers.subList(0, numbers.size() - 1).stream().mapToDouble(Double::doubleValue).sum();
    assertThat(numbers).hasSize(14);
    assertThat(sum).isCloseTo(prediction, within(1e-6));

    List<?> ends =
        (List<?>)
            page.locator("figure.wide")
                .first()
                .evaluate(
                    "figure => [[...figure.querySelectorAll('polygon:not(.hatched)')].pop()"
                        + ".getAttribute('points'),"
                        + " figure.querySelector('line.prediction').getAttribute('x1')]");
    double end = Double.parseDouble(String.valueOf(ends.get(0)).split("[ ,]", -1)[4]);
    String line = String.valueOf(ends.get(1));
    assertThat(end).isCloseTo(Double.parseDouble(line), within(0.5));
  }

  @Test
  void keys_fromTheTableToAnExplanationAndBack() {
    Page page = open(visit(), ROWS);
    assertThat(page.locator("sl-keys button").first()).isVisible();

    page.keyboard().press("j");
    page.keyboard().press("j");
    page.keyboard().press("k");
    page.keyboard().press("j");
    assertThat(page.locator("tbody tr:nth-child(2) a.cover")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).containsText("income said");
    page.keyboard().press("Escape");
    assertThat(page.locator("h1")).hasText("Requests");

    open(page, ROWS); // among all of them one may be a failure, which nothing explains
    assertThat(page.locator("sl-keys button").first()).isVisible();
    page.keyboard().press("j");
    page.keyboard().press("e");
    assertThat(page.locator("#sentence")).containsText("The model says");
    page.keyboard().press("Escape");
    assertThat(page.locator("h1")).containsText("income said");
  }

  @Test
  void keys_filterHelpAndPause() {
    Page page = open(visit(), "/ui/requests");
    assertThat(page.locator("sl-live .live")).hasText("Live");

    page.keyboard().press("p");
    assertThat(page.locator("sl-live .live")).hasText("Paused");
    page.keyboard().press("?");
    assertThat(page.locator("dialog")).isVisible();
    page.keyboard().press("Escape");
    assertThat(page.locator("dialog")).isHidden();
    page.keyboard().press("/");
    page.keyboard().type("status >= 400");
    page.keyboard().press("Enter");
    page.waitForURL(Pattern.compile(".*filter=status%20%3E%3D%20400$"));

    assertThat(page.locator("select[name=status]")).hasValue("errors");
    assertThat(page.locator("tbody tr.ok")).hasCount(0);
  }

  @Test
  void keys_switchedOff_doNothing() {
    Page page = open(visit(), ROWS);
    page.keyboard().press("?");
    page.locator("dialog input[type=checkbox]").uncheck();
    page.keyboard().press("Escape");
    page.reload();

    page.keyboard().press("j");

    assertThat(page.locator("a.cover:focus")).hasCount(0);
    assertThat(page.locator("sl-keys button").first()).isVisible();
  }

  /** Every stop of the tab key is visible, and the table's links are among them. */
  @Test
  void tab_reachesTheRows() {
    Page page = open(visit(), ROWS);
    assertThat(page.locator("sl-live .live")).isVisible();
    page.keyboard().press("Tab");
    assertThat(page.locator(".skip")).isFocused();

    for (int i = 0; i < 20 && page.locator("a.cover:focus").count() == 0; i++) {
      page.keyboard().press("Tab");
    }

    assertThat(page.locator("tbody tr:first-child a.cover")).isFocused();
    assertThat(page.evaluate("getComputedStyle(document.activeElement, '::after').outlineStyle"))
        .isEqualTo("solid");
  }

  @Test
  void liveTail_neverMovesWhatIsRead() {
    Page page = open(visit(), "/ui/requests");
    page.keyboard().press("j");
    Locator focused = page.locator("a.cover:focus");
    String before = focused.textContent();
    double top = focused.boundingBox().y;

    Locator fresh = page.locator("sl-live .fresh");
    assertThat(fresh).containsText("new");
    assertThat(focused).hasText(before);
    assertThat(focused.boundingBox().y).isCloseTo(top, within(0.5));

    fresh.click();
    assertThat(page.locator("tbody tr:first-child a.cover")).not().hasText(before);
    assertThat(page.locator("tbody tr")).hasCount(50);
  }

  @Test
  void lists_choice_isInTheAddress() {
    Page page = open(visit(), "/ui/requests");
    page.locator("select[name=status]").selectOption("200");
    page.waitForURL(Pattern.compile(".*filter=status%20%3D%20200$"));
    String first = page.url();

    page.locator("a[rel=next]").click();
    page.waitForURL(Pattern.compile(".*cursor=.*"));
    String row = page.locator("tbody tr:first-child time").getAttribute("datetime");
    page.reload();
    assertThat(page.locator("tbody tr:first-child time")).hasAttribute("datetime", row);
    page.goBack();
    assertThat(page).hasURL(first);
  }

  @Test
  void filter_broken_caretUnderThePlace() {
    Page page = open(visit(), "/ui/requests?filter=rows%20%3E%201%20and%20age%20%3E%2040");

    assertThat(page.locator("pre.caret")).hasText("rows > 1 and age > 40\n             ^");
    assertThat(page.locator("[role=alert] code")).hasText("features.age");
  }

  @Test
  void phone_nothingIsWiderThanTheScreen() {
    Page page = open(visit(360, true, ColorScheme.LIGHT), ROWS);
    assertFits(page);
    page.locator("a.cover").first().click();
    assertThat(page.locator("h1")).containsText("income said");
    assertFits(page);
    page.locator("sl-explain button").click();
    assertThat(page.locator("#sentence")).isVisible();
    assertFits(page);
    assertThat(page.locator("figure.narrow svg")).isVisible();
    assertThat(page.locator("figure.wide svg")).isHidden();
  }

  @Test
  void colours_lightAndDark_contrastOfTextAtLeastFourAndAHalf() {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      try (Visitor other = other(1280, scheme)) {
        Page page = open(other.page(), ROWS);
        assertThat(page.evaluate(Contrast.SCRIPT)).isEqualTo(List.of());
        page.locator("a.cover").first().click();
        assertThat(page.locator("h1")).containsText("income said");
        assertThat(page.evaluate(Contrast.SCRIPT)).isEqualTo(List.of());
        page.locator("sl-explain button").click();
        assertThat(page.locator("#sentence")).isVisible();
        assertThat(page.evaluate(Contrast.SCRIPT)).isEqualTo(List.of());
        assertThat(other.complaints()).isEmpty();
      }
    }
    visit();
  }

  @Test
  void axe_threeScreensInBothColoursAndOnAPhone_noViolation() throws Exception {
    Axe axe = new Axe();
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      for (int width : List.of(1280, 360)) {
        try (Visitor other = other(width, scheme)) {
          Page page = open(other.page(), ROWS);
          assertThat(page.locator("sl-live .live")).isVisible();
          assertThat(axe.violations(page)).isEmpty();
          page.locator("a.cover").first().click();
          assertThat(page.locator("h1")).containsText("income said");
          assertThat(axe.violations(page)).isEmpty();
          page.locator("sl-explain button").click();
          assertThat(page.locator("#sentence")).isVisible();
          assertThat(axe.violations(page)).isEmpty();
          assertThat(other.complaints()).isEmpty();
        }
      }
    }
    visit();
  }

  /** A busy or changed server must not take the screen away. */
  @Test
  void answerWithoutAScreen_isToldAndTheScreenStays() {
    Page page = open(visit(), ROWS);
    page.locator("a.cover").first().click();
    page.route(
        Pattern.compile(".*part=main.*"),
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(503)
                    .setContentType("application/problem+json")
                    .setBody("{}")));

    page.locator("sl-explain button").click();

    assertThat(page.locator("sl-explain .notice.bad")).containsText("503");
    assertThat(page.locator("h1")).containsText("income said");
  }

  @Test
  void skipLink_leavesTheScreenAsItIs() {
    Page page = open(visit(), ROWS);
    page.locator("a.cover").first().click();
    page.locator("details.body summary").first().click();
    page.locator(".skip").focus();
    page.keyboard().press("Enter");
    page.waitForURL(Pattern.compile(".*#main$"));

    page.goBack();

    assertThat(page.locator("details.body[open]")).hasCount(1);
  }

  @Test
  void palette_shap_isRedAndBlue() {
    Page page = open(visit(), ROWS);
    String request = page.locator("a.cover").first().getAttribute("href");
    open(page, request + "/explanation?row=0&palette=shap");
    page.locator("sl-explain button").click();
    assertThat(page.locator("#sentence")).isVisible();

    assertThat(page.evaluate("getComputedStyle(document.querySelector('.raises polygon')).fill"))
        .isEqualTo("rgb(255, 0, 81)");
    assertThat(page.evaluate(Contrast.SCRIPT)).isEqualTo(List.of());
  }

  @Test
  void withoutScript_allThreeScreensRead() {
    Page page = open(visit(1280, false, ColorScheme.LIGHT), ROWS);
    assertThat(page.locator("tbody tr")).hasCount(50);
    page.locator("a.cover").first().click();
    assertThat(page.locator("table.features tbody tr")).hasCount(12);

    page.locator("form.explain button").click();

    assertThat(page.locator("#sentence")).containsText("The model says");
    assertThat(page.locator("figure.wide svg")).isVisible();
    assertSums(page);
  }
}
