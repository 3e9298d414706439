package dev.sidelight.proxy.http;

import dev.sidelight.core.event.EventSink;
import dev.sidelight.core.event.Uuid7;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Everything that belongs to one event loop: its deadlines, pools, exchanges at rest, event sink.
 * Only touched from its own thread, so nothing in it is locked.
 */
final class Loop {

  private static final int SPARES_MAX = 256;

  final int index;
  final EventLoop executor;
  final Deadlines deadlines;
  final EventSink sink;
  final Uuid7 ids;
  final ServerState server;
  final ByteBufAllocator allocator;
  final Class<? extends SocketChannel> channel;

  private final DateField date = new DateField();
  private final ArrayDeque<Exchange> spares = new ArrayDeque<>();
  private final IdentityHashMap<BackendState, BackendPools> pools = new IdentityHashMap<>();
  private final Map<String, Map<String, TrafficMetrics>> traffic = new HashMap<>();
  private final Set<ClientConnection> clients = new LinkedHashSet<>();

  Loop(
      int index,
      EventLoop executor,
      ServerState server,
      ByteBufAllocator allocator,
      Class<? extends SocketChannel> channel) {
    this.index = index;
    this.executor = executor;
    this.server = server;
    this.allocator = allocator;
    this.channel = channel;
    this.sink = server.wiring().sinks().apply(index);
    this.ids =
        new Uuid7(
            () -> server.wiring().wallMicros().getAsLong() / 1000, server.seed() + 31L * index);
    this.deadlines =
        new Deadlines(
            System::nanoTime,
            tick -> {
              if (!executor.isShuttingDown()) {
                var _ = executor.schedule(tick, 10, TimeUnit.MILLISECONDS);
              }
            });
  }

  long now() {
    return System.nanoTime();
  }

  /** The value of a Date field. */
  String date() {
    return date.at(System.currentTimeMillis());
  }

  /** Runs it on this loop, from any thread; not at all once the loop has ended. */
  void run(Runnable task) {
    try {
      executor.execute(task);
    } catch (RejectedExecutionException e) {
      if (!executor.isShuttingDown()) {
        throw e;
      }
    }
  }

  Exchange takeExchange() {
    Exchange exchange = spares.pollLast();
    return exchange == null ? new Exchange(this) : exchange;
  }

  void giveBack(Exchange exchange) {
    if (spares.size() < SPARES_MAX) {
      spares.addLast(exchange);
    }
  }

  BackendPools pools(BackendState backend) {
    BackendPools found = pools.get(backend);
    if (found == null) {
      found = new BackendPools(this, backend, bound -> ThreadLocalRandom.current().nextInt(bound));
      pools.put(backend, found);
    }
    return found;
  }

  /** The counters of a model and variant; the same object every time. */
  TrafficMetrics traffic(String model, String variant, String protocol) {
    Map<String, TrafficMetrics> variants = traffic.get(model);
    if (variants == null) {
      variants = new HashMap<>();
      traffic.put(model, variants);
    }
    String key = variant.isEmpty() ? protocol : variant + '\n' + protocol;
    TrafficMetrics found = variants.get(key);
    if (found == null) {
      found = server.metrics().traffic(model, variant, protocol);
      variants.put(key, found);
    }
    return found;
  }

  void opened(ClientConnection client) {
    clients.add(client);
    server.metrics().clientConnections().increment();
  }

  void closed(ClientConnection client) {
    if (clients.remove(client)) {
      server.metrics().clientConnections().decrement();
    }
  }

  Set<ClientConnection> clients() {
    return clients;
  }

  /** Bytes written and not yet taken by the other side, over all exchanges. */
  long heldBytes() {
    long held = 0;
    for (ClientConnection client : clients) {
      held += client.heldBytes();
    }
    for (BackendPools each : pools.values()) {
      held += each.heldBytes();
    }
    return held;
  }

  void closeIdle() {
    for (BackendPools each : pools.values()) {
      each.closeIdle();
    }
  }

  static long pending(@Nullable Channel channel) {
    if (channel == null) {
      return 0;
    }
    var outbound = channel.unsafe().outboundBuffer();
    return outbound == null ? 0 : outbound.totalPendingWriteBytes();
  }
}
