package dev.sidelight.proxy.demo;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A forest of decision trees as flat arrays: the probability of class 1 is the mean over the trees
 * of the leaf a row falls into. Immutable and thread-safe; about 2 microseconds a row.
 *
 * <p>The file, big-endian: int magic, byte features; per feature its name, short categories (0 for
 * a number) and their names; short trees; then each tree in preorder, the left branch first. A node
 * is a byte: -1 for a leaf, followed by its probability as double; else the feature, followed by a
 * float. A number goes right if it is greater than the float; a category goes right if its code is
 * the float.
 */
final class TreeEnsemble {

  static final int MAGIC = 0x534c5431; // "SLT1"

  private static final byte LEAF = -1;

  private final List<CensusFeature> features;
  private final boolean[] numeric;
  private final int[] roots;

  // one entry per node; the left child of node i is i + 1
  private byte[] feature = new byte[1024];
  private double[] value = new double[1024]; // a leaf's probability, else where to split
  private int[] right = new int[1024];
  private int nodes;

  private TreeEnsemble(DataInputStream in) throws IOException {
    if (in.readInt() != MAGIC) {
      throw new IOException("not a table of trees");
    }
    features = readFeatures(in);
    numeric = new boolean[features.size()];
    for (int i = 0; i < numeric.length; i++) {
      numeric[i] = features.get(i).isNumeric();
    }
    roots = new int[in.readUnsignedShort()];
    for (int t = 0; t < roots.length; t++) {
      roots[t] = nodes;
      readNode(in);
    }
  }

  /** Reads the resource {@code name} of this package. */
  static TreeEnsemble load(String name) {
    try (InputStream in = Census.resource(name);
        DataInputStream data = new DataInputStream(new BufferedInputStream(in))) {
      return new TreeEnsemble(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<CensusFeature> readFeatures(DataInputStream in) throws IOException {
    List<CensusFeature> features = new ArrayList<>();
    int count = in.readByte();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      List<String> categories = new ArrayList<>();
      for (int left = in.readUnsignedShort(); left > 0; left--) {
        categories.add(in.readUTF());
      }
      features.add(new CensusFeature(name, categories));
    }
    return List.copyOf(features);
  }

  private void readNode(DataInputStream in) throws IOException {
    int node = nodes++;
    if (node == feature.length) {
      feature = Arrays.copyOf(feature, node * 2);
      value = Arrays.copyOf(value, node * 2);
      right = Arrays.copyOf(right, node * 2);
    }
    feature[node] = in.readByte();
    if (feature[node] == LEAF) {
      value[node] = in.readDouble();
      return;
    }
    value[node] = in.readFloat();
    readNode(in);
    right[node] = nodes;
    readNode(in);
  }

  /** The inputs, in the order of a row. */
  List<CensusFeature> features() {
    return features;
  }

  int trees() {
    return roots.length;
  }

  /**
   * @param row one double per feature, as {@link CensusFeature} codes them
   * @return the probability of class 1, in [0, 1]
   */
  double probability(double[] row) {
    double sum = 0;
    for (int root : roots) {
      sum += leaf(root, row);
    }
    return sum / roots.length;
  }

  private double leaf(int root, double[] row) {
    int node = root;
    while (feature[node] != LEAF) {
      int f = feature[node];
      boolean goesRight = numeric[f] ? row[f] > value[node] : row[f] == value[node];
      node = goesRight ? right[node] : node + 1;
    }
    return value[node];
  }
}
