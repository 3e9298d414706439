package dev.sidelight.core.codec;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureKind;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cells of one column, typed when all are there: INT64 if every cell is integral, FP64 if every
 * cell is a number or empty (missing), else BYTES. A schema's kind narrows this. Numbers with
 * leading zeros are codes, not numbers.
 */
final class CsvColumn {

  private static final Pattern INTEGRAL = Pattern.compile("-?(0|[1-9]\\d{0,17})");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?((0|[1-9]\\d*)(\\.\\d*)?|\\.\\d+)([eE][-+]?\\d+)?");
  private static final Pattern MISSING = Pattern.compile("|[nN][aA][nN]");
  private static final Pattern BOOLEAN = Pattern.compile("(?i)true|false|0|1");

  /** So many distinct texts share one string. */
  private static final int SHARED_MAX = 10_000;

  private final int number;
  private final Optional<Feature> feature;
  private final List<String> cells = new ArrayList<>();
  private final Map<String, String> shared = new HashMap<>();
  private boolean integral = true;
  private boolean numeric = true;
  private boolean anyNumber;

  /**
   * @param number from 1, for messages
   */
  CsvColumn(int number, Optional<Feature> feature) {
    this.number = number;
    this.feature = feature;
  }

  int number() {
    return number;
  }

  void add(String cell, long line) {
    FeatureKind kind = feature.map(Feature::kind).orElse(FeatureKind.CONSTANT);
    String bare = cell.strip();
    boolean isIntegral = INTEGRAL.matcher(bare).matches();
    boolean isNumber = isIntegral || isFiniteNumber(bare);
    boolean isMissing = MISSING.matcher(bare).matches();
    if (kind == FeatureKind.NUMERIC && !isNumber && !isMissing) {
      throw CsvReader.fault(line, number, "a number", "a text");
    }
    if (kind == FeatureKind.BOOLEAN && !BOOLEAN.matcher(bare).matches()) {
      throw CsvReader.fault(line, number, "true, false, 0 or 1", "another text");
    }
    integral &= isIntegral;
    numeric &= isNumber || isMissing;
    anyNumber |= isNumber;
    String known = shared.get(cell);
    if (known == null) {
      known = cell;
      if (shared.size() < SHARED_MAX) {
        shared.put(cell, cell);
      }
    }
    cells.add(known);
  }

  private static boolean isFiniteNumber(String bare) {
    return NUMBER.matcher(bare).matches() && Double.isFinite(Double.parseDouble(bare));
  }

  Tensor tensor() {
    List<Integer> shape = List.of(cells.size());
    return switch (type()) {
      case BOOL -> new IntegerTensor(DataType.BOOL, shape, booleans());
      case INT64 -> {
        long[] values = cells.stream().mapToLong(c -> Long.parseLong(c.strip())).toArray();
        yield new IntegerTensor(DataType.INT64, shape, values);
      }
      case FP64 -> {
        double[] values = cells.stream().mapToDouble(CsvColumn::real).toArray();
        yield new DoubleTensor(DataType.FP64, shape, values);
      }
      default -> {
        byte[][] values = new byte[cells.size()][];
        for (int i = 0; i < values.length; i++) {
          values[i] = cells.get(i).getBytes(StandardCharsets.UTF_8);
        }
        yield new BytesTensor(shape, values);
      }
    };
  }

  private DataType type() {
    FeatureKind kind = feature.map(Feature::kind).orElse(FeatureKind.CONSTANT);
    return switch (kind) {
      case BOOLEAN -> DataType.BOOL;
      case TEXT, OPAQUE -> DataType.BYTES;
      case CATEGORICAL -> integral ? DataType.INT64 : DataType.BYTES;
      case NUMERIC -> integral ? DataType.INT64 : DataType.FP64;
      case CONSTANT -> inferred();
    };
  }

  private DataType inferred() {
    if (integral) {
      return DataType.INT64;
    }
    return numeric && anyNumber ? DataType.FP64 : DataType.BYTES;
  }

  private long[] booleans() {
    return cells.stream()
        .mapToLong(c -> c.strip().equals("1") || c.strip().equalsIgnoreCase("true") ? 1 : 0)
        .toArray();
  }

  private static double real(String cell) {
    String bare = cell.strip();
    return MISSING.matcher(bare).matches() ? Double.NaN : Double.parseDouble(bare);
  }
}
