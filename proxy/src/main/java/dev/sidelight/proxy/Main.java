package dev.sidelight.proxy;

import dev.sidelight.proxy.cli.CommandLineProgram;
import dev.sidelight.proxy.cli.Surroundings;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code java -jar sidelight-proxy.jar COMMAND}. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    Surroundings surroundings =
        new Surroundings(
            System.getenv(),
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    System.exit(CommandLineProgram.run(List.of(arguments), surroundings));
  }
}
