package dev.sidelight.proxy.serve;

import dev.sidelight.explainers.gateway.PredictorGateway;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Ends explanations under way, from any thread: what waits at the gateway is dropped, and each
 * comes back with the best it has. Thread-safe.
 */
public final class RunControl {

  private final Set<PredictorGateway.Session> sessions = new HashSet<>();
  private boolean stopped;
  private boolean shed;

  /** No row starts any more, and those under way end with what they have. */
  public void stop() {
    List<PredictorGateway.Session> open;
    synchronized (this) {
      stopped = true;
      open = new ArrayList<>(sessions);
    }
    open.forEach(PredictorGateway.Session::cancel); // not under our lock: it takes the gateway's
  }

  /** The same because the proxy is under pressure. */
  void shed() {
    synchronized (this) {
      shed = true;
    }
    stop();
  }

  public synchronized boolean isStopped() {
    return stopped;
  }

  synchronized boolean isShed() {
    return shed;
  }

  void opened(PredictorGateway.Session session) {
    boolean late;
    synchronized (this) {
      sessions.add(session);
      late = stopped;
    }
    if (late) {
      session.cancel();
    }
  }

  synchronized void closed(PredictorGateway.Session session) {
    sessions.remove(session);
  }
}
