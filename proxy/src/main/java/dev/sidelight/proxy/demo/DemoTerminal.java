package dev.sidelight.proxy.demo;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What the demo says. On a terminal its last line is written anew each second; elsewhere it appears
 * once, at the end.
 */
public final class DemoTerminal {

  private final PrintStream out;
  private final boolean isTerminal;

  public DemoTerminal(PrintStream out, boolean isTerminal) {
    this.out = out;
    this.isTerminal = isTerminal;
  }

  void started(String version, long seed, DemoProxy proxy, Path row) {
    String data = "localhost:" + proxy.dataPort();
    out.printf(
        Locale.ROOT,
        """
        Sidelight %s demo   model income v1 (UCI Adult, %d features)   seed %d
          page       http://localhost:%d/          proxy  http://%s/v2/models/income/infer
          try        curl -s %s/v1/models/income:explain -d @%s
        """,
        version,
        Census.FEATURES.size(),
        seed,
        proxy.managementPort(),
        data,
        data,
        row);
    out.flush();
  }

  void modelOnly(int port) {
    out.printf(
        Locale.ROOT,
        """
        model income v1 (UCI Adult, %d features)   Ctrl-C stops
          v2         http://localhost:%d/v2/models/income
          v1         http://localhost:%d/v1/models/income
        """,
        Census.FEATURES.size(),
        port,
        port);
    out.flush();
  }

  /** Once a second. */
  void counts(DemoProxy.Counts counts) {
    if (isTerminal) {
      out.print("\r" + line(counts) + "   Ctrl-C stops");
      out.flush();
    }
  }

  /** At the end. */
  void finished(DemoProxy.Counts counts) {
    out.println((isTerminal ? "\r" : "") + line(counts) + (isTerminal ? "               " : ""));
    out.flush();
  }

  private static String line(DemoProxy.Counts counts) {
    return String.format(
        Locale.ROOT,
        "  requests %,d   explained %,d   lost %,d",
        counts.requests(),
        counts.explained(),
        counts.lost());
  }
}
