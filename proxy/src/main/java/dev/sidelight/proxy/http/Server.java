package dev.sidelight.proxy.http;

import dev.sidelight.proxy.config.Config;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.internal.PlatformDependent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that listens: predictions and explanations, management, probes; one kind of listener
 * with three route tables, on the same event loops.
 */
public final class Server implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);

  private final ServerState state;
  private final Loops loops;
  private final List<Loop> all = new ArrayList<>();
  private final Map<Listener, List<Channel>> channels = new EnumMap<>(Listener.class);
  private final Watch watch;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Server(Config config, Routes routes, Wiring wiring, Resolver resolver, long seed) {
    this.state = new ServerState(config, wiring, routes, resolver, seed);
    this.loops = new Loops(config.runtime());
    ByteBufAllocator allocator = PooledByteBufAllocator.DEFAULT;
    for (int i = 0; i < loops.executors().size(); i++) {
      all.add(new Loop(i, loops.executors().get(i), state, allocator, loops.channel()));
    }
    this.watch = new Watch(state, all);
  }

  /**
   * Starts to listen. Resolves the backends' names first: blocks, never on an event loop.
   *
   * @param seed of event ids: another one in every process
   * @throws IllegalStateException if a port cannot be had
   */
  public static Server start(Config config, Routes routes, Wiring wiring, long seed) {
    return start(config, routes, wiring, Resolver.SYSTEM, seed);
  }

  static Server start(Config config, Routes routes, Wiring wiring, Resolver resolver, long seed) {
    NettySettings.apply(config.runtime().effectiveLoops());
    Server server = new Server(config, routes, wiring, resolver, seed);
    try {
      server.resolve();
      var listeners = config.listeners();
      server.listen(Listener.DATA, listeners.data().host(), listeners.data().port());
      server.listen(
          Listener.MANAGEMENT, listeners.management().host(), listeners.management().port());
      server.listen(Listener.PROBES, listeners.probes().host(), listeners.probes().port());
      server.watch.start(server::acceptsConnections);
      return server;
    } catch (RuntimeException e) {
      server.stop();
      throw e;
    }
  }

  private void listen(Listener listener, String host, int port) {
    List<Channel> bound = new ArrayList<>();
    channels.put(listener, bound);
    boolean shared = loops.isEpoll() && listener == Listener.DATA;
    int count = shared ? all.size() : 1;
    int at = port;
    if (shared && port != 0) { // else two processes would share the port, and the traffic, unsaid
      bind(listener, all.get(0), host, port, /* shared= */ false).close().awaitUninterruptibly();
    }
    for (int i = 0; i < count; i++) {
      Channel channel = bind(listener, all.get(i), host, at, shared);
      bound.add(channel);
      at = ((InetSocketAddress) channel.localAddress()).getPort();
    }
  }

  /** One socket per loop on one port: the kernel deals connections out. */
  private Channel bind(Listener listener, Loop own, String host, int port, boolean shared) {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(own.executor, own.executor)
            .channel(loops.serverChannel())
            .option(ChannelOption.SO_BACKLOG, 1024)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOCATOR, own.allocator)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, ClientConnection.WATER_MARK)
            .childHandler(new Accept(own, listener));
    if (shared) {
      bootstrap.option(EpollChannelOption.SO_REUSEPORT, true);
    }
    var future = bootstrap.bind(new InetSocketAddress(host, port)).awaitUninterruptibly();
    if (!future.isSuccess()) {
      throw new IllegalStateException(
          "cannot listen on %s:%d (listener %s): %s"
              .formatted(host, port, listener.name().toLowerCase(Locale.ROOT), why(future.cause())),
          future.cause());
    }
    return future.channel();
  }

  private static String why(Throwable cause) {
    String said = String.valueOf(cause.getMessage());
    return said.contains("in use") ? "another program listens there" : said;
  }

  private static final class Accept extends ChannelInitializer<SocketChannel> {
    private final Loop loop;
    private final Listener listener;

    Accept(Loop loop, Listener listener) {
      this.loop = loop;
      this.listener = listener;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
      int share = loop.server.config().limits().connectionsMax() / loop.server.loopCount();
      if (loop.clients().size() >= Math.max(1, share)) {
        loop.server.metrics().refused("too_many_connections");
        var _ = channel.close();
        return;
      }
      channel.config().setRecvByteBufAllocator(ClientConnection.receiveBuffers());
      channel.pipeline().addLast(new ClientConnection(loop, listener));
    }
  }

  private void acceptsConnections(boolean accepts) {
    channels
        .getOrDefault(Listener.DATA, List.of())
        .forEach(channel -> channel.config().setAutoRead(accepts));
  }

  /** The port a listener got. */
  public int port(Listener listener) {
    Channel first = channels.getOrDefault(listener, List.of()).get(0);
    return ((InetSocketAddress) first.localAddress()).getPort();
  }

  /** Asks for the backends' names now, not only every 30 s. Blocks. */
  void resolve() {
    state.backends().values().forEach(BackendState::resolve);
  }

  /** What is to be shed: 0 nothing, 1 explanations, 2 bodies in the log, 3 new predictions. */
  public int shedLevel() {
    return state.shedder().level();
  }

  /** Whether every backend has an address that answers its probe. */
  public boolean isReady() {
    return !state.isDraining() && state.backends().values().stream().allMatch(BackendState::isUp);
  }

  /** Backend names that do not answer their probe. */
  public List<String> backendsDown() {
    return state.backends().values().stream()
        .filter(backend -> !backend.isUp())
        .map(backend -> backend.backend().name())
        .sorted()
        .toList();
  }

  /** Memory outside the heap that buffers may take. */
  public static long directBytesMax() {
    return PlatformDependent.maxDirectMemory();
  }

  /** The data path's metrics in Prometheus' text form. */
  public String metrics() {
    MetricsText out = new MetricsText();
    state.append(out);
    return out.toString();
  }

  /** Finishes what runs, for at most this long, then stops. Blocks. */
  public void close(Duration drain) {
    if (closed.getAndSet(true)) {
      return;
    }
    state.drain();
    stopListening();
    all.forEach(
        loop ->
            loop.run(
                () -> {
                  List.copyOf(loop.clients()).forEach(ClientConnection::drain);
                  loop.closeIdle();
                }));
    long until = System.nanoTime() + drain.toNanos();
    while (isBusy() && System.nanoTime() - until < 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    if (isBusy()) {
      LOG.warn("some requests were not finished within {}", drain);
    }
    stop();
  }

  private void stopListening() {
    for (List<Channel> bound : channels.values()) {
      for (Channel channel : bound) {
        var _ = channel.close();
      }
    }
  }

  private boolean isBusy() {
    return state.metrics().inFlight() > 0 || state.calls().sum() > 0;
  }

  private void stop() {
    watch.close();
    stopListening();
    for (Loop loop : all) {
      loop.executor
          .submit(
              () -> {
                List.copyOf(loop.clients()).forEach(ClientConnection::gone);
                loop.closeIdle();
              })
          .awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
    loops.close();
  }

  /** The same as {@link #close(Duration)} without waiting. */
  @Override
  public void close() {
    close(Duration.ZERO);
  }
}
