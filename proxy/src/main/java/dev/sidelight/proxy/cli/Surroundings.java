package dev.sidelight.proxy.cli;

import java.io.PrintWriter;
import java.util.Map;

/**
 * What a command sees of the process.
 *
 * @param out data goes here
 * @param err progress and messages go here
 */
public record Surroundings(Map<String, String> environment, PrintWriter out, PrintWriter err) {
  public Surroundings {
    environment = Map.copyOf(environment);
  }
}
