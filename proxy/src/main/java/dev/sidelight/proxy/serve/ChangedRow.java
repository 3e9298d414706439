package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A row with some of its values as somebody typed them. The wire types stay. */
final class ChangedRow {

  private ChangedRow() {}

  /**
   * @param row one row
   * @param changes text by column
   * @throws ServeException {@code parameter_range} for a text that is no value of its column
   */
  static Instances of(Instances row, Map<Integer, String> changes) {
    List<NamedTensor> tensors = new ArrayList<>();
    int first = 0;
    for (NamedTensor named : row.tensors()) {
      Tensor tensor = named.tensor();
      for (int c = 0; c < tensor.width(); c++) {
        String text = changes.get(first + c);
        if (text != null) {
          tensor = changed(tensor, c, text);
        }
      }
      first += tensor.width();
      tensors.add(new NamedTensor(named.name(), tensor));
    }
    return new Instances(tensors);
  }

  private static Tensor changed(Tensor tensor, int column, String text) {
    try {
      return switch (tensor) {
        case BytesTensor bytes -> {
          byte[][] values = bytes.values().clone();
          values[column] = text.getBytes(StandardCharsets.UTF_8);
          yield new BytesTensor(bytes.shape(), values);
        }
        case DoubleTensor doubles -> {
          double[] values = doubles.values().clone();
          values[column] = Double.parseDouble(text.strip());
          yield new DoubleTensor(doubles.type(), doubles.shape(), values);
        }
        case FloatTensor floats -> {
          float[] values = floats.values().clone();
          values[column] = Float.parseFloat(text.strip());
          yield new FloatTensor(floats.type(), floats.shape(), values);
        }
        case IntegerTensor whole -> {
          long[] values = whole.values().clone();
          values[column] = whole(text.strip());
          yield new IntegerTensor(whole.type(), whole.shape(), values);
        }
      };
    } catch (NumberFormatException e) {
      throw ServeException.of("parameter_range", "'" + text + "' is no number")
          .at("/column/" + column, "a value of type " + tensor.type(), "another text");
    }
  }

  private static long whole(String text) {
    return switch (text) {
      case "true" -> 1;
      case "false" -> 0;
      default -> Long.parseLong(text);
    };
  }
}
