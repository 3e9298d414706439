package dev.sidelight.proxy.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that predict one after the other, each request under an id of its own. */
final class Load implements AutoCloseable {

  private final String url;
  private final String life;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AtomicLong sent = new AtomicLong();
  private final Map<String, Long> answered = new ConcurrentHashMap<>();
  private final List<Thread> threads;
  private volatile boolean over;

  /**
   * @param life tells these ids from those of other loads
   */
  Load(String baseUrl, String life, int clients) {
    this.url = baseUrl + "/v1/models/tiny:predict";
    this.life = life;
    this.threads =
        java.util.stream.IntStream.range(0, clients)
            .mapToObj(i -> Thread.ofVirtual().start(this::run))
            .toList();
  }

  private void run() {
    while (!over) {
      long n = sent.getAndIncrement();
      String id = life + "-" + n;
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .header("X-Request-Id", id)
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      TinyBodies.v1(List.of(TinyFunction.row((int) n)))))
              .build();
      try {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() == 200) {
          answered.put(id, System.nanoTime());
        }
      } catch (IOException e) {
        return; // the server has gone, as it should
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** Ids answered 200, with the time. */
  Map<String, Long> answered() {
    return answered;
  }

  void awaitAnswered(int count) {
    Until.holds(() -> count + " answers, " + answered.size(), () -> answered.size() >= count);
  }

  /** Until the first answer is so old. */
  void awaitAge(long nanos) {
    long first = answered.values().stream().mapToLong(at -> at).min().orElseThrow();
    Until.holds(() -> "time passes", () -> System.nanoTime() - first > nanos);
  }

  @Override
  public void close() {
    over = true;
    Until.holds(() -> "clients end", () -> threads.stream().noneMatch(Thread::isAlive));
    client.shutdownNow();
  }
}
