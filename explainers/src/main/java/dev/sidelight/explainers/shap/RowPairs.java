package dev.sidelight.explainers.shap;

import dev.sidelight.explainers.Masker;
import java.util.ArrayList;
import java.util.List;

/** The pairs row mode has drawn, their hybrids in the game, and what the model said to them. */
final class RowPairs {

  private final Game game;
  private final Surrogate surrogate;
  private final int[] groups;
  private final RowDesign design;
  private final List<RowDesign.Draw> draws = new ArrayList<>();
  private final List<int[]> hybridsOf = new ArrayList<>();
  private final double[][] differences;

  /**
   * @param groups sampled from, at least one
   */
  RowPairs(Game game, Masker masker, int[] groups, Surrogate surrogate, long seed) {
    this.game = game;
    this.surrogate = surrogate;
    this.groups = groups;
    Background background = game.background();
    double[] weights = new double[groups.length];
    int rows = 0;
    for (int g = 0; g < groups.length; g++) {
      weights[g] = background.weight()[groups[g]];
      rows += background.rowsOf()[groups[g]];
    }
    this.design = new RowDesign(background.players(), groups, weights, rows, seed);
    this.differences = new double[background.players()][];
    for (int i = 0; i < differences.length; i++) {
      double[] byRow = masker.differences(background.active()[i]);
      differences[i] = new double[byRow.length == 0 ? 0 : background.groups()];
      for (int g = 0; g < differences[i].length; g++) {
        differences[i][g] = byRow[background.firstRow()[g]];
      }
    }
  }

  int size() {
    return draws.size();
  }

  /** Draws pairs while their hybrids fit; most repeat what is there once the game is small. */
  void drawUpTo(int rowsMax, int pairsMax) {
    HybridTable hybrids = game.hybrids();
    while (draws.size() < pairsMax) {
      RowDesign.Draw draw = design.draw(draws.size());
      int before = hybrids.size();
      int inside = hybrids.add(draw.group(), draw.half().words());
      int outside = hybrids.add(draw.group(), draw.half().complement().words());
      if (hybrids.size() > rowsMax) {
        hybrids.truncate(before);
        return;
      }
      draws.add(draw);
      hybridsOf.add(new int[] {inside, outside});
    }
  }

  void dropRefused() {
    for (int j = 0; j < draws.size(); j++) {
      SubGames.dropIfRefused(game, draws.get(j).group(), hybridsOf.get(j));
    }
  }

  /** Weight of the sampled groups still in the game. */
  double weight() {
    double weight = 0;
    for (int group : groups) {
      weight += game.isLive(group) ? game.weight(group) : 0;
    }
    return weight;
  }

  RowSample sample(int[] nobody) {
    int outputs = game.outputs();
    List<RowDesign.Draw> live = new ArrayList<>();
    List<int[]> liveHybrids = new ArrayList<>();
    for (int j = 0; j < draws.size(); j++) {
      if (game.isLive(draws.get(j).group())) {
        live.add(draws.get(j));
        liveHybrids.add(hybridsOf.get(j));
      }
    }
    double[][] odd = new double[outputs][live.size()];
    for (int j = 0; j < live.size(); j++) {
      RowDesign.Draw draw = live.get(j);
      Coalition others = draw.half().complement();
      for (int k = 0; k < outputs; k++) {
        double seen = game.output(liveHybrids.get(j)[0], k) - game.output(liveHybrids.get(j)[1], k);
        double known =
            surrogate.value(draw.group(), draw.half(), k)
                - surrogate.value(draw.group(), others, k);
        odd[k][j] = (seen - known) / 2;
      }
    }
    int[] liveGroups = java.util.Arrays.stream(groups).filter(game::isLive).toArray();
    double[] shares = new double[liveGroups.length];
    double[][] total = new double[outputs][liveGroups.length];
    double weight = weight();
    Coalition all = Coalition.all(game.players());
    Coalition none = Coalition.empty(game.players());
    for (int g = 0; g < liveGroups.length; g++) {
      int group = liveGroups[g];
      shares[g] = game.weight(group) / weight;
      for (int k = 0; k < outputs; k++) {
        total[k][g] =
            game.output(0, k)
                - game.output(nobody[group], k)
                - surrogate.value(group, all, k)
                + surrogate.value(group, none, k);
      }
    }
    return new RowSample(game.players(), live, odd, liveGroups, shares, total, differences);
  }

  /** Mean over the sampled groups of the surrogate's values. */
  double[] surrogateValues(RowSample sample, int output) {
    double[] phi = new double[sample.players()];
    for (int g = 0; g < sample.groups().length; g++) {
      double[] one = surrogate.shapley(sample.groups()[g], output);
      Rows.add(phi, sample.shares()[g], one, 0, phi.length);
    }
    return phi;
  }
}
