package dev.sidelight.proxy.serve.job;

import java.util.UUID;

/** What a job does. Runs once, on a virtual thread, and blocks. */
interface Work {

  /**
   * @throws RuntimeException when there is no result; what was stopped before its first result
   *     throws {@link dev.sidelight.core.predict.PredictorException} of kind CANCELLED
   */
  JobResult run(UUID id, JobProgress progress);

  /** Ends the work early: {@link #run} returns soon with what it has. Any thread. */
  void stop();

  /** The same, and what comes of it is nobody's: it is not put into the log. Any thread. */
  default void drop() {
    stop();
  }

  /** Nothing more to do. */
  Work OVER =
      new Work() {
        @Override
        public JobResult run(UUID id, JobProgress progress) {
          throw new IllegalStateException("it has been done");
        }

        @Override
        public void stop() {}
      };
}
