package dev.sidelight.proxy.http.api;

import java.util.List;

/** What the probes ask. Cheap, never blocks. */
public interface Health {

  boolean isReady();

  /** Names of backends that do not answer. */
  List<String> backendsDown();

  /** The data path's metrics in Prometheus' text form. */
  String metrics();
}
