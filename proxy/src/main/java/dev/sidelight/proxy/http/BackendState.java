package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.wire.RequestRules;
import java.util.List;

/** A backend at run time: its addresses with their health, shared by all loops. */
final class BackendState {

  private final Backend backend;
  private final List<BackendAddress> addresses;
  private final RequestRules rules;

  BackendState(Backend backend, boolean preserveHost, boolean forwardAuthorization) {
    this.backend = backend;
    this.addresses = backend.addresses().stream().map(BackendAddress::new).toList();
    this.rules =
        new RequestRules(
            backend.addresses().get(0).authority(),
            preserveHost,
            forwardAuthorization,
            "sidelight");
  }

  Backend backend() {
    return backend;
  }

  List<BackendAddress> addresses() {
    return addresses;
  }

  RequestRules rules() {
    return rules;
  }

  void resolve() {
    addresses.forEach(BackendAddress::resolve);
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
