package dev.sidelight.proxy.demo;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tribuo.ImmutableFeatureMap;
import org.tribuo.Model;
import org.tribuo.classification.Label;
import org.tribuo.common.tree.LeafNode;
import org.tribuo.common.tree.Node;
import org.tribuo.common.tree.SplitNode;
import org.tribuo.common.tree.TreeModel;

/**
 * Writes a trained forest in the format of {@link TreeEnsemble}. Run {@link #main} with the folder
 * of the resources to make both tables anew; the same rows and seed make the same bytes.
 */
final class TreeTable {

  private final DataOutputStream out;
  private final ImmutableFeatureMap columns;
  private final List<List<String>> categories;

  private TreeTable(DataOutputStream out, ImmutableFeatureMap columns, Census census) {
    this.out = out;
    this.columns = columns;
    this.categories = categories(census);
  }

  public static void main(String[] arguments) throws IOException {
    Census census = Census.load();
    for (int version = 1; version <= 2; version++) {
      byte[] table = bytes(IncomeForest.train(census, version), census);
      Files.write(Path.of(arguments[0], "income-" + version + ".trees"), table);
    }
  }

  static byte[] bytes(IncomeForest forest, Census census) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      new TreeTable(out, forest.model().getFeatureIDMap(), census).write(forest);
    }
    return bytes.toByteArray();
  }

  private static List<List<String>> categories(Census census) {
    List<List<String>> categories = new ArrayList<>();
    for (int f = 0; f < Census.FEATURES.size(); f++) {
      SortedSet<String> seen = new TreeSet<>();
      for (int row = 0; row < IncomeForest.TRAINING_ROWS && !Census.isNumeric(f); row++) {
        seen.add(census.row(row).get(f));
      }
      categories.add(List.copyOf(seen));
    }
    return categories;
  }

  private void write(IncomeForest forest) throws IOException {
    out.writeInt(TreeEnsemble.MAGIC);
    out.writeByte(Census.FEATURES.size());
    for (int f = 0; f < Census.FEATURES.size(); f++) {
      out.writeUTF(Census.FEATURES.get(f));
      out.writeShort(categories.get(f).size());
      for (String category : categories.get(f)) {
        out.writeUTF(category);
      }
    }
    out.writeShort(forest.model().getNumModels());
    for (Model<Label> tree : forest.model().getModels()) {
      writeNode(((TreeModel<Label>) tree).getRoot());
    }
  }

  private void writeNode(Node<Label> node) throws IOException {
    if (node instanceof LeafNode<Label> leaf) {
      out.writeByte(-1);
      out.writeDouble(IncomeForest.score(leaf.getDistribution()));
      return;
    }
    SplitNode<Label> split = (SplitNode<Label>) node;
    writeSplit(columns.get(split.getFeatureID()).getName(), split);
    writeNode(split.getLessThanOrEqual());
    writeNode(split.getGreaterThan());
  }

  private void writeSplit(String column, SplitNode<Label> split) throws IOException {
    int equals = column.indexOf('=');
    if (equals < 0) {
      out.writeByte(Census.FEATURES.indexOf(column));
      out.writeFloat(exact(split.splitValue()));
      return;
    }
    int feature = Census.FEATURES.indexOf(column.substring(0, equals));
    out.writeByte(feature);
    out.writeFloat(categories.get(feature).indexOf(column.substring(equals + 1)));
  }

  /** A split lies half way between two whole numbers, which a float holds exactly. */
  private static float exact(double threshold) {
    float narrow = (float) threshold;
    if (narrow != threshold) {
      throw new IllegalStateException("a float does not hold " + threshold);
    }
    return narrow;
  }
}
