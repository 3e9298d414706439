package dev.sidelight.explainers.shap;

import dev.sidelight.explainers.Masker;
import java.util.Arrays;

/** Hybrids number {@code from} to {@code to - 1} of the table, in the masker's player numbers. */
final class HybridBlock implements Masker.Hybrids {

  private final HybridTable table;
  private final Background background;
  private final int[] numberInGame;
  private final int from;
  private final int to;

  HybridBlock(HybridTable table, Background background, int allPlayers, int from, int to) {
    this.table = table;
    this.background = background;
    this.numberInGame = new int[allPlayers];
    this.from = from;
    this.to = to;
    Arrays.fill(numberInGame, -1);
    for (int i = 0; i < background.players(); i++) {
      numberInGame[background.active()[i]] = i;
    }
  }

  @Override
  public int size() {
    return to - from;
  }

  @Override
  public int backgroundRow(int hybrid) {
    return background.firstRow()[table.group(from + hybrid)];
  }

  @Override
  public boolean isFromX(int hybrid, int player) {
    int number = numberInGame[player];
    return number < 0 || table.isFromX(from + hybrid, number);
  }
}
