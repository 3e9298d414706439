package dev.sidelight.core.codec;

import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.NamedTensor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads reference rows from files: CSV with a header, NDJSON of V1 instances or V2 requests. */
public final class ReferenceFiles {

  private static final int CELL_CHARS_MAX = 1 << 20;

  /** More than any table has; a line of commas alone would be as many cells. */
  static final int COLUMNS_MAX = 1 << 16;

  private ReferenceFiles() {}

  /**
   * One tensor [n] per column, named by the header. Columns and lines count from 1 in messages.
   *
   * @param schema where given, its features are the columns of the answer, in its order, and cells
   *     are parsed by its kinds; the header must name them all and may name more
   * @throws CodecException naming line and column
   */
  public static Instances csv(InputStream in, Optional<FeatureSchema> schema, FileLimits limits)
      throws IOException {
    CsvReader reader =
        new CsvReader(new CountedInput(in, limits.bytesMax()), CELL_CHARS_MAX, COLUMNS_MAX);
    Map<String, Integer> header = header(reader);
    Map<String, CsvColumn> columns = columns(header, schema);
    long rows = 0;
    for (List<String> cells = reader.record(); !cells.isEmpty(); cells = reader.record()) {
      if (cells.size() != header.size()) {
        throw CsvReader.fault(
            reader.line(),
            Math.min(cells.size(), header.size()) + 1,
            header.size() + " cells as in the header",
            cells.size() + " cells");
      }
      if (++rows > limits.rowsMax()) {
        throw tooManyRows(limits);
      }
      for (CsvColumn column : columns.values()) {
        column.add(cells.get(column.number() - 1), reader.line());
      }
    }
    if (rows == 0) {
      throw CsvReader.fault(reader.line(), 1, "at least one row below the header", "none");
    }
    List<NamedTensor> tensors = new ArrayList<>(columns.size());
    columns.forEach((name, column) -> tensors.add(new NamedTensor(name, column.tensor())));
    return new Instances(tensors);
  }

  private static Map<String, Integer> header(CsvReader reader) throws IOException {
    Map<String, Integer> header = new LinkedHashMap<>();
    for (String cell : reader.record()) {
      String name = cell.strip();
      int column = header.size() + 1;
      if (name.isEmpty()) {
        throw CsvReader.fault(reader.line(), column, "a column's name", "nothing");
      }
      if (header.putIfAbsent(name, column) != null) {
        throw CsvReader.fault(reader.line(), column, "every name once", "a name twice");
      }
    }
    if (header.isEmpty()) {
      throw CsvReader.fault(1, 1, "a header", "an empty file");
    }
    return header;
  }

  private static Map<String, CsvColumn> columns(
      Map<String, Integer> header, Optional<FeatureSchema> schema) {
    Map<String, CsvColumn> columns = new LinkedHashMap<>();
    if (schema.isEmpty()) {
      header.forEach((name, number) -> columns.put(name, new CsvColumn(number, Optional.empty())));
      return columns;
    }
    for (Feature feature : schema.get().features()) {
      Integer number = header.get(feature.name());
      if (number == null) {
        throw CsvReader.fault(
            1, header.size() + 1, "a column '" + feature.name() + "' as in the schema", "none");
      }
      columns.put(feature.name(), new CsvColumn(number, Optional.of(feature)));
    }
    return columns;
  }

  /**
   * Rows of one instance ({@code v1}) or one request ({@code v2}) per line; blank lines are
   * skipped. INT64 and FP64 may take turns in a column, which is FP64 then.
   *
   * @throws CodecException naming the line
   */
  public static Instances ndjson(
      InputStream in, String protocol, CodecLimits codec, FileLimits limits) throws IOException {
    InferenceCodec decoder =
        InferenceCodecs.of(protocol, codec)
            .orElseThrow(
                () -> new IllegalArgumentException("no codec for protocol '" + protocol + "'"));
    NdjsonRows rows = new NdjsonRows(decoder, protocol.equals("v1"), limits);
    LineReader lines =
        new LineReader(new CountedInput(in, limits.bytesMax()), codec.bodyBytesMax());
    for (byte[] line = lines.next(); line.length > 0; line = lines.next()) {
      rows.add(line, lines.number());
    }
    return rows.all();
  }

  static CodecException tooManyRows(FileLimits limits) {
    return new CodecException(
        "rows_too_many",
        "",
        "<= " + limits.rowsMax() + " rows",
        "more",
        "the file has more than %d rows".formatted(limits.rowsMax()));
  }
}
