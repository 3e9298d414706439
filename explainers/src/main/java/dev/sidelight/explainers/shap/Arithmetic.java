package dev.sidelight.explainers.shap;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Where the numbers are crunched: explanations run on virtual threads, which share their carriers
 * with everything else, so long computations go to a pool that leaves a core free.
 */
record Arithmetic(Executor executor) {

  /** Runs there and waits. */
  <T> T run(Supplier<T> computation) {
    try {
      return CompletableFuture.supplyAsync(computation, executor).join();
    } catch (CompletionException failure) {
      if (failure.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw failure;
    }
  }
}
