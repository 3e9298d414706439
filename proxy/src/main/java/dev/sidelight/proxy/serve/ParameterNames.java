package dev.sidelight.proxy.serve;

import dev.sidelight.proxy.config.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The names of explain parameters, ours and the peers', in any spelling. */
final class ParameterNames {

  /** Every method reads them. */
  static final Set<String> COMMON =
      Set.of(
          "method",
          "format",
          "seed",
          "dryRun",
          "rowsMax",
          "roundTripsMax",
          "deadline",
          "relativeError",
          "eps",
          "nsamples",
          "background",
          "data");

  /** Of words and of segments as players. */
  static final Set<String> TEXT = Set.of("input", "maskToken", "players");

  static final Set<String> IMAGE =
      Set.of("input", "players", "segmenter", "segmentationFn", "layout", "fill", "fillRow");

  /** What other programs take, and nothing here follows from. */
  private static final Set<String> PEERS =
      Set.of(
          "batchSize",
          "coverageSamples",
          "l1Reg",
          "tau",
          "stopOnFirst",
          "minSamplesStart",
          "nCoveredEx",
          "binaryCacheSize",
          "cacheMargin",
          "discPerc",
          "threshold",
          "delta",
          "beam",
          "beamSize",
          "verbose",
          "verboseEvery",
          "silent",
          "summariseResult",
          "summariseBackground",
          "nBackgroundSamples",
          "catVarsStartIdx",
          "catVarsEncDim");

  /** What says how a row is taken apart. */
  static Set<String> of(PlayersParameters.Data data) {
    return switch (data) {
      case TABLE -> Set.of();
      case TEXT -> TEXT;
      case IMAGE -> IMAGE;
    };
  }

  private static final int NAME_SHOWN = 64;

  private static final List<String> KNOWN = known();

  private ParameterNames() {}

  private static List<String> known() {
    List<String> all = new ArrayList<>(COMMON);
    all.addAll(PEERS);
    all.addAll(TEXT);
    all.addAll(IMAGE);
    for (Method method : Method.values()) {
      all.addAll(method.parameters());
    }
    return all.stream().distinct().sorted().toList();
  }

  /**
   * By known name; {@code budget} is flattened.
   *
   * @throws ServeException {@code parameter_unknown} with the nearest name
   */
  static Map<String, Object> flattened(Map<String, Object> given) {
    Map<String, Object> byKnownName = new TreeMap<>();
    flatten(given, byKnownName);
    return byKnownName;
  }

  private static void flatten(Map<?, ?> given, Map<String, Object> into) {
    given.forEach(
        (name, value) -> {
          if (value instanceof Map<?, ?> nested && folded(name.toString()).equals("budget")) {
            flatten(nested, into);
          } else {
            into.put(known(name.toString()), value);
          }
        });
  }

  private static String known(String name) {
    for (String known : KNOWN) {
      if (folded(known).equals(folded(name))) {
        return known;
      }
    }
    String shown = name.length() > NAME_SHOWN ? name.substring(0, NAME_SHOWN) + "..." : name;
    ServeException unknown =
        ServeException.of("parameter_unknown", "unknown explain parameter '" + shown + "'")
            .at(
                "/parameters/" + shown.replace("~", "~0").replace("/", "~1"),
                "a known parameter",
                shown);
    throw NearestName.of(name, KNOWN)
        .map(nearest -> unknown.hint("did you mean " + nearest + "?"))
        .orElse(unknown);
  }

  private static String folded(String name) {
    return name.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
  }
}
