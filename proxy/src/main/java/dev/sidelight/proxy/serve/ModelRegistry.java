package dev.sidelight.proxy.serve;

import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.config.ModelConfig;
import dev.sidelight.proxy.config.NearestName;
import dev.sidelight.proxy.config.Profile;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The models behind the proxy. Configured ones are there from the start; behind a bare {@code
 * upstream} a model is registered by the first call that names it and for which the server answers.
 * Thread-safe.
 */
public final class ModelRegistry {

  /** Behind a bare upstream; what comes later shares the label {@code _other}. */
  public static final int MODELS_MAX = 64;

  /** How long a name that the server does not know is not asked again. */
  private static final long UNKNOWN_NANOS = 1_000_000_000L;

  private static final int UNKNOWN_MAX = 1024;

  private final Map<String, ServedModel> models = new ConcurrentHashMap<>();
  private final Map<String, Long> unknown = new ConcurrentHashMap<>();
  private final Predicate<ServedModel> answers;
  private final LongSupplier nanos;
  private final String only;
  private final List<URI> upstream;
  private final Profile profile;

  public ModelRegistry(Config config, ModelClient client, LongSupplier nanos) {
    this(config, client::answers, nanos);
  }

  /**
   * @param answers whether a server has a model; blocks
   */
  ModelRegistry(Config config, Predicate<ServedModel> answers, LongSupplier nanos) {
    this.answers = answers;
    this.nanos = nanos;
    this.only = config.modelName();
    this.profile = config.profile();
    this.upstream = config.upstream().isEmpty() ? List.of() : bases(config.upstream());
    for (Map.Entry<String, ModelConfig> entry : config.models().entrySet()) {
      String backend = entry.getValue().backend();
      List<URI> bases = bases(Objects.requireNonNull(config.backends().get(backend)).url());
      models.put(
          entry.getKey(),
          new ServedModel(entry.getKey(), entry.getValue().profile(), backend, bases));
    }
  }

  private static List<URI> bases(String urls) {
    return Arrays.stream(urls.split(",", -1))
        .map(url -> url.strip().replaceAll("/+$", ""))
        .map(url -> URI.create(url.contains("://") ? url : "http://" + url))
        .toList();
  }

  /** True without asking anybody: for labels on the data path. */
  public boolean isKnown(String name) {
    return models.containsKey(name);
  }

  public List<ServedModel> all() {
    List<ServedModel> sorted = new ArrayList<>(models.values());
    sorted.sort(Comparator.comparing(ServedModel::name));
    return sorted;
  }

  /**
   * The model of this name, without asking anybody whether it is there: for what the log says has
   * answered.
   */
  public Optional<ServedModel> logged(String name) {
    ServedModel known = models.get(name);
    if (known != null || !isCandidate(name)) {
      return Optional.ofNullable(known);
    }
    return Optional.of(candidate(name));
  }

  private boolean isCandidate(String name) {
    return !upstream.isEmpty()
        && !name.isEmpty()
        && profile.hasRows()
        && (only.isEmpty() || only.equals(name));
  }

  private ServedModel candidate(String name) {
    return new ServedModel(name, profile, "upstream", upstream);
  }

  /** The model of this name; may ask the server, so it blocks. */
  public Optional<ServedModel> find(String name) {
    ServedModel known = models.get(name);
    if (known != null || !isCandidate(name) || models.size() >= MODELS_MAX) {
      return Optional.ofNullable(known);
    }
    Long refused = unknown.get(name);
    if (refused != null && nanos.getAsLong() - refused < UNKNOWN_NANOS) {
      return Optional.empty();
    }
    ServedModel candidate = candidate(name);
    if (answers.test(candidate)) {
      return register(candidate);
    }
    if (unknown.size() >= UNKNOWN_MAX) {
      unknown.clear();
    }
    unknown.put(name, nanos.getAsLong());
    return Optional.empty();
  }

  /** Two calls may have asked at once: the bound holds all the same. */
  private synchronized Optional<ServedModel> register(ServedModel candidate) {
    if (models.size() < MODELS_MAX) {
      models.putIfAbsent(candidate.name(), candidate);
    }
    return Optional.ofNullable(models.get(candidate.name()));
  }

  /**
   * @throws ServeException {@code model_unknown} with the nearest name
   */
  public ServedModel get(String name) {
    return find(name).orElseThrow(() -> unknown(name));
  }

  /**
   * The model of a call that names none.
   *
   * @throws ServeException {@code model_unknown} when there is not exactly one
   */
  public ServedModel only() {
    if (!only.isEmpty()) {
      return get(only);
    }
    List<ServedModel> known = all();
    if (known.size() == 1) {
      return known.get(0);
    }
    throw ServeException.of("model_unknown", "the path names no model, and here is not just one");
  }

  private ServeException unknown(String name) {
    ServeException unknown =
        ServeException.of(
            "model_unknown",
            name.equals(only)
                ? "the model server does not answer for this model yet"
                : "no model of this name answers behind this proxy");
    return NearestName.of(name, models.keySet())
        .map(nearest -> unknown.hint("did you mean " + nearest + "?"))
        .orElse(
            models.isEmpty()
                ? unknown
                : unknown.hint(
                    "known models: "
                        + String.join(", ", models.keySet().stream().sorted().limit(10).toList())));
  }
}
