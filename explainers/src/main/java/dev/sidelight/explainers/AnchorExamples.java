package dev.sidelight.explainers;

import dev.sidelight.core.tensor.Instances;
import java.util.List;

/**
 * Rows that were asked, each of n = 1, at most ten per list.
 *
 * @param coveredSame satisfy the rule and got x's answer
 * @param coveredOther satisfy the rule and got another
 * @param uncoveredSame do not satisfy the rule and got x's answer
 * @param uncoveredOther neither
 */
public record AnchorExamples(
    List<Instances> coveredSame,
    List<Instances> coveredOther,
    List<Instances> uncoveredSame,
    List<Instances> uncoveredOther) {

  public static final int PER_LIST_MAX = 10;

  public AnchorExamples {
    coveredSame = List.copyOf(coveredSame);
    coveredOther = List.copyOf(coveredOther);
    uncoveredSame = List.copyOf(uncoveredSame);
    uncoveredOther = List.copyOf(uncoveredOther);
  }

  public static AnchorExamples none() {
    return new AnchorExamples(List.of(), List.of(), List.of(), List.of());
  }
}
