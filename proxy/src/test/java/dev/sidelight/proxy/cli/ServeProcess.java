package dev.sidelight.proxy.cli;

import dev.sidelight.proxy.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code sidelight serve} as a process of its own, which may be killed. */
final class ServeProcess implements AutoCloseable {

  private static final Pattern PORT =
      Pattern.compile("\\s*(data|management|probes)\\s.*:(\\d+)/?\\s*");

  private final Process process;
  private final Map<String, Integer> ports = new HashMap<>();
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

  private ServeProcess(Process process) {
    this.process = process;
  }

  /** Listens when it returns, or has ended. */
  static ServeProcess start(Path dir, String upstream, String profile, String... more)
      throws IOException {
    Map<String, String> settings = new TreeMap<>(ServeRun.settings(dir, upstream, profile));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    List<String> arguments = new ArrayList<>(List.of("serve"));
    settings.forEach((key, value) -> arguments.addAll(List.of("--" + key, value)));
    return start(arguments);
  }

  /** Any command that says where it listens. */
  static ServeProcess start(List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx96m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(arguments);
    ServeProcess serve =
        new ServeProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    serve.awaitPorts();
    return serve;
  }

  private void awaitPorts() throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    while (ports.size() < 3) {
      String line = out.readLine();
      if (line == null) {
        return; // it has ended
      }
      lines.add(line);
      Matcher matcher = PORT.matcher(line);
      if (matcher.matches()) {
        ports.put(matcher.group(1), Integer.parseInt(matcher.group(2)));
      }
    }
    Thread.ofVirtual().start(() -> readOn(out));
  }

  private void readOn(BufferedReader out) {
    try {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the pipe broke: the process was killed
    }
  }

  String dataUrl() {
    return url("data");
  }

  String url(String listener) {
    return "http://127.0.0.1:" + ports.get(listener);
  }

  long pid() {
    return process.pid();
  }

  /** What it printed. */
  String said() {
    return String.join("\n", lines);
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** TERM. */
  int stop() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
