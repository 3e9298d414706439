package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Link;
import dev.sidelight.explainers.ShapSettings;
import dev.sidelight.explainers.ShapSettings.Mode;
import dev.sidelight.explainers.gateway.GatewayMeters;
import java.util.List;

/**
 * What explanations are expected to cost, told without asking the model anything.
 *
 * @param instances rows to explain
 * @param rows predictor rows expected, before any cache
 * @param rowsMax what they may cost at most
 * @param roundTrips sequential waits expected of each
 * @param seconds expected, were nobody else there; NaN before the gateway has measured the model
 */
public record PlanEstimate(int instances, long rows, long rowsMax, int roundTrips, double seconds) {

  /** Rows that exact values are enumerated up to, unless they are asked for by name. */
  private static final int EXACT_ROWS_MAX = 16_384;

  /** Rounds in which coalitions and rules usually settle. */
  private static final int ROUNDS = 4;

  /** Rows of one round of a rule search. */
  private static final int RULE_ROUND = 2048;

  static PlanEstimate of(ExplainPlan plan, GatewayMeters meters) {
    int rowsMax = plan.options().budget().rowsMax();
    long rows = 0;
    int trips = 1;
    for (int at = 0; at < plan.size(); at++) {
      Share share =
          plan.options().settings() instanceof ShapSettings shap
              ? shap(shap, players(plan, at), rowsMax)
              : new Share(Math.min(rowsMax, ROUNDS * RULE_ROUND), ROUNDS);
      rows += share.rows();
      trips = Math.max(trips, share.trips());
    }
    trips = Math.min(trips, plan.options().budget().roundTripsMax());
    return new PlanEstimate(
        plan.size(),
        rows,
        (long) rowsMax * plan.size(),
        trips,
        (rows * meters.perRowMillis() + trips * meters.fixedMillis()) / 1000);
  }

  private static Players players(ExplainPlan plan, int at) {
    return plan.occlusion(at)
        .map(occlusion -> new Players(occlusion.players().size()))
        .orElseGet(() -> new Players(plan.fit().reference(), plan.rows().get(at)));
  }

  private record Share(long rows, int trips) {}

  /** The ladder's decision: enumerate where that fits, else four rounds of doubling pairs. */
  private static Share shap(ShapSettings settings, Players players, int rowsMax) {
    double exact = players.subsets();
    boolean named = settings.mode() == Mode.EXACT;
    int limit = named ? rowsMax : Math.min(rowsMax, EXACT_ROWS_MAX);
    boolean few = settings.link() != Link.LOGIT || players.count() <= 16;
    if (named || (settings.mode() != Mode.COALITION && few && exact <= limit)) {
      return new Share((long) Math.min(exact, limit), 1);
    }
    double pairs = 4.0 * players.count();
    double rows = 2 * pairs * (1 << (ROUNDS - 1)) / 2 * players.backgroundRows();
    return new Share((long) Math.min(rows, rowsMax), ROUNDS);
  }

  /** The columns that differ from each background row. */
  private static final class Players {
    private final int backgroundRows;
    private int count;
    private double subsets;

    /** Parts that are there or hidden. */
    Players(int parts) {
      backgroundRows = 1;
      count = parts;
      subsets = Math.pow(2, parts);
    }

    Players(ReferenceSet reference, Instances row) {
      FeatureValues mine = new FeatureValues(reference.schema(), row);
      FeatureValues theirs = new FeatureValues(reference.schema(), reference.rows());
      List<FeatureGroup> players = reference.schema().players();
      boolean[] differs = new boolean[players.size()];
      backgroundRows = theirs.rows();
      for (int b = 0; b < backgroundRows; b++) {
        int d = 0;
        for (int p = 0; p < differs.length; p++) {
          if (isDifferent(players.get(p), mine, theirs, b)) {
            differs[p] = true;
            d++;
          }
        }
        subsets += Math.pow(2, d);
      }
      for (boolean each : differs) {
        count += each ? 1 : 0;
      }
    }

    private static boolean isDifferent(
        FeatureGroup player, FeatureValues mine, FeatureValues theirs, int b) {
      for (int column : player.members()) {
        if (!mine.value(0, column).equals(theirs.value(b, column))) {
          return true;
        }
      }
      return false;
    }

    int count() {
      return count;
    }

    double subsets() {
      return subsets;
    }

    int backgroundRows() {
      return backgroundRows;
    }
  }
}
