package dev.sidelight.proxy.serve;

import java.util.ArrayList;
import java.util.List;

/**
 * The revisions of one model in the order they appeared. The current one is the newest, or an older
 * one that has given the last {@value #RETURN_AFTER} answers: a canary does not make it flicker, a
 * roll-back is followed. Not thread-safe.
 */
final class Revisions {

  static final int RETURN_AFTER = 20;

  /** Beyond these, the oldest one's place is taken. */
  private static final int KEPT_MAX = 64;

  private final List<String> names = new ArrayList<>();
  private int current = -1;
  private int run;

  /** Takes one more answer; gives the place of its revision. */
  int observe(String revision) {
    int at = names.indexOf(revision);
    if (at < 0) {
      at = names.size() < KEPT_MAX ? names.size() : (current + 1) % KEPT_MAX;
      if (at < names.size()) {
        names.set(at, revision);
      } else {
        names.add(revision);
      }
      current = at;
    }
    run = at == current ? 0 : run + 1;
    if (run >= RETURN_AFTER) {
      current = at;
      run = 0;
    }
    return at;
  }

  /** Place of the current revision; -1 before the first answer. */
  int current() {
    return current;
  }

  /** Empty where nobody told one. */
  String currentName() {
    return current < 0 ? "" : names.get(current);
  }

  List<String> names() {
    return List.copyOf(names);
  }

  void restore(List<String> kept, int currentPlace) {
    names.clear();
    names.addAll(kept);
    current = currentPlace < kept.size() ? currentPlace : kept.size() - 1;
    run = 0;
  }
}
