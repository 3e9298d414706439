package dev.sidelight.proxy.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One person with a browser, and everything the browser complained of or asked elsewhere. */
final class Visitor implements AutoCloseable {

  private static final String LISTEN =
      "addEventListener('securitypolicyviolation', e =>"
          + " sayViolation(e.violatedDirective + ' ' + e.blockedURI + ' ' + e.sample))";

  private final BrowserContext context;
  private final Page page;
  private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param origin the only address that may be asked
   */
  Visitor(Browser browser, String origin, int width, boolean script, ColorScheme scheme) {
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setJavaScriptEnabled(script)
                .setColorScheme(scheme));
    context.setDefaultTimeout(60_000);
    page = context.newPage();
    if (script) {
      context.exposeFunction(
          "sayViolation",
          arguments -> {
            complaints.add("violation: " + arguments[0]);
            return "";
          });
      context.addInitScript(LISTEN);
    }
    context.onRequest(
        request -> {
          if (!request.url().startsWith(origin + "/")) {
            complaints.add("foreign request: " + request.url());
          }
        });
    page.onPageError(error -> complaints.add("error: " + error));
  }

  Page page() {
    return page;
  }

  /** What should be empty at the end. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public void close() {
    context.close();
  }
}
