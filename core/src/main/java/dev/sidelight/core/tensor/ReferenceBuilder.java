package dev.sidelight.core.tensor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes {@link ReferenceSet}s: merges equal rows into weights and gives the set its id. */
public final class ReferenceBuilder {

  private ReferenceBuilder() {}

  /** Every row weighs 1. */
  public static ReferenceSet build(FeatureSchema schema, Instances rows, String origin) {
    double[] weights = new double[rows.rows()];
    Arrays.fill(weights, 1);
    return build(schema, rows, weights, origin);
  }

  /**
   * @param weights one per row, >= 0, not all 0; those of equal rows are added up
   * @param origin {@code log} or {@code file}
   */
  public static ReferenceSet build(
      FeatureSchema schema, Instances rows, double[] weights, String origin) {
    if (weights.length != rows.rows()) {
      throw new IllegalArgumentException(
          "%d weights for %d reference rows".formatted(weights.length, rows.rows()));
    }
    Map<ByteBuffer, Integer> firstOf = new LinkedHashMap<>();
    double[] merged = new double[rows.rows()];
    for (int r = 0; r < rows.rows(); r++) {
      Digest digest = new Digest();
      rows.writeRow(r, digest);
      Integer first = firstOf.putIfAbsent(ByteBuffer.wrap(digest.finish()), r);
      merged[first == null ? r : first] += weights[r];
    }
    int[] kept = firstOf.values().stream().mapToInt(Integer::intValue).toArray();
    Instances distinct = kept.length == rows.rows() ? rows : rows.rowsAt(kept);
    double[] keptWeights = Arrays.stream(kept).mapToDouble(r -> merged[r]).toArray();
    String id = id(schema, distinct, keptWeights);
    return new ReferenceSet(id, schema, distinct, keptWeights, origin);
  }

  /**
   * Keeps equal rows apart, each with weight 1: the population that rules are drawn from, where a
   * row that came three times is three cases.
   *
   * @param origin {@code log} or {@code file}
   */
  public static ReferenceSet population(FeatureSchema schema, Instances rows, String origin) {
    double[] weights = new double[rows.rows()];
    Arrays.fill(weights, 1);
    return new ReferenceSet(id(schema, rows, weights), schema, rows, weights, origin);
  }

  private static String id(FeatureSchema schema, Instances rows, double[] weights) {
    Digest digest = new Digest();
    digest.texts(List.of("sidelight reference 1"));
    for (Feature feature : schema.features()) {
      digest.texts(List.of(feature.name(), feature.kind().name()));
      digest.texts(feature.labels());
    }
    for (FeatureGroup group : schema.groups()) {
      digest.texts(List.of(group.name(), group.members().toString(), "" + group.oneHot()));
    }
    digest.texts(schema.outputs());
    digest.texts(schema.immutable().stream().sorted().toList());
    List<String> parts = new ArrayList<>();
    for (Signature.Part part : Signature.of(rows).parts()) {
      parts.addAll(List.of(part.name(), part.type().name(), part.trailing().toString()));
    }
    digest.texts(parts);
    for (int r = 0; r < rows.rows(); r++) {
      digest.put(Double.doubleToLongBits(weights[r]), 8);
      rows.writeRow(r, digest);
    }
    return "sha256:" + HexFormat.of().formatHex(digest.finish());
  }

  /** SHA-256 over elements and length-prefixed texts. */
  private static final class Digest implements RowBytes {
    private final MessageDigest sha;

    private Digest() {
      try {
        sha = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    @Override
    public void put(long bits, int bytes) {
      for (int i = 0; i < bytes; i++) {
        sha.update((byte) (bits >>> (8 * i)));
      }
    }

    @Override
    public void put(byte[] value) {
      put(value.length, 4);
      sha.update(value);
    }

    void texts(List<String> texts) {
      put(texts.size(), 4);
      for (String text : texts) {
        put(text.getBytes(StandardCharsets.UTF_8));
      }
    }

    byte[] finish() {
      return sha.digest();
    }
  }
}
