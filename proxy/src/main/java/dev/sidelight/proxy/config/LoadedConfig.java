package dev.sidelight.proxy.config;

import java.util.List;

/**
 * A configuration and how it came about.
 *
 * @param values every leaf with its value and origin, in the order of the tree
 * @param warnings lines for the log: environment names that mean nothing
 */
public record LoadedConfig(Config config, List<Value> values, List<String> warnings) {

  public LoadedConfig {
    values = List.copyOf(values);
    warnings = List.copyOf(warnings);
  }

  /** One leaf. */
  public record Value(String key, String text, String origin) {}
}
