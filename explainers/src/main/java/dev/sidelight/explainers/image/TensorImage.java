package dev.sidelight.explainers.image;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.Signature;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.image.ImageSettings.Layout;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** Pixels as numbers of a tensor. What is not hidden keeps its wire value. */
final class TensorImage implements ImageForm {

  private final Instances row;
  private final int at;
  private final Tensor tensor;
  private final Axes axes;
  private final Pixels pixels;

  /** Where pixels and channels are; one of the three layouts. */
  record Axes(Layout layout, int height, int width, int channels) {

    /** Empty where the shape cannot be an image of this layout. */
    static Optional<Axes> of(List<Integer> shape, Layout layout) {
      List<Integer> axes = new ArrayList<>(shape.subList(1, shape.size()));
      while (axes.size() > 3 && axes.get(0) == 1) {
        axes.remove(0);
      }
      if (axes.size() == 2 && (layout == Layout.AUTO || layout == Layout.HW)) {
        return Optional.of(new Axes(Layout.HW, axes.get(0), axes.get(1), 1));
      }
      if (axes.size() == 3 && (layout == Layout.HWC || channelsLast(axes, layout))) {
        return Optional.of(new Axes(Layout.HWC, axes.get(0), axes.get(1), axes.get(2)));
      }
      if (axes.size() == 3 && (layout == Layout.CHW || channelsFirst(axes, layout))) {
        return Optional.of(new Axes(Layout.CHW, axes.get(1), axes.get(2), axes.get(0)));
      }
      return Optional.empty();
    }

    private static boolean channelsLast(List<Integer> axes, Layout layout) {
      return layout == Layout.AUTO && isChannels(axes.get(2));
    }

    private static boolean channelsFirst(List<Integer> axes, Layout layout) {
      return layout == Layout.AUTO && !isChannels(axes.get(2)) && isChannels(axes.get(0));
    }

    private static boolean isChannels(int length) {
      return length == 1 || length == 3 || length == 4;
    }

    int column(int pixel, int channel) {
      return layout == Layout.CHW ? channel * height * width + pixel : pixel * channels + channel;
    }
  }

  TensorImage(Instances row, int at, Axes axes) {
    this.row = row;
    this.at = at;
    this.tensor = row.tensors().get(at).tensor();
    this.axes = axes;
    if ((long) axes.height() * axes.width() > PIXELS_MAX) {
      throw new ExplainException(
          "explain_too_large",
          pointer(),
          "an image has at most %d pixels, this one %d x %d"
              .formatted(PIXELS_MAX, axes.height(), axes.width()));
    }
    this.pixels = read();
  }

  private String pointer() {
    return "/inputs/%d/data".formatted(at);
  }

  private Pixels read() {
    float[] values = new float[tensor.width()];
    for (int p = 0; p < axes.height() * axes.width(); p++) {
      for (int c = 0; c < axes.channels(); c++) {
        float value = (float) tensor.number(0, axes.column(p, c));
        if (!Float.isFinite(value)) {
          throw new ExplainException("row_unreadable", pointer(), "a pixel is not a finite number");
        }
        values[p * axes.channels() + c] = value;
      }
    }
    return new Pixels(axes.height(), axes.width(), axes.channels(), values);
  }

  @Override
  public Pixels pixels() {
    return pixels;
  }

  @Override
  public Hiding hiding(int[] labels, int segments, ImageSettings.Fill fill) {
    Tensor hidden =
        fill instanceof ImageSettings.Fill.Reference(Instances other)
            ? reference(other)
            : ofFill(ImageForm.fill(pixels, fill));
    int[] counts = new int[segments];
    for (int label : labels) {
      counts[label] += axes.channels();
    }
    int[][] columns = new int[segments][];
    for (int s = 0; s < segments; s++) {
      columns[s] = new int[counts[s]];
    }
    for (int p = labels.length - 1; p >= 0; p--) {
      for (int c = 0; c < axes.channels(); c++) {
        columns[labels[p]][--counts[labels[p]]] = axes.column(p, c);
      }
    }
    return new Columns(tensor, hidden, columns);
  }

  private Tensor reference(Instances other) {
    if (other.rows() != 1 || !Signature.of(other).equals(Signature.of(row))) {
      throw new ExplainException(
          "parameter_range",
          "/parameters/fill",
          "the reference image must have the size and type of the explained one");
    }
    return other.tensors().get(at).tensor();
  }

  /** The fill in the tensor's own type: nearest value it can hold. */
  private Tensor ofFill(float[] fill) {
    float[] values = new float[fill.length];
    for (int p = 0; p < axes.height() * axes.width(); p++) {
      for (int c = 0; c < axes.channels(); c++) {
        values[axes.column(p, c)] = fill[p * axes.channels() + c];
      }
    }
    return switch (tensor) {
      case IntegerTensor t -> {
        long[] whole = new long[values.length];
        for (int i = 0; i < whole.length; i++) {
          whole[i] = Math.round((double) values[i]);
        }
        yield new IntegerTensor(t.type(), t.shape(), whole);
      }
      case FloatTensor t -> {
        for (int i = 0; i < values.length; i++) {
          values[i] = representable(values[i], t.type());
        }
        yield new FloatTensor(t.type(), t.shape(), values);
      }
      case DoubleTensor t -> {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
          wide[i] = values[i];
        }
        yield new DoubleTensor(t.type(), t.shape(), wide);
      }
      case BytesTensor _ -> throw new IllegalStateException("texts are no pixels");
    };
  }

  private static float representable(float value, DataType type) {
    return switch (type) {
      case FP16 -> Float.float16ToFloat(Float.floatToFloat16(value));
      case BF16 -> Float.intBitsToFloat(Float.floatToRawIntBits(value) & 0xffff0000);
      default -> value;
    };
  }

  /**
   * @param columnsOf per segment
   */
  private record Columns(Tensor image, Tensor fill, int[][] columnsOf) implements Hiding {

    @Override
    public boolean isHideable(int segment) {
      for (int column : columnsOf[segment]) {
        if (Double.compare(image.number(0, column), fill.number(0, column)) != 0) {
          return true;
        }
      }
      return false;
    }

    @Override
    public Tensor images(List<BitSet> kept) {
      List<Integer> shape = new ArrayList<>(image.shape());
      shape.set(0, kept.size());
      return switch (image) {
        case IntegerTensor t -> {
          long[] out = new long[Math.multiplyExact(kept.size(), t.width())];
          write(t.values(), ((IntegerTensor) fill).values(), out, kept);
          yield new IntegerTensor(t.type(), shape, out);
        }
        case FloatTensor t -> {
          float[] out = new float[Math.multiplyExact(kept.size(), t.width())];
          write(t.values(), ((FloatTensor) fill).values(), out, kept);
          yield new FloatTensor(t.type(), shape, out);
        }
        case DoubleTensor t -> {
          double[] out = new double[Math.multiplyExact(kept.size(), t.width())];
          write(t.values(), ((DoubleTensor) fill).values(), out, kept);
          yield new DoubleTensor(t.type(), shape, out);
        }
        case BytesTensor _ -> throw new IllegalStateException("texts are no pixels");
      };
    }

    /** Arrays of one primitive type: whole images are copied, then hidden pixels one by one. */
    private void write(Object from, Object hidden, Object out, List<BitSet> kept) {
      int width = image.width();
      for (int i = 0; i < kept.size(); i++) {
        System.arraycopy(from, 0, out, i * width, width);
        for (int s = 0; s < columnsOf.length; s++) {
          if (!kept.get(i).get(s)) {
            hide(columnsOf[s], hidden, out, i * width);
          }
        }
      }
    }

    private static void hide(int[] columns, Object hidden, Object out, int offset) {
      switch (out) {
        case long[] whole -> {
          for (int column : columns) {
            whole[offset + column] = ((long[]) hidden)[column];
          }
        }
        case float[] real -> {
          for (int column : columns) {
            real[offset + column] = ((float[]) hidden)[column];
          }
        }
        case double[] real -> {
          for (int column : columns) {
            real[offset + column] = ((double[]) hidden)[column];
          }
        }
        default -> throw new IllegalStateException("no array of numbers");
      }
    }

    @Override
    public long imageBytes() {
      return (image instanceof FloatTensor ? 4L : 8L) * 2 * image.width();
    }
  }
}
