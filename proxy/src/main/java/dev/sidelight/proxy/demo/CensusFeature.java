package dev.sidelight.proxy.demo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One input of the model: a number, or one of a list of categories. A row is an array of doubles,
 * the number itself or the place of the category in the list.
 */
final class CensusFeature {

  /** The code of a category the model never saw: no split on a category is true for it. */
  static final double UNSEEN = -1;

  private final String name;
  private final List<String> categories;
  private final Map<String, Double> codes = new HashMap<>();

  /**
   * @param categories empty for a number
   */
  CensusFeature(String name, List<String> categories) {
    this.name = name;
    this.categories = List.copyOf(categories);
    for (int i = 0; i < categories.size(); i++) {
      codes.put(categories.get(i), (double) i);
    }
  }

  String name() {
    return name;
  }

  boolean isNumeric() {
    return categories.isEmpty();
  }

  List<String> categories() {
    return categories;
  }

  /** The code of {@code category}, {@link #UNSEEN} for one that is not in the list. */
  double code(String category) {
    return codes.getOrDefault(category, UNSEEN);
  }
}
