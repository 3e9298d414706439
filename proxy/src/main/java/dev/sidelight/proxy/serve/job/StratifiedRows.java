package dev.sidelight.proxy.serve.job;

import dev.sidelight.core.tensor.BackgroundSample;
import dev.sidelight.logger.EventStore;
import dev.sidelight.proxy.serve.LoggedRows;
import dev.sidelight.proxy.serve.RowView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Chooses logged rows so that what the model said is as frequent among them as in the traffic; of a
 * number its rank stands for the class. Same log, same seed: same rows.
 */
final class StratifiedRows {

  /** Requests that are read to choose from. */
  private static final int CANDIDATES_MAX = 2_000;

  private static final int DECILES = 10;

  private final EventStore store;
  private final LoggedSelection selection;
  private final LoggedRows reader;

  StratifiedRows(EventStore store, LoggedSelection selection, LoggedRows reader) {
    this.store = store;
    this.selection = selection;
    this.reader = reader;
  }

  /** A row of a logged request. */
  record Place(UUID request, int row) {}

  List<Place> choose(int number, long seed) {
    List<Place> places = new ArrayList<>();
    List<String> said = new ArrayList<>();
    for (UUID request : selection.newest(CANDIDATES_MAX)) {
      Optional<List<RowView>> views =
          store.request(request).filter(LoggedCalls::isWhole).map(reader::views);
      for (int row = 0; views.isPresent() && row < views.get().size(); row++) {
        places.add(new Place(request, row));
        said.add(views.get().get(row).prediction());
      }
    }
    if (places.isEmpty()) {
      return List.of();
    }
    List<Place> chosen = new ArrayList<>();
    for (int index : BackgroundSample.choose(strata(said), number, seed)) {
      chosen.add(places.get(index));
    }
    return chosen;
  }

  private static int[] strata(List<String> said) {
    Map<String, Integer> classes = new HashMap<>();
    int[] strata = new int[said.size()];
    for (int i = 0; i < strata.length; i++) {
      strata[i] = classes.computeIfAbsent(said.get(i), _ -> classes.size());
    }
    boolean few = classes.size() <= Math.max(2, said.size() / 4);
    return few ? strata : deciles(said);
  }

  /** Many different answers are numbers. */
  private static int[] deciles(List<String> said) {
    double[] numbers = new double[said.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(said.get(i));
    }
    double[] sorted = numbers.clone();
    java.util.Arrays.sort(sorted);
    int[] strata = new int[numbers.length];
    for (int i = 0; i < strata.length; i++) {
      int at = java.util.Arrays.binarySearch(sorted, numbers[i]);
      strata[i] = (int) ((long) Math.max(0, at) * DECILES / sorted.length);
    }
    return strata;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN; // sorts last, in a stratum of its own
    }
  }
}
