package dev.sidelight.proxy.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks every address whether it is there: by GET on the profile's path (HEAD is refused by several
 * servers), or by a TCP connect. Three bad answers in a row make it down, two good ones up again.
 */
final class HealthProbe {

  private static final Logger LOG = LoggerFactory.getLogger(HealthProbe.class);
  private static final int TIMEOUT_MILLIS = 1000;
  private static final int DOWN_AFTER = 3;
  private static final int UP_AFTER = 2;
  private static final long EVERY = TimeUnit.SECONDS.toNanos(5);
  private static final long EVERY_WHILE_OUT = TimeUnit.SECONDS.toNanos(1);

  private static final class History {
    private long dueNanos;
    private int good;
    private int bad;
    private boolean running;
  }

  private final ServerState server;
  private final Map<BackendAddress, History> histories = new ConcurrentHashMap<>();

  HealthProbe(ServerState server) {
    this.server = server;
  }

  /** Probes what is due, each on a thread of its own. Blocks for nothing. */
  void tick() {
    long now = System.nanoTime();
    Set<BackendAddress> present = new HashSet<>();
    for (BackendState backend : server.backends().values()) {
      if (backend.addresses().stream().anyMatch(address -> address.socket().isUnresolved())) {
        Thread.ofVirtual().name("sidelight-resolve").start(backend::resolve);
      }
      present.addAll(backend.addresses());
      for (BackendAddress address : backend.addresses()) {
        History history =
            histories.computeIfAbsent(
                address,
                a -> {
                  History made = new History();
                  made.dueNanos = now;
                  return made;
                });
        boolean due;
        synchronized (history) {
          boolean out = !address.circuit().isClosed() || !address.isUp();
          long soonest = out ? history.dueNanos - EVERY + EVERY_WHILE_OUT : history.dueNanos;
          due = !history.running && now - soonest >= 0;
          if (due) {
            history.running = true;
            history.dueNanos = now + EVERY;
          }
        }
        Backend.Health health = backend.backend().health();
        if (due && health.isAsked()) {
          Thread.ofVirtual()
              .name("sidelight-health")
              .start(() -> report(address, history, answers(address, health.path())));
        }
      }
    }
    histories.keySet().retainAll(present);
  }

  private static void report(BackendAddress address, History history, boolean answers) {
    synchronized (history) {
      history.running = false;
      history.good = answers ? history.good + 1 : 0;
      history.bad = answers ? 0 : history.bad + 1;
      if (history.good == UP_AFTER && !address.isUp()) {
        address.up(true);
        LOG.info("backend {} answers its health probe again", address);
      }
      if (history.good >= UP_AFTER && !address.circuit().isClosed()) {
        address.circuit().succeeded();
      }
      if (history.bad == DOWN_AFTER && address.isUp()) {
        address.up(false);
        LOG.warn("backend {} does not answer its health probe", address);
      }
    }
  }

  private static boolean answers(BackendAddress address, String path) {
    InetSocketAddress to = address.socket();
    try (Socket socket = new Socket()) {
      socket.connect(to, TIMEOUT_MILLIS);
      return path.isEmpty() || isOk(socket, address, path);
    } catch (IOException | IllegalArgumentException e) {
      return false; // whatever the reason: it does not answer
    }
  }

  private static boolean isOk(Socket socket, BackendAddress address, String path)
      throws IOException {
    socket.setSoTimeout(TIMEOUT_MILLIS);
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: "
            + address.hostPort().authority()
            + "\r\nUser-Agent: sidelight-health\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    byte[] line = socket.getInputStream().readNBytes(12);
    String status = new String(line, StandardCharsets.US_ASCII);
    return status.startsWith("HTTP/1.") && status.startsWith(" 2", 8);
  }
}
