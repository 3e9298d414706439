package dev.sidelight.proxy.cli;

import dev.sidelight.proxy.http.Models;
import dev.sidelight.proxy.serve.ModelRegistry;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Looks up models that requests name, behind the event loops' back. A full queue forgets: the name
 * comes again.
 */
final class BackgroundLookups implements Models, AutoCloseable {

  private final ModelRegistry registry;
  private final BlockingQueue<String> names = new ArrayBlockingQueue<>(256);
  private final Thread thread;

  BackgroundLookups(ModelRegistry registry) {
    this.registry = registry;
    this.thread = Thread.ofVirtual().name("sidelight-model-lookup").start(this::run);
  }

  private void run() {
    try {
      while (true) {
        registry.find(names.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  @Override
  public boolean isRegistered(String model) {
    return registry.isKnown(model);
  }

  @Override
  public void named(String model) {
    names.offer(model);
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
