package dev.sidelight.explainers.gateway;

import dev.sidelight.core.tensor.Instances;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of one round trip, repeats found. Built by the caller, outside of any lock.
 *
 * @param firsts row of the first appearance of each distinct row
 * @param of for each row, which distinct one it is
 * @param hashes of the distinct rows
 * @param rowBytes wire bytes of a row, on average, at least 1
 */
record AskRows(Instances rows, int[] firsts, int[] of, List<RowHash> hashes, int rowBytes) {

  static AskRows of(Instances rows, long lane, RowHasher hasher, boolean merged) {
    int n = rows.rows();
    Map<RowHash, Integer> seen = HashMap.newHashMap(merged ? n : 0);
    List<RowHash> hashes = new ArrayList<>(n);
    int[] firsts = new int[n];
    int[] of = new int[n];
    long bytes = 0;
    for (int i = 0; i < n; i++) {
      RowHash hash = hasher.hash(lane, rows, i);
      bytes += hasher.length() - Long.BYTES;
      Integer known = merged ? seen.putIfAbsent(hash, hashes.size()) : null;
      if (known != null) {
        of[i] = known;
      } else {
        firsts[hashes.size()] = i;
        of[i] = hashes.size();
        hashes.add(hash);
      }
    }
    int[] distinct = Arrays.copyOf(firsts, hashes.size());
    int rowBytes = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / n));
    return new AskRows(rows, distinct, of, hashes, rowBytes);
  }

  int distinct() {
    return firsts.length;
  }
}
