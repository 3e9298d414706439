package dev.sidelight.proxy.http;

import dev.sidelight.proxy.config.RuntimeConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The event loops and the kind of socket they serve: epoll where it is there, else NIO. */
final class Loops implements AutoCloseable {

  private final MultiThreadIoEventLoopGroup group;
  private final List<EventLoop> executors = new ArrayList<>();
  private final boolean epoll;

  Loops(RuntimeConfig runtime) {
    this.epoll = wantsEpoll(runtime);
    IoHandlerFactory handler = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    int loops = runtime.effectiveLoops();
    this.group =
        new MultiThreadIoEventLoopGroup(
            loops, new DefaultThreadFactory("sidelight-loop", /* daemon= */ true), handler);
    for (int i = 0; i < loops; i++) {
      executors.add((EventLoop) group.next());
    }
  }

  private static boolean wantsEpoll(RuntimeConfig runtime) {
    return switch (runtime.transport()) {
      case NIO -> false;
      case AUTO -> Epoll.isAvailable();
      case EPOLL -> {
        if (!Epoll.isAvailable()) {
          throw new IllegalStateException(
              "runtime.transport is epoll, which is not available here",
              Epoll.unavailabilityCause());
        }
        yield true;
      }
      case IO_URING ->
          throw new IllegalStateException(
              "runtime.transport io_uring is not part of this build; use auto, epoll or nio");
    };
  }

  List<EventLoop> executors() {
    return executors;
  }

  boolean isEpoll() {
    return epoll;
  }

  Class<? extends ServerSocketChannel> serverChannel() {
    return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
  }

  Class<? extends SocketChannel> channel() {
    return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
  }
}
