package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.explainers.Attribution;
import java.util.List;
import java.util.UUID;

/**
 * Explanations of the rows of one request, in their order.
 *
 * @param multiple the request was about several rows, so the answer is a list
 */
public record ExplainResult(
    ServedModel model,
    String version,
    ReferenceSet reference,
    ExplainOptions options,
    boolean multiple,
    List<Row> rows) {

  public ExplainResult {
    rows = List.copyOf(rows);
  }

  /** One row's outcome. */
  public sealed interface Row {}

  /** An explanation, with the row it explains. */
  public record Explained(UUID id, Instances x, Attribution attribution) implements Row {}

  /** Why there is none. */
  public record Failed(String code, String detail) implements Row {}
}
