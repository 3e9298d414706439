package dev.sidelight.proxy.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import dev.sidelight.proxy.page.DemoProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/**
 * A browser in front of the running demo; both are started once for all tests of this kind and end
 * with the process.
 */
abstract class DemoBrowser {

  /** Answered requests of one row: each can be explained. */
  static final String ROWS = "/ui/requests?filter=status%20%3D%20200%20and%20rows%20%3D%201";

  /** A busy machine explains slowly. */
  static final LocatorAssertions.ContainsTextOptions SOON =
      new LocatorAssertions.ContainsTextOptions().setTimeout(120_000);

  private static @Nullable DemoProcess demo;
  private static @Nullable Chromium chromium;

  private @Nullable Visitor visitor;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> executable = Chromium.find();
    boolean required = System.getenv().getOrDefault("SIDELIGHT_REQUIRE", "").contains("chromium");
    assumeTrue(required || executable.isPresent(), "browser tests: skipped, no chromium on PATH");
    if (demo == null) {
      Chromium started = Chromium.launch(executable.orElseThrow());
      DemoProcess process = DemoProcess.start("--rate", "5");
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    process.close();
                    started.close();
                  },
                  "end of the browser tests"));
      chromium = started;
      demo = process;
    }
  }

  /** No test passes while the browser complained or asked somebody else. */
  @AfterEach
  void leave() {
    if (visitor != null) {
      List<String> complaints = visitor.complaints();
      visitor.close();
      assertThat(complaints).isEmpty();
    }
  }

  static Chromium chromium() {
    if (chromium == null) {
      throw new IllegalStateException("not started");
    }
    return chromium;
  }

  /** {@code http://localhost:port} of the page. */
  static String address() {
    if (demo == null) {
      throw new IllegalStateException("not started");
    }
    return demo.page();
  }

  Page visit() {
    return visit(1280, true, ColorScheme.LIGHT);
  }

  Page visit(int width, boolean script, ColorScheme scheme) {
    visitor = new Visitor(chromium().browser(), address(), width, script, scheme);
    return visitor.page();
  }

  /** One more, to be closed by the test. */
  static Visitor other(int width, ColorScheme scheme) {
    return new Visitor(chromium().browser(), address(), width, true, scheme);
  }

  static Page open(Page page, String path) {
    page.navigate(address() + path);
    return page;
  }

  static void assertFits(Page page) {
    assertThat((Integer) page.evaluate("document.scrollingElement.scrollWidth"))
        .isLessThanOrEqualTo(360);
  }
}
