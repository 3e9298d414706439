package dev.sidelight.proxy.http.api;

import dev.sidelight.logger.EventStore.TailItem;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Stands between a tail that has been opened and a stream that is not there yet. Blocks the tail's
 * thread.
 */
final class TailFeed implements Consumer<TailItem> {

  private final CompletableFuture<Consumer<TailItem>> stream = new CompletableFuture<>();

  void connect(Consumer<TailItem> to) {
    stream.complete(to);
  }

  @Override
  public void accept(TailItem item) {
    stream.join().accept(item);
  }
}
