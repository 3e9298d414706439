package dev.sidelight.proxy.page;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code sidelight demo} as a stranger starts it, in a process of its own, on free ports. */
public final class DemoProcess implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(2);
  private static final Pattern PAGE =
      Pattern.compile("page +http://localhost:(\\d+)/ +proxy +http://localhost:(\\d+)/");

  private final Process process;
  private final CompletableFuture<int[]> ports = new CompletableFuture<>();

  private DemoProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().name("demo-output").start(this::read);
  }

  /** Starts the demo with its usual seed, and waits until its page answers. */
  public static DemoProcess start(String... options)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.sidelight.proxy.Main",
            "demo",
            "--port",
            "0",
            "--management-port",
            "0",
            "--probes-port",
            "0");
    builder.command().addAll(List.of(options));
    builder.redirectErrorStream(true);
    DemoProcess demo = new DemoProcess(builder.start());
    try {
      demo.ports.get(START.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      demo.close();
      throw e;
    }
    return demo;
  }

  private void read() {
    StringBuilder seen = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher page = PAGE.matcher(line);
        if (page.find()) {
          ports.complete(
              new int[] {Integer.parseInt(page.group(1)), Integer.parseInt(page.group(2))});
        }
        if (!ports.isDone()) {
          seen.append(line).append('\n');
        }
      }
      ports.completeExceptionally(new IOException("the demo ended: " + seen));
    } catch (IOException e) {
      ports.completeExceptionally(e);
    }
  }

  /** {@code http://localhost:PORT}, without a slash at its end. */
  public String page() {
    return "http://localhost:" + ports.join()[0];
  }

  /** The data listener. */
  public String data() {
    return "http://localhost:" + ports.join()[1];
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
