package dev.sidelight.proxy.cli;

import dev.sidelight.proxy.http.Listener;
import dev.sidelight.proxy.http.Server;
import dev.sidelight.proxy.http.api.Health;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The server for those who are made before it. Until it stands, nothing is shed and nothing is
 * ready.
 */
final class ServerHandle implements Health {

  private final AtomicReference<Server> server = new AtomicReference<>();

  void set(Server started) {
    server.set(started);
  }

  boolean isShedding() {
    Server started = server.get();
    return started != null && started.shedLevel() >= 1;
  }

  /** The port a listener got, -1 before it listens. */
  int port(Listener listener) {
    Server started = server.get();
    return started == null ? -1 : started.port(listener);
  }

  @Override
  public boolean isReady() {
    Server started = server.get();
    return started != null && started.isReady();
  }

  @Override
  public List<String> backendsDown() {
    Server started = server.get();
    return started == null ? List.of() : started.backendsDown();
  }

  @Override
  public String metrics() {
    Server started = server.get();
    return started == null ? "" : started.metrics();
  }
}
