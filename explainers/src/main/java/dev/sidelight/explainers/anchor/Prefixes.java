package dev.sidelight.explainers.anchor;

import dev.sidelight.explainers.AnchorRule;
import dev.sidelight.explainers.AnchorSpace;
import java.util.ArrayList;
import java.util.List;

/** The shorter rules that a printed rule passes through, clause by clause. */
final class Prefixes {

  private Prefixes() {}

  /** After each clause; the last one is the whole rule. */
  static List<AnchorRule> of(AnchorSpace space, AnchorRule rule) {
    List<AnchorRule> prefixes = new ArrayList<>();
    AnchorRule prefix = AnchorRule.EMPTY;
    for (AnchorSpace.Clause clause : space.clauses(rule)) {
      for (int atom : clause.atoms()) {
        prefix = prefix.with(atom);
      }
      prefixes.add(prefix);
    }
    return prefixes;
  }
}
