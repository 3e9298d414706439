package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.Backend.HostPort;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;

/** One address of a backend and what is known of its health. Shared by all loops. */
final class BackendAddress {

  private final HostPort hostPort;
  private final Circuit circuit = new Circuit(bound -> ThreadLocalRandom.current().nextLong(bound));
  private volatile InetSocketAddress resolved;
  private volatile boolean up = true;

  BackendAddress(HostPort hostPort) {
    this.hostPort = hostPort;
    this.resolved = InetSocketAddress.createUnresolved(hostPort.host(), hostPort.port());
  }

  HostPort hostPort() {
    return hostPort;
  }

  Circuit circuit() {
    return circuit;
  }

  InetSocketAddress resolved() {
    return resolved;
  }

  /** Asks the resolver; keeps the last answer where it has none. Blocks: never on a loop. */
  void resolve() {
    InetSocketAddress now = new InetSocketAddress(hostPort.host(), hostPort.port());
    if (!now.isUnresolved()) {
      resolved = now;
    }
  }

  /** What the health probe says; true until it says otherwise. */
  boolean isUp() {
    return up;
  }

  void up(boolean up) {
    this.up = up;
  }

  @Override
  public String toString() {
    return hostPort.host() + ":" + hostPort.port();
  }
}
