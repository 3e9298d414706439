package dev.sidelight.proxy.config;

import java.util.Map;

/**
 * Where settings come from; the earlier one wins.
 *
 * @param flags by key, {@code spool.dir}, as given on the command line
 * @param environment the process's; only {@code SIDELIGHT_*} is looked at
 * @param file text of the YAML file, empty for none
 * @param fileName its name for messages
 */
public record Sources(
    Map<String, String> flags, Map<String, String> environment, String file, String fileName) {

  public Sources {
    flags = Map.copyOf(flags);
    environment = Map.copyOf(environment);
  }

  public static Sources of(Map<String, String> flags, Map<String, String> environment) {
    return new Sources(flags, environment, "", "");
  }
}
