package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.Borrower.NoStream;
import dev.sidelight.proxy.http.wire.RequestWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One loop's pools of one backend, one for each address. */
final class BackendPools {

  private final Loop loop;
  private final List<Pool> pools = new ArrayList<>();

  BackendPools(Loop loop, BackendState backend) {
    this.loop = loop;
    RequestWriter writer = new RequestWriter(backend.rules());
    int share = share(loop, backend.backend().connectionsMax());
    for (BackendAddress address : backend.addresses()) {
      pools.add(new Pool(loop, address, writer, share));
    }
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
    long now = loop.now();
    Pool pool = pools.size() == 1 ? pools.get(0) : choose(not);
    if (pool.address().circuit().admits(now)) {
      pool.lend(borrower);
      return;
    }
    for (Pool other : pools) {
      if (other != pool && other.address().circuit().admits(now)) {
        other.lend(borrower);
        return;
      }
    }
    borrower.notLent(NoStream.CIRCUIT_OPEN, pool.address());
  }

  private Pool choose(@Nullable BackendAddress not) {
    List<Pool> able = new ArrayList<>(pools.size());
    for (Pool pool : pools) {
      BackendAddress address = pool.address();
      if (address != not && address.isUp() && address.circuit().isClosed()) {
        able.add(pool);
      }
    }
    List<Pool> from = able.isEmpty() ? pools : able; // all out: all are tried
    ThreadLocalRandom random = ThreadLocalRandom.current();
    Pool one = from.get(random.nextInt(from.size()));
    Pool two = from.get(random.nextInt(from.size()));
    return one.inFlight() <= two.inFlight() ? one : two;
  }

  /** Takes back a wish. */
  void cancel(Borrower borrower) {
    for (Pool pool : pools) {
      pool.cancel(borrower);
    }
  }

  long heldBytes() {
    long held = 0;
    for (Pool pool : pools) {
      held += pool.heldBytes();
    }
    return held;
  }

  void closeIdle() {
    pools.forEach(Pool::closeIdle);
  }
}
