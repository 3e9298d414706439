package dev.sidelight.explainers.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.gateway.GatewayRuntime.HashKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RowQueueTest {

  private final RowQueue queue = new RowQueue();
  private final Lane lane = lane("alice", 0);

  private static Lane lane(String scope, long id) {
    return new Lane(new BatchKey("m", "1", "e", scope), RowShape.of(Rows.of(1)), id);
  }

  private Owner owner(Lane lane, Priority priority, int rows) {
    Owner owner = new Owner(new SessionSpec(lane.key, priority, Duration.ofSeconds(1), false), 0);
    Instances asked = Rows.range(0, rows);
    AskRows distinct = AskRows.of(asked, lane.id, new RowHasher(new HashKey(1, 2)), true);
    Ask ask = new Ask(owner, lane, distinct, true, 0);
    for (int i = 0; i < rows; i++) {
      queue.add(new PendingRow(ask, i, true, 0));
    }
    return owner;
  }

  private Map<Owner, Integer> shares(int batches, int rowsMax) {
    Map<Owner, Integer> shares = new HashMap<>();
    for (int b = 0; b < batches; b++) {
      for (PendingRow row : queue.take(queue.next(), rowsMax)) {
        shares.merge(row.ask.owner, 1, Integer::sum);
      }
    }
    return shares;
  }

  @Test
  void take_equalOwners_shareWithinOneQuantum() {
    Owner one = owner(lane, Priority.INTERACTIVE, 5_000);
    Owner two = owner(lane, Priority.INTERACTIVE, 3_000);
    Owner three = owner(lane, Priority.INTERACTIVE, 4_000);

    for (int b = 1; b <= 20; b++) {
      Map<Owner, Integer> shares = shares(1, 100);
      int most = shares.values().stream().mapToInt(i -> i).max().orElseThrow();
      assertThat(most).isLessThanOrEqualTo(100);
    }

    int quantum = RowQueue.QUANTUM_MIN;
    for (Owner owner : List.of(one, two, three)) {
      int all = owner == one ? 5_000 : owner == two ? 3_000 : 4_000;
      assertThat(all - owner.waiting.size()).isBetween(2000 / 3 - quantum, 2000 / 3 + quantum);
    }
  }

  @Test
  void take_priorities_shareByWeight() {
    Owner interactive = owner(lane, Priority.INTERACTIVE, 20_000);
    Owner batch = owner(lane, Priority.BATCH, 20_000);
    Owner drift = owner(lane, Priority.DRIFT, 20_000);

    Map<Owner, Integer> shares = shares(22, 500);

    assertThat(shares.getOrDefault(interactive, 0) / (double) shares.getOrDefault(drift, 0))
        .isBetween(7.0, 9.0);
    assertThat(shares.getOrDefault(batch, 0) / (double) shares.getOrDefault(drift, 0))
        .isBetween(1.7, 2.3);
  }

  @Test
  void take_oneLane_neverMixedAndSharesEvenOut() {
    Lane other = lane("bob", 1);
    Owner alice = owner(lane, Priority.INTERACTIVE, 20_000);
    Owner bob = owner(other, Priority.INTERACTIVE, 20_000);

    for (int b = 0; b < 20; b++) {
      Lane turn = queue.next();
      List<PendingRow> rows = queue.take(turn, 300);
      assertThat(rows).hasSize(300).allMatch(row -> row.ask.lane == turn);
    }

    assertThat(Math.abs(alice.waiting.size() - bob.waiting.size())).isLessThanOrEqualTo(600);
  }

  @Test
  void drain_leavesTheOthersAlone() {
    Owner one = owner(lane, Priority.INTERACTIVE, 10);
    Owner two = owner(lane, Priority.INTERACTIVE, 5);

    assertThat(queue.drain(one)).hasSize(10);

    assertThat(queue.rows()).isEqualTo(5);
    assertThat(queue.owners()).isEqualTo(1);
    assertThat(queue.take(queue.next(), 100)).hasSize(5).allMatch(row -> row.ask.owner == two);
    assertThat(queue.isEmpty()).isTrue();
    assertThat(queue.bytes()).isZero();
  }
}
