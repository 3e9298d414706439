package dev.sidelight.core.codec;

import com.fasterxml.jackson.core.JsonToken;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code instances} or {@code predictions}: a list of rows of one layout. */
final class V1Rows {

  /** Tensors and the layout they were read from. */
  record Read(Instances rows, V1Layout layout) {}

  /**
   * Positions of a list per tensor that may be named: each becomes a tensor of some hundred bytes,
   * a hundred times what it takes to write.
   */
  private static final int POSITIONS_PER_TENSOR = 64;

  private final String name;
  private final CodecLimits limits;
  private final boolean answer;
  private final Map<String, V1Column> columns = new LinkedHashMap<>();
  private Optional<V1Layout.Form> form = Optional.empty();
  private int row;

  /**
   * @param name of the member that holds the list
   * @param answer lists of one kind of value become one tensor, and what is not finite becomes NaN
   */
  V1Rows(String name, CodecLimits limits, boolean answer) {
    this.name = name;
    this.limits = limits;
    this.answer = answer;
  }

  /** Reads the current list to its closing bracket. */
  Read read(JsonTokens in) {
    if (in.current() != JsonToken.START_ARRAY) {
      throw JsonNumbers.type(in.current(), "a list", () -> "/" + name);
    }
    for (; in.next() != JsonToken.END_ARRAY; row++) {
      if (row == limits.rowsMax()) {
        throw fault("rows_too_many", "<= " + limits.rowsMax() + " rows", "more rows");
      }
      row(in);
    }
    if (row == 0) {
      throw fault("shape_zero", "at least one row", "an empty list");
    }
    return read();
  }

  private void row(JsonTokens in) {
    switch (in.current()) {
      case START_ARRAY -> list(in);
      case START_OBJECT -> {
        if (in.next() == JsonToken.FIELD_NAME && in.text().equals("b64")) {
          form(V1Layout.Form.SCALAR);
          column("", "").addBase64(in, row);
        } else {
          object(in);
        }
      }
      default -> {
        form(V1Layout.Form.SCALAR);
        column("", "").add(in, row);
      }
    }
  }

  private void list(JsonTokens in) {
    form(V1Layout.Form.LIST);
    long positionsMax = (long) POSITIONS_PER_TENSOR * limits.tensorsMax();
    int position = 0;
    while (in.next() != JsonToken.END_ARRAY) {
      if (position == positionsMax) {
        throw fault("too_many_tensors", "<= " + positionsMax + " values in a row", "more");
      }
      String key = Integer.toString(position++);
      column(key, "/" + key).add(in, row);
    }
    complete(position);
  }

  private void object(JsonTokens in) {
    form(V1Layout.Form.OBJECT);
    int members = 0;
    for (; in.current() != JsonToken.END_OBJECT; in.next()) {
      String key = in.text();
      in.next();
      if (++members > limits.tensorsMax()) {
        throw fault("too_many_tensors", "<= " + limits.tensorsMax() + " names", "more");
      }
      column(key, "/" + JsonObjects.escaped(key)).add(in, row);
    }
    complete(members);
  }

  private void form(V1Layout.Form found) {
    if (form.isEmpty()) {
      form = Optional.of(found);
    } else if (form.get() != found) {
      throw fault("shape_mismatch", "a row like the first one", "another kind of row");
    }
  }

  private V1Column column(String key, String step) {
    V1Column known = columns.get(key);
    if (known != null) {
      return known;
    }
    if (row > 0) {
      throw fault("shape_mismatch", columns.size() + " values as in the first row", "another one");
    }
    V1Column column = new V1Column("/" + name, step, limits, answer);
    columns.put(key, column);
    return column;
  }

  private void complete(int count) {
    if (count == 0) {
      throw fault("shape_zero", "at least one value", "an empty row");
    }
    if (count != columns.size()) {
      throw fault(
          "shape_mismatch", columns.size() + " values as in the first row", count + " values");
    }
  }

  private Read read() {
    List<NamedTensor> tensors = new ArrayList<>(columns.size());
    List<Boolean> base64 = new ArrayList<>(columns.size());
    boolean nested = true;
    long elements = 0;
    for (Map.Entry<String, V1Column> entry : columns.entrySet()) {
      Tensor tensor = entry.getValue().tensor(row);
      tensors.add(new NamedTensor(tensorName(entry.getKey()), tensor));
      base64.add(entry.getValue().isBase64());
      nested &= entry.getValue().rank() > 0;
      elements += (long) row * tensor.width();
    }
    if (elements > limits.elementsMax()) {
      throw fault("too_many_elements", "<= " + limits.elementsMax() + " elements", "more");
    }
    V1Layout.Form found = form.orElseThrow();
    if (found == V1Layout.Form.LIST && (nested || answer) && !base64.contains(true)) {
      Optional<Tensor> merged = V1Merge.merge(tensors);
      if (merged.isPresent()) {
        return new Read(
            Instances.of(name, merged.get()), new V1Layout(V1Layout.Form.NESTED, List.of(false)));
      }
    }
    return new Read(new Instances(tensors), new V1Layout(found, base64));
  }

  /** f0, f1, ... where the request has no names; an answer's own member otherwise. */
  private String tensorName(String key) {
    return switch (form.orElseThrow()) {
      case OBJECT -> key;
      case SCALAR -> answer ? name : "f0";
      default -> (answer ? name + "_" : "f") + key;
    };
  }

  private CodecException fault(String code, String expected, String found) {
    String place = "/" + name + (form.isEmpty() ? "" : "/" + row);
    return new CodecException(
        code,
        place,
        expected,
        found,
        "%s: expected %s, found %s".formatted(place, expected, found));
  }
}
