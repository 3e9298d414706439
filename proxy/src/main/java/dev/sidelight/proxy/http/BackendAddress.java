package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.Backend.HostPort;
import java.net.InetSocketAddress;
import java.util.concurrent.ThreadLocalRandom;

/** One address of a backend and what is known of its health. Shared by all loops. */
final class BackendAddress {

  private final HostPort hostPort;
  private final InetSocketAddress socket;
  private final Circuit circuit = new Circuit(bound -> ThreadLocalRandom.current().nextLong(bound));
  private volatile boolean up = true;

  /**
   * @param hostPort as configured
   * @param socket where it leads; unresolved while the name is not known
   */
  BackendAddress(HostPort hostPort, InetSocketAddress socket) {
    this.hostPort = hostPort;
    this.socket = socket;
  }

  HostPort hostPort() {
    return hostPort;
  }

  InetSocketAddress socket() {
    return socket;
  }

  Circuit circuit() {
    return circuit;
  }

  /** What the health probe says; true until it says otherwise. */
  boolean isUp() {
    return up;
  }

  void up(boolean up) {
    this.up = up;
  }

  /** The name, and the address behind it where that says more. */
  @Override
  public String toString() {
    String name = hostPort.host() + ":" + hostPort.port();
    if (socket.isUnresolved()) {
      return name;
    }
    String literal = socket.getAddress().getHostAddress();
    return literal.equals(hostPort.host()) ? name : name + " (" + literal + ")";
  }
}
