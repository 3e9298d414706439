package dev.sidelight.explainers;

import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.Instances;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** The game of parts that are there or hidden; its one background row is "everything hidden". */
public final class OcclusionMasker implements Masker {

  private final Occlusion occlusion;
  private final int players;

  public OcclusionMasker(Occlusion occlusion) {
    this.occlusion = occlusion;
    this.players = occlusion.players().size();
  }

  @Override
  public List<FeatureGroup> players() {
    return occlusion.players();
  }

  @Override
  public int backgroundRows() {
    return 1;
  }

  @Override
  public double[] weights() {
    return new double[] {1};
  }

  @Override
  public int[] codes(int player) {
    return new int[] {occlusion.isHideable(player) ? 1 : 0};
  }

  @Override
  public Instances rows(Hybrids hybrids) {
    List<BitSet> kept = new ArrayList<>(hybrids.size());
    for (int i = 0; i < hybrids.size(); i++) {
      BitSet there = new BitSet(players);
      for (int player = 0; player < players; player++) {
        there.set(player, hybrids.isFromX(i, player) || !occlusion.isHideable(player));
      }
      kept.add(there);
    }
    return occlusion.rows(kept);
  }

  @Override
  public long rowBytes() {
    return occlusion.rowBytes();
  }
}
