package dev.sidelight.proxy.serve;

import dev.sidelight.explainers.gateway.LiveTraffic;

/**
 * What the data path tells about real requests to one backend, so that synthetic ones can yield.
 * Written by event loops, read by the gateway, without a lock.
 */
public interface LiveLoad extends LiveTraffic {

  /** A real request was sent to the backend. */
  void began();

  /** Its answer ended. */
  void ended(long upstreamMicros);
}
