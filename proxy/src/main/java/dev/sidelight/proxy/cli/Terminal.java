package dev.sidelight.proxy.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What is known of the screen, if there is one. */
final class Terminal {

  private static final int USUAL_COLUMNS = 100;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;

  private final Map<String, String> environment;

  Terminal(Map<String, String> environment) {
    this.environment = environment;
  }

  boolean readsProgress() {
    return isTerminal(STDERR);
  }

  /** As https://no-color.org has it. */
  boolean takesColour() {
    return isTerminal(STDOUT)
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /** Java tells of a console only where both ends are one; the file tells of each. */
  private static boolean isTerminal(int descriptor) {
    try {
      String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
      return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
  }

  int columns() {
    String told = environment.getOrDefault("COLUMNS", "");
    if (told.matches("[1-9]\\d{0,3}")) {
      return Integer.parseInt(told);
    }
    return isTerminal(STDOUT) ? measured() : USUAL_COLUMNS;
  }

  /** {@code stty} knows; without it the usual width is as good. */
  private static int measured() {
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
      try {
        if (!stty.waitFor(1, TimeUnit.SECONDS)) {
          return USUAL_COLUMNS;
        }
        String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return size.strip().matches("\\d+ [1-9]\\d{0,3}")
            ? Integer.parseInt(size.strip().split(" ", 2)[1])
            : USUAL_COLUMNS;
      } finally {
        stty.destroyForcibly();
      }
    } catch (IOException e) {
      return USUAL_COLUMNS;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return USUAL_COLUMNS;
    }
  }
}
