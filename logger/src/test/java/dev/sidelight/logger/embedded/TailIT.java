package dev.sidelight.logger.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sidelight.logger.EventStore.Tail;
import dev.sidelight.logger.EventStore.TailItem;
import dev.sidelight.logger.Events;
import dev.sidelight.logger.QueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TailIT extends StoreFixture {

  private final LinkedBlockingQueue<TailItem> items = new LinkedBlockingQueue<>();

  private List<Object> take(int n) throws InterruptedException {
    List<Object> taken = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      TailItem item = items.poll(20, TimeUnit.SECONDS);
      taken.add(item instanceof TailItem.Row row ? (Object) row.request().seq() : item);
    }
    return taken;
  }

  @Test
  void tail_newOnes_inOrderAndFiltered() throws Exception {
    write(plain(1, 5));

    try (Tail _ = store.tail("model = churn", -1, items::add)) {
      write(Events.event(6).model("churn", "1").build(), Events.event(7).build());
      write(Events.event(8).model("churn", "1").build());

      assertThat(take(2)).containsExactly(6L, 8L);
      assertThat(items).isEmpty();
    }
  }

  @Test
  void tail_afterASequence_resumesWithoutHoleAcrossDays() throws Exception {
    write(Events.event(1).logged("2026-11-21T10:00:00Z").build());
    write(Events.event(2).logged("2026-11-21T11:00:00Z").build());
    write(plain(3, 4));

    try (Tail _ = store.tail("", 1, items::add)) {
      write(plain(5, 5));

      assertThat(take(4)).containsExactly(2L, 3L, 4L, 5L);
    }
  }

  @Test
  void tail_textAndRowTerms_areAppliedToo() throws Exception {
    try (Tail _ = store.tail("text ~ private and features.age > 50", -1, items::add)) {
      write(
          Events.event(1).request("{\"instances\":[[60,\"Private\"]]}").build(),
          Events.event(2).request("{\"instances\":[[60,\"State\"]]}").build(),
          Events.event(3).request("{\"instances\":[[20,\"Private\"]]}").build(),
          Events.event(4).request("{\"instances\":[[61,\"Private\"]]}").build());

      assertThat(take(2)).containsExactly(1L, 4L);
      assertThat(items).isEmpty();
    }
  }

  @Test
  void tail_slowSubscriber_oldest256ThenTheCountOfTheRest() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (Tail _ =
        store.tail(
            "",
            -1,
            item -> {
              items.add(item);
              first.countDown();
              try {
                goOn.await();
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            })) {
      write(plain(1, 1));
      first.await();
      for (int i = 2; i <= 1_001; i += 100) { // the writer does not wait for the subscriber
        write(plain(i, i + 99));
      }
      goOn.countDown();

      List<Object> expected = new ArrayList<>(LongStream.rangeClosed(1, 257).boxed().toList());
      expected.add(new TailItem.Lagged(744));
      assertThat(take(258)).isEqualTo(expected);
      write(plain(2_000, 2_000));
      assertThat(take(1)).containsExactly(1_002L);
    }
  }

  @Test
  void tail_beyond32_refusedUntilOneCloses() {
    List<Tail> open = new ArrayList<>();
    for (int i = 0; i < 32; i++) {
      open.add(store.tail("", -1, items::add));
    }

    QueryException refused =
        catchThrowableOfType(QueryException.class, () -> store.tail("", -1, items::add));

    assertThat(refused.code()).isEqualTo("too_many_tails");
    open.removeFirst().close();
    store.tail("", -1, items::add).close();
    open.forEach(Tail::close);
    assertThat(store.stats().tails()).isZero();
  }

  @Test
  void tail_badFilter_querySyntax() {
    QueryException refused =
        catchThrowableOfType(QueryException.class, () -> store.tail("model", -1, items::add));

    assertThat(refused.code()).isEqualTo("query_syntax");
  }

  @Test
  void tail_subscriberThrows_onlyThatTailEnds() throws Exception {
    store.tail(
        "",
        -1,
        _ -> {
          throw new IllegalStateException("gone");
        });
    try (Tail _ = store.tail("", -1, items::add)) {
      write(plain(1, 2));

      assertThat(take(2)).containsExactly(1L, 2L);
    }
  }
}
