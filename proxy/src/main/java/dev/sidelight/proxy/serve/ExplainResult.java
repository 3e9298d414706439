package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Explanation;
import dev.sidelight.explainers.Players;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Explanations of the rows of one request, in their order.
 *
 * @param exchange the logged request that the rows are of
 * @param madeMillis when they were asked for, wall clock
 * @param multiple the request was about several rows, so the answer is a list
 */
public record ExplainResult(
    ServedModel model,
    String version,
    ReferenceSet reference,
    ExplainOptions options,
    Optional<UUID> exchange,
    long madeMillis,
    boolean multiple,
    List<Row> rows) {

  public ExplainResult {
    rows = List.copyOf(rows);
  }

  /** One row's outcome. */
  public sealed interface Row {}

  /**
   * An explanation, with the row it explains.
   *
   * @param row its number in the request's body
   * @param places of players that are parts of a text or an image; empty where they are columns
   */
  public record Explained(
      UUID id, int row, Instances x, Explanation explanation, Optional<Players> places)
      implements Row {}

  /** Why there is none. */
  public record Failed(String code, String detail) implements Row {}

  /** The same with other rows. */
  public ExplainResult with(List<Row> others) {
    return new ExplainResult(
        model, version, reference, options, exchange, madeMillis, multiple, others);
  }

  /**
   * The same without the rows it was measured against, of which documents tell only the id: they
   * are a megabyte where explanations are a few thousand bytes.
   */
  public ExplainResult light() {
    for (Row row : rows) {
      if (row instanceof Explained explained) {
        ReferenceSet light =
            new ReferenceSet(
                reference.id(),
                reference.schema(),
                explained.x(),
                new double[] {1},
                reference.origin());
        return new ExplainResult(
            model, version, light, options, exchange, madeMillis, multiple, rows);
      }
    }
    return this;
  }
}
