package dev.sidelight.proxy.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** axe-core in the page: the rules of WCAG 2.2 AA that a program can judge, and good practice. */
final class Axe {

  private static final String RUN =
      """
      async () => (await axe.run(document, {
        resultTypes: ['violations'],
        rules: {'target-size': {enabled: true}},
      })).violations.flatMap(
        (v) => v.nodes.map((n) => v.id + ': ' + n.html + ' ' + n.failureSummary))
      """;

  private final String script;

  Axe() throws IOException {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      script = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** What is against a rule, and where; empty if nothing is. */
  List<?> violations(Page page) {
    page.evaluate(script);
    return (List<?>) page.evaluate(RUN);
  }
}
