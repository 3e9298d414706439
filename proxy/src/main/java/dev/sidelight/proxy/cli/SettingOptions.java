package dev.sidelight.proxy.cli;

import dev.sidelight.proxy.config.SettingKey;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Every setting as a flag of its key, {@code --spool.dir}, beside the short names people and KServe
 * use.
 */
final class SettingOptions {

  /** Short flag to key. */
  private static final Map<String, String> SHORT = shortNames();

  private SettingOptions() {}

  private static Map<String, String> shortNames() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("--upstream", "upstream");
    names.put("--profile", "profile");
    names.put("--model-name", "model-name");
    names.put("--predictor-host", "upstream");
    names.put("--predictor-protocol", "profile");
    names.put("--http-port", "listeners.data.port");
    names.put("--predictor-request-timeout-seconds", "timeouts.response");
    names.put("--workers", "explain.workers");
    names.put("--predictor-use-ssl", "");
    names.put("--predictor-request-retries", "");
    names.put("--enable-predictor-health-check", "");
    return names;
  }

  /** Adds the options to a command; a repeated one: the last wins. */
  static void addTo(CommandSpec spec) {
    for (String name : SHORT.keySet()) {
      spec.addOption(
          OptionSpec.builder(name)
              .type(String.class)
              .arity(
                  name.equals("--predictor-use-ssl") || name.startsWith("--enable") ? "0..1" : "1")
              .fallbackValue("true")
              .paramLabel(label(name))
              .description(description(name))
              .build());
    }
    for (SettingKey key : SettingKey.all()) {
      String flag = "--" + key.key();
      if (!SHORT.containsKey(flag)) {
        spec.addOption(
            OptionSpec.builder(flag)
                .type(String.class)
                .arity("1")
                .hidden(true) // all of them: config print
                .paramLabel("VALUE")
                .description(key.doc())
                .build());
      }
    }
  }

  private static String label(String name) {
    return switch (name) {
      case "--upstream" -> "URL";
      case "--profile", "--predictor-protocol" -> "v1|v2";
      case "--model-name" -> "NAME";
      case "--predictor-host" -> "HOST[:PORT]";
      case "--http-port" -> "PORT";
      case "--predictor-use-ssl", "--enable-predictor-health-check" -> "true|false";
      default -> "N";
    };
  }

  private static String description(String name) {
    return switch (name) {
      case "--upstream" -> "address of the model server, http://host:port";
      case "--profile" -> "protocol of the model server: v1 or v2 (default: v1)";
      case "--model-name" -> "the only model behind the upstream (default: any that answers)";
      case "--predictor-host" -> "KServe's name for --upstream: host or host:port";
      case "--predictor-protocol" -> "KServe's name for --profile";
      case "--http-port" -> "port of the data listener (default: 8080)";
      case "--workers" -> "explanations computed at once (default: what their rows allow)";
      case "--predictor-request-timeout-seconds" -> "longest wait for the head of an answer";
      case "--predictor-use-ssl" -> "KServe's; true is refused: TLS to the model is not there yet";
      default -> "accepted for KServe, without effect";
    };
  }

  /** All flags, for telling unknown ones. */
  static Set<String> names() {
    Set<String> names = new HashSet<>(SHORT.keySet());
    SettingKey.all().forEach(key -> names.add("--" + key.key()));
    names.add("--config");
    return names;
  }

  /** What was given, by key. */
  static Map<String, String> values(ParseResult parsed) {
    refuseSsl(parsed);
    Map<String, String> values = new HashMap<>();
    for (OptionSpec option : parsed.matchedOptions()) {
      String flag = option.longestName();
      String key = SHORT.getOrDefault(flag, flag.substring(2));
      Object value = option.getValue();
      if (!key.isEmpty() && !flag.equals("--config") && value instanceof String text) {
        values.put(key, adapt(flag, text));
      }
    }
    return values;
  }

  /** To go on in the clear where somebody asked for TLS would be the worst answer. */
  private static void refuseSsl(ParseResult parsed) {
    String given = parsed.matchedOptionValue("--predictor-use-ssl", "false");
    if (!given.equalsIgnoreCase("false")) {
      throw new CommandLine.ParameterException(
          parsed.commandSpec().commandLine(),
          "--predictor-use-ssl: TLS to the model server is not there yet");
    }
  }

  private static String adapt(String flag, String value) {
    return switch (flag) {
      case "--predictor-host" -> value.contains("://") ? value : "http://" + value;
      case "--predictor-request-timeout-seconds" -> value + "s";
      default -> value;
    };
  }
}
