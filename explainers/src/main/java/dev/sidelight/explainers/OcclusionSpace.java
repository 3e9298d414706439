package dev.sidelight.explainers;

import dev.sidelight.core.tensor.Instances;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Anchors of parts that are there or hidden. Atom p is "player p is kept". D(z|A): the players of A
 * are kept, every other one is hidden with probability 0.5, independently; so a rule of k players
 * covers 2^-k of the perturbations.
 */
public final class OcclusionSpace implements AnchorSpace {

  private final Occlusion occlusion;
  private final int players;

  public OcclusionSpace(Occlusion occlusion) {
    this.occlusion = occlusion;
    this.players = occlusion.players().size();
  }

  @Override
  public int atoms() {
    return players;
  }

  @Override
  public boolean canJoin(AnchorRule rule, int atom) {
    return !rule.contains(atom) && occlusion.isHideable(atom);
  }

  @Override
  public List<Clause> clauses(AnchorRule rule) {
    List<Clause> clauses = new ArrayList<>();
    for (int i = 0; i < rule.size(); i++) {
      int player = rule.atom(i);
      String name = occlusion.players().get(player).name();
      clauses.add(new Clause(new Condition.Kept(name, player), List.of(player)));
    }
    return clauses;
  }

  @Override
  public double coverage(AnchorRule rule) {
    return Math.scalb(1.0, -rule.size());
  }

  @Override
  public Interval coverageInterval(AnchorRule rule) {
    return new Interval(coverage(rule), coverage(rule));
  }

  @Override
  public String coverageOf() {
    return "perturbations";
  }

  @Override
  public Instances rows(List<AnchorDraws> blocks) {
    List<BitSet> kept = new ArrayList<>();
    for (AnchorDraws block : blocks) {
      for (int i = 0; i < block.count(); i++) {
        kept.add(draw(block, i));
      }
    }
    return occlusion.rows(kept);
  }

  @Override
  public boolean holds(AnchorRule rule, AnchorDraws draws, int i) {
    BitSet kept = draw(draws, i);
    for (int a = 0; a < rule.size(); a++) {
      if (!kept.get(rule.atom(a))) {
        return false;
      }
    }
    return true;
  }

  private BitSet draw(AnchorDraws draws, int i) {
    RandomStream random = draws.random(i);
    long[] words = new long[(players + 63) >>> 6];
    for (int w = 0; w < words.length; w++) {
      words[w] = random.next();
    }
    BitSet kept = BitSet.valueOf(words);
    kept.clear(players, words.length << 6);
    for (int a = 0; a < draws.rule().size(); a++) {
      kept.set(draws.rule().atom(a));
    }
    return kept;
  }

  @Override
  public long rowBytes() {
    return occlusion.rowBytes();
  }
}
