package dev.sidelight.proxy.serve;

import dev.sidelight.explainers.Cost;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import dev.sidelight.proxy.serve.ExplainResult.Row;
import java.util.function.Supplier;

/** Is told how explanations come along, from their threads. Never blocks for long, never throws. */
public interface RowListener {

  /**
   * @param at place of the row among those that are explained, from 0
   * @param spent what it has cost so far, readable from any thread until the row has ended
   */
  void started(int at, Supplier<Cost> spent);

  /** A whole result that may still get better. */
  void improved(int at, ExplainResult result, Explained partial, int round);

  void ended(int at, Row outcome);

  /** Nobody listens. */
  RowListener NONE =
      new RowListener() {
        @Override
        public void started(int at, Supplier<Cost> spent) {}

        @Override
        public void improved(int at, ExplainResult result, Explained partial, int round) {}

        @Override
        public void ended(int at, Row outcome) {}
      };
}
