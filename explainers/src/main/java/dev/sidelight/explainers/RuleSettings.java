package dev.sidelight.explainers;

import java.util.List;

/**
 * A rule audit: precision, bound and coverage of a rule that the caller gives, by the sampler and
 * the certificate of anchors.
 *
 * @param anchor of which the beam, the bins and the most conditions are not looked at
 * @param rule the conditions, all true of the explained row; empty is the rule that always holds
 */
public record RuleSettings(AnchorSettings anchor, List<Condition> rule) implements MethodSettings {

  public RuleSettings {
    rule = List.copyOf(rule);
  }
}
