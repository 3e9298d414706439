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
                .unstarted(
                    () -> {
                      stop.countDown();
                      try {
                        stopped.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt(); // the process ends anyway
                      }
                    }));
  }
}
