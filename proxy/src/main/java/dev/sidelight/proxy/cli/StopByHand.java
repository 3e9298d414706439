package dev.sidelight.proxy.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C while work is under way elsewhere: stops that work, waits for what is known to be printed,
 * and ends with the code of an interrupted command.
 */
final class StopByHand implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 20;

  private final Runnable stop;
  private final CountDownLatch printed = new CountDownLatch(1);
  private final Thread hook;
  private volatile boolean stopped;

  private StopByHand(Runnable stop) {
    this.stop = stop;
    this.hook = Thread.ofPlatform().name("sidelight-stop").unstarted(this::signalled);
  }

  static StopByHand watch(Runnable stop) {
    StopByHand byHand = new StopByHand(stop);
    Runtime.getRuntime().addShutdownHook(byHand.hook);
    return byHand;
  }

  private void signalled() {
    if (printed.getCount() == 0) {
      return; // the process ends by itself
    }
    stopped = true;
    try {
      stop.run();
      boolean _ = printed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
    }
  }

  boolean isStopped() {
    return stopped;
  }

  /** All is printed. */
  @Override
  public void close() {
    printed.countDown();
    if (!stopped) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // it runs already, and finds that all is printed
      }
    }
  }
}
