package dev.sidelight.proxy.http;

/** Where a request came in. Each listener has a route table of its own. */
public enum Listener {
  DATA,
  MANAGEMENT,
  PROBES
}
