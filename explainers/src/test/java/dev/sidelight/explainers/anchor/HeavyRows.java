package dev.sidelight.explainers.anchor;

import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.AnchorDraws;
import dev.sidelight.explainers.AnchorRule;
import dev.sidelight.explainers.AnchorSpace;
import dev.sidelight.explainers.Interval;
import java.util.List;

/** The same space with rows said to be large, so that rounds are cut into pieces. */
record HeavyRows(AnchorSpace space, long rowBytes) implements AnchorSpace {

  @Override
  public int atoms() {
    return space.atoms();
  }

  @Override
  public boolean canJoin(AnchorRule rule, int atom) {
    return space.canJoin(rule, atom);
  }

  @Override
  public List<Clause> clauses(AnchorRule rule) {
    return space.clauses(rule);
  }

  @Override
  public double coverage(AnchorRule rule) {
    return space.coverage(rule);
  }

  @Override
  public Interval coverageInterval(AnchorRule rule) {
    return space.coverageInterval(rule);
  }

  @Override
  public String coverageOf() {
    return space.coverageOf();
  }

  @Override
  public Instances rows(List<AnchorDraws> blocks) {
    return space.rows(blocks);
  }

  @Override
  public boolean holds(AnchorRule rule, AnchorDraws draws, int i) {
    return space.holds(rule, draws, i);
  }
}
