package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.Backend.HostPort;
import dev.sidelight.proxy.http.wire.RequestRules;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A backend at run time: all addresses of its names with their health, shared by all loops. The
 * list is replaced when names change; an address that stays keeps its health.
 */
final class BackendState {

  /** Of one name: a zone that returns more is cut. */
  private static final int ADDRESSES_MAX = 64;

  private final Backend backend;
  private final Resolver resolver;
  private final RequestRules rules;
  private final ReentrantLock resolving = new ReentrantLock();
  private volatile List<BackendAddress> addresses;

  BackendState(
      Backend backend, Resolver resolver, boolean preserveHost, boolean forwardAuthorization) {
    this.backend = backend;
    this.resolver = resolver;
    this.addresses = backend.addresses().stream().map(BackendState::unknown).toList();
    this.rules =
        new RequestRules(
            backend.addresses().get(0).authority(),
            preserveHost,
            forwardAuthorization,
            "sidelight");
  }

  private static BackendAddress unknown(HostPort hostPort) {
    return new BackendAddress(
        hostPort, InetSocketAddress.createUnresolved(hostPort.host(), hostPort.port()));
  }

  Backend backend() {
    return backend;
  }

  /** The same list until the next {@link #resolve} that finds something else. */
  List<BackendAddress> addresses() {
    return addresses;
  }

  RequestRules rules() {
    return rules;
  }

  /**
   * Asks for the names anew; where there is no answer the last one holds. Blocks, unless another
   * thread is asking.
   */
  void resolve() {
    if (!resolving.tryLock()) {
      return;
    }
    try {
      follow();
    } finally {
      resolving.unlock();
    }
  }

  private void follow() {
    Map<InetSocketAddress, BackendAddress> known = new LinkedHashMap<>();
    addresses.forEach(address -> known.put(address.socket(), address));
    Map<InetSocketAddress, BackendAddress> now = new LinkedHashMap<>();
    for (HostPort hostPort : backend.addresses()) {
      for (InetSocketAddress socket : socketsOf(hostPort)) {
        BackendAddress kept = known.get(socket);
        now.putIfAbsent(socket, kept == null ? new BackendAddress(hostPort, socket) : kept);
      }
    }
    List<BackendAddress> found = List.copyOf(now.values());
    if (!found.equals(addresses)) {
      addresses = found;
    }
  }

  private List<InetSocketAddress> socketsOf(HostPort hostPort) {
    List<InetSocketAddress> sockets = new ArrayList<>();
    try {
      for (InetAddress address : resolver.addressesOf(hostPort.host())) {
        if (!isTwin(address, sockets) && sockets.size() < ADDRESSES_MAX) {
          sockets.add(new InetSocketAddress(address, hostPort.port()));
        }
      }
    } catch (UnknownHostException e) {
      for (BackendAddress last : addresses) { // a name server that is away is no reason to stop
        if (last.hostPort().equals(hostPort)) {
          sockets.add(last.socket());
        }
      }
    }
    return sockets;
  }

  /** {@code localhost} is one host, though it has an address of either family. */
  private static boolean isTwin(InetAddress address, List<InetSocketAddress> sockets) {
    return address.isLoopbackAddress()
        && !sockets.isEmpty()
        && sockets.get(0).getAddress().getClass() != address.getClass();
  }

  /** Whether the health probe finds at least one address up. */
  boolean isUp() {
    return addresses.stream().anyMatch(BackendAddress::isUp);
  }

  /** 0 closed, 1 open, 2 half open: the worst of its addresses. */
  int circuitGauge() {
    return addresses.stream().mapToInt(a -> a.circuit().gauge()).max().orElse(0);
  }
}
