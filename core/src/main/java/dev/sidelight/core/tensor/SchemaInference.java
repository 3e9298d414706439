package dev.sidelight.core.tensor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds names, kinds and one-hot groups from a stream of rows. Keeps at most 257 distinct values
 * per column and one counter per neighbouring pair of 0/1 columns, however many rows pass. The
 * answer depends on the rows only, not on how requests cut them. Not thread-safe.
 */
public final class SchemaInference {

  /** Texts of more distinct values than this are no categories. */
  public static final int CATEGORIES_MAX = 256;

  /** Integers of more distinct values than this are numbers. */
  public static final int INTEGER_CATEGORIES_MAX = 10;

  /**
   * @param suggested one-hot groups that hold in the rows but share no name prefix: for a person to
   *     accept, no part of {@code schema}
   * @param types the wire type of each column: a categorical integer is still an integer
   * @param rows rows looked at
   */
  public record Result(
      FeatureSchema schema, List<FeatureGroup> suggested, List<DataType> types, long rows) {
    public Result {
      suggested = List.copyOf(suggested);
      types = List.copyOf(types);
    }
  }

  private Optional<Signature> signature = Optional.empty();
  private List<String> names = List.of();
  private List<ColumnStats> columns = List.of();
  private final OneHotSearch oneHot = new OneHotSearch();
  private long rows;

  /**
   * Names of the columns in order: the tensor's own where it has one column, {@code name[i]} where
   * it has several beside other tensors, f0, f1, ... where it is alone or has no name.
   */
  public static List<String> names(Instances rows) {
    return names(Signature.of(rows));
  }

  static List<String> names(Signature rows) {
    List<String> names = new ArrayList<>(rows.width());
    Set<String> taken = new HashSet<>();
    boolean alone = rows.parts().size() == 1;
    for (Signature.Part part : rows.parts()) {
      for (int c = 0; c < part.width(); c++) {
        String name = "f" + names.size();
        if (!part.name().isEmpty() && part.width() == 1) {
          name = part.name();
        } else if (!part.name().isEmpty() && !alone) {
          name = part.name() + "[" + c + "]";
        }
        while (!taken.add(name)) {
          name += "'";
        }
        names.add(name);
      }
    }
    return names;
  }

  /**
   * Looks at all rows of one request.
   *
   * @throws IllegalArgumentException when their signature is not that of the rows before; INT64 and
   *     FP64 may take turns, as they do in V1
   */
  public void add(Instances batch) {
    Signature theirs = Signature.of(batch);
    Signature wide = theirs;
    if (signature.isEmpty()) {
      begin(batch);
    } else {
      wide =
          signature
              .get()
              .widened(theirs)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "rows of %s came before, got %s".formatted(signature.get(), theirs)));
    }
    signature = Optional.of(wide);
    Instances looked = Conform.to(batch, wide);
    int column = 0;
    for (NamedTensor named : looked.tensors()) {
      for (int c = 0; c < named.tensor().width(); c++) {
        columns.get(column++).add(named.tensor(), c);
      }
    }
    oneHot.add(looked);
    rows += batch.rows();
  }

  private void begin(Instances batch) {
    names = names(batch);
    columns = new ArrayList<>(batch.width());
    for (NamedTensor named : batch.tensors()) {
      for (int c = 0; c < named.tensor().width(); c++) {
        columns.add(new ColumnStats(named.tensor().type()));
      }
    }
  }

  /**
   * What was found so far, under the tensors' own names.
   *
   * @throws IllegalStateException before the first row
   */
  public Result result() {
    return result(names);
  }

  /** The same under given names, one per column. */
  public Result result(List<String> given) {
    if (rows == 0) {
      throw new IllegalStateException("a schema cannot be inferred from no rows");
    }
    if (given.size() != columns.size()) {
      throw new IllegalArgumentException(
          "%d names for %d columns".formatted(given.size(), columns.size()));
    }
    boolean oneText = signature.orElseThrow().parts().size() == 1 && columns.size() == 1;
    List<Feature> features = new ArrayList<>(columns.size());
    List<DataType> types = new ArrayList<>(columns.size());
    for (int c = 0; c < columns.size(); c++) {
      features.add(columns.get(c).feature(given.get(c), oneText));
      types.add(columns.get(c).type());
    }
    OneHotSearch.Found found = oneHot.found(given);
    FeatureSchema schema = new FeatureSchema(features, found.groups(), List.of(), Set.of());
    return new Result(schema, found.suggested(), types, rows);
  }
}
