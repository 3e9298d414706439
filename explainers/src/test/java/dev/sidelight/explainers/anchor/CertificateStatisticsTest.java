package dev.sidelight.explainers.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Anchor;
import dev.sidelight.explainers.AnchorDraws;
import dev.sidelight.explainers.AnchorRule;
import dev.sidelight.explainers.AnchorSettings;
import dev.sidelight.explainers.Budget;
import dev.sidelight.explainers.ExplainRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the certificate promises, measured again on rows it never saw. */
@Tag("slow")
class CertificateStatisticsTest {

  private static final int EXPLANATIONS = 200;
  private static final int DRAWS = 20_000;

  private static final Table.Row[] ROWS = Table.random(2_000, 6, 29);
  private static final ReferenceSet REFERENCE = Table.reference(ROWS);

  /** Curved borders, an interaction with the city, and a tenth of the rows at odds with both. */
  private static long label(Table.Row row) {
    double[] f = row.numbers();
    double score = f[0] + 0.5 * f[1] - 0.004 * f[2] * f[3] + (row.city().equals("Rome") ? 25 : 0);
    boolean odd = Math.floorMod((long) (31 * f[4] + 17 * f[1]), 50) == 0;
    return score > 70 != odd ? 1 : 0;
  }

  @Test
  void acceptedRules_measuredAgain_seldomBelowTheThreshold_andFewRoundTrips() {
    int accepted = 0;
    int below = 0;
    int belowBound = 0;
    List<Integer> roundTrips = new ArrayList<>();
    for (int i = 0; i < EXPLANATIONS; i++) {
      MemorySession session = new MemorySession(Table.labels(CertificateStatisticsTest::label));
      ExplainRequest<AnchorSettings> plain = Table.request(ROWS[i], REFERENCE);
      ExplainRequest<AnchorSettings> request =
          new ExplainRequest<>(
              plain.row(), REFERENCE, plain.settings(), Budget.defaults(), 1_000 + i);
      Anchor anchor = Table.explain(request, session);
      roundTrips.add(session.roundTrips);
      if (anchor.success()) {
        double precision = again(request, anchor);
        accepted++;
        below += precision < anchor.threshold() ? 1 : 0;
        belowBound += precision < anchor.precisionLowerBound() - 0.005 ? 1 : 0;
      }
    }
    Collections.sort(roundTrips);

    assertThat(accepted).isGreaterThan(EXPLANATIONS / 2);
    assertThat(below).isLessThanOrEqualTo(accepted / 10);
    assertThat(belowBound).isLessThanOrEqualTo(accepted / 10);
    assertThat(roundTrips.get(EXPLANATIONS / 2)).isLessThanOrEqualTo(8);
    assertThat(roundTrips.get(EXPLANATIONS * 95 / 100)).isLessThanOrEqualTo(14);
  }

  private static double again(ExplainRequest<AnchorSettings> request, Anchor anchor) {
    Columns columns = new Columns(request.row(), REFERENCE.rows(), REFERENCE.schema());
    List<Atom> atoms =
        new RuleAtoms(columns).of(anchor.predicates().stream().map(p -> p.condition()).toList());
    AnchorRule rule = AnchorRule.EMPTY;
    for (int atom = 0; atom < atoms.size(); atom++) {
      rule = rule.with(atom);
    }
    Instances rows =
        new TabularSpace(columns, atoms).rows(List.of(new AnchorDraws(rule, 987, 0, DRAWS)));
    long own = label(Table.row(request.row(), 0));
    int same = 0;
    for (int i = 0; i < DRAWS; i++) {
      same += label(Table.row(rows, i)) == own ? 1 : 0;
    }
    return (double) same / DRAWS;
  }
}
