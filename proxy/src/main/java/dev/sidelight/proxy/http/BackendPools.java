package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.Borrower.NoStream;
import dev.sidelight.proxy.http.wire.RequestWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** One loop's pools of one backend, one for each address that its names lead to now. */
final class BackendPools {

  private final Loop loop;
  private final BackendState backend;
  private final RequestWriter writer;
  private final int share;
  private final IntUnaryOperator random;
  private List<BackendAddress> seen = List.of();
  private List<Pool> pools = List.of();
  private final List<Pool> retired = new ArrayList<>();

  /**
   * @param random a number in [0, bound) for a bound
   */
  BackendPools(Loop loop, BackendState backend, IntUnaryOperator random) {
    this.loop = loop;
    this.backend = backend;
    this.writer = new RequestWriter(backend.rules());
    this.share = share(loop, backend.backend().connectionsMax());
    this.random = random;
  }

  private static int share(Loop loop, int connectionsMax) {
    int loops = loop.server.loopCount();
    return Math.max(1, connectionsMax / loops + (loop.index < connectionsMax % loops ? 1 : 0));
  }

  /**
   * Lends a stream of the less busy of two addresses chosen by chance, among those that are up.
   * Says so at once or later, always through the borrower.
   *
   * @param not an address that just failed, passed over if there is another
   */
  void lend(Borrower borrower, @Nullable BackendAddress not) {
    follow();
    long now = loop.now();
    Pool pool = pools.size() == 1 ? pools.get(0) : choose(not);
    if (pool.address().circuit().admits(now)) {
      pool.lend(borrower);
      return;
    }
    for (Pool other : pools) {
      if (other != pool && other.address() != not && other.address().circuit().admits(now)) {
        other.lend(borrower);
        return;
      }
    }
    if (pools.size() > 1) {
      pool.lend(borrower); // every address is out: then any may be the one that is back
    } else {
      borrower.notLent(NoStream.CIRCUIT_OPEN, pool.address());
    }
  }

  /** Takes over the addresses of the last resolution. */
  @SuppressWarnings("ReferenceEquality") // the list is replaced when something changed
  private void follow() {
    List<BackendAddress> now = backend.addresses();
    if (now == seen) {
      return;
    }
    List<Pool> next = new ArrayList<>(now.size());
    for (BackendAddress address : now) {
      Pool kept = null;
      for (Pool pool : pools) {
        kept = pool.address() == address ? pool : kept;
      }
      next.add(kept == null ? new Pool(loop, address, writer, share) : kept);
    }
    for (Pool pool : pools) {
      if (!next.contains(pool)) {
        pool.retire();
        retired.add(pool);
      }
    }
    retired.removeIf(Pool::isEmpty);
    pools = List.copyOf(next);
    seen = now;
  }

  /** Power of two choices (Mitzenmacher 2001) among the able; all, where none is. */
  private Pool choose(@Nullable BackendAddress not) {
    int able = 0;
    for (Pool pool : pools) {
      able += isAble(pool, not) ? 1 : 0;
    }
    boolean any = able == 0;
    int count = any ? pools.size() : able;
    int first = random.applyAsInt(count);
    Pool one = able(first, any, not);
    if (count == 1) {
      return one;
    }
    int second = random.applyAsInt(count - 1);
    Pool two = able(second < first ? second : second + 1, any, not);
    return one.inFlight() <= two.inFlight() ? one : two;
  }

  private Pool able(int number, boolean any, @Nullable BackendAddress not) {
    int left = number;
    for (Pool pool : pools) {
      if ((any || isAble(pool, not)) && left-- == 0) {
        return pool;
      }
    }
    return pools.get(0); // an address went out between counting and choosing
  }

  private static boolean isAble(Pool pool, @Nullable BackendAddress not) {
    BackendAddress address = pool.address();
    return address != not && address.isUp() && address.circuit().isClosed();
  }

  /** Takes back a wish. */
  void cancel(Borrower borrower) {
    pools.forEach(pool -> pool.cancel(borrower));
    retired.forEach(pool -> pool.cancel(borrower));
  }

  long heldBytes() {
    long held = 0;
    for (Pool pool : pools) {
      held += pool.heldBytes();
    }
    for (Pool pool : retired) {
      held += pool.heldBytes();
    }
    return held;
  }

  void closeIdle() {
    pools.forEach(Pool::closeIdle);
    retired.forEach(Pool::closeIdle);
  }
}
