package dev.sidelight.explainers.importance;

import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Literal;
import dev.sidelight.explainers.OutputAttribution;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Takes attributions in, one request at a time, and gives the importance of features at any moment.
 * What it gives does not depend on the order they came in, nor on restarts between them. Not
 * thread-safe. Memory: features x requests.
 */
public final class ImportanceTally {

  private final ImportanceGame game;
  private final Map<String, ImportanceEntry> entries = new LinkedHashMap<>();

  public ImportanceTally(ImportanceGame game) {
    this.game = game;
  }

  /** Goes on from where another one was. */
  public ImportanceTally(ImportanceState state) {
    this(state.game());
    state.entries().forEach(entry -> entries.put(entry.requestId(), entry));
  }

  /** Such a request need not be explained again. */
  public boolean contains(String requestId) {
    return entries.containsKey(requestId);
  }

  public int rows() {
    return entries.size();
  }

  /**
   * @param values of the request, one per player
   * @return false, and nothing is changed, when the request is there already
   * @throws IllegalArgumentException when the attribution is of another game
   */
  public boolean add(
      String requestId, String referenceId, Attribution attribution, List<Literal> values) {
    OutputAttribution targeted = attribution.targeted();
    ImportanceGame other =
        new ImportanceGame(
            referenceId,
            attribution.seed(),
            targeted.target(),
            attribution.link(),
            attribution.players().stream().map(FeatureGroup::name).toList());
    if (!other.equals(game)) {
      throw new IllegalArgumentException(
          "an attribution of %s cannot be added to one of %s".formatted(other, game));
    }
    ImportanceEntry entry =
        new ImportanceEntry(
            requestId, values, targeted.values().clone(), targeted.stdErrors().clone());
    return entries.putIfAbsent(requestId, entry) == null;
  }

  public ImportanceState state() {
    return new ImportanceState(game, List.copyOf(entries.values()));
  }

  /**
   * @throws IllegalStateException before the first request
   */
  public Importance importance() {
    if (entries.isEmpty()) {
      throw new IllegalStateException("an importance needs at least one explained request");
    }
    // by id, so that sums are added in one order whatever the order of arrival
    List<ImportanceEntry> sorted = new ArrayList<>(entries.values());
    sorted.sort(Comparator.comparing(ImportanceEntry::requestId));
    List<Importance.Feature> features = new ArrayList<>();
    for (int f = 0; f < game.features().size(); f++) {
      features.add(feature(f, sorted));
    }
    return new Importance(game, sorted.size(), features);
  }

  private Importance.Feature feature(int f, List<ImportanceEntry> sorted) {
    int n = sorted.size();
    double sum = 0;
    double absolute = 0;
    double noise = 0;
    List<Importance.Point> points = new ArrayList<>(n);
    for (ImportanceEntry entry : sorted) {
      double phi = entry.attributions()[f];
      sum += phi;
      absolute += Math.abs(phi);
      noise += entry.stdErrors()[f];
      points.add(new Importance.Point(entry.values().get(f), phi, entry.requestId()));
    }
    double mean = absolute / n;
    double squares = 0;
    for (Importance.Point point : points) {
      double apart = Math.abs(point.attribution()) - mean;
      squares += apart * apart;
    }
    OptionalDouble error =
        n < 2
            ? OptionalDouble.empty()
            : OptionalDouble.of(Math.sqrt(squares / (n - 1)) / Math.sqrt(n));
    return new Importance.Feature(game.features().get(f), mean, sum / n, error, noise / n, points);
  }
}
