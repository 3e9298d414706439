package dev.sidelight.proxy.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * TERM and Ctrl-C: the main thread puts everything away, and the process waits for it within
 * bounds.
 */
final class StopSignal {

  private static final long PATIENCE_SECONDS = 25;

  private StopSignal() {}

  /**
   * @param stop opened when the process is told to stop
   * @param stopped opened by the main thread when all is put away
   */
  static void onTermination(CountDownLatch stop, CountDownLatch stopped) {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("sidelight-stop")
                .unstarted(() -> awaitPutAway(stop, stopped)));
  }

  private static void awaitPutAway(CountDownLatch stop, CountDownLatch stopped) {
    boolean isSignal = stopped.getCount() > 0; // else the process ends by itself, with its own code
    stop.countDown();
    try {
      if (stopped.await(PATIENCE_SECONDS, TimeUnit.SECONDS) && isSignal) {
        // an orderly end is a success: without this the code would be 128 + the signal's number
        Runtime.getRuntime().halt(ExitCode.DONE);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the process ends anyway
    }
  }
}
