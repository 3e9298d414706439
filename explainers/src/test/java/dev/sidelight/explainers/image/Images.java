package dev.sidelight.explainers.image;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Synthetic images in every form. */
final class Images {

  private Images() {}

  /** Left half dark, right half light, with a little noise. */
  static Pixels halves(int height, int width, long seed) {
    Random random = new Random(seed);
    float[] values = new float[height * width * 3];
    for (int i = 0; i < values.length; i++) {
      boolean right = i / 3 % width >= width / 2;
      values[i] = (right ? 200 : 40) + random.nextInt(20);
    }
    return new Pixels(height, width, 3, values);
  }

  static Pixels noise(int height, int width, int channels, long seed) {
    Random random = new Random(seed);
    float[] values = new float[height * width * channels];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(256);
    }
    return new Pixels(height, width, channels, values);
  }

  static Instances hwc(Pixels image) {
    long[] values = new long[image.values().length];
    Arrays.setAll(values, i -> (long) image.values()[i]);
    return Instances.of(
        "image",
        new IntegerTensor(
            DataType.UINT8, List.of(1, image.height(), image.width(), image.channels()), values));
  }

  static Instances chw(Pixels image) {
    float[] values = new float[image.values().length];
    for (int i = 0; i < values.length; i++) {
      int pixel = i / image.channels();
      values[i % image.channels() * image.count() + pixel] = image.values()[i] / 255;
    }
    return Instances.of(
        "image",
        new FloatTensor(
            DataType.FP32, List.of(1, image.channels(), image.height(), image.width()), values));
  }

  static BufferedImage picture(Pixels image) {
    int type = image.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage picture = new BufferedImage(image.width(), image.height(), type);
    int[] samples = new int[image.values().length];
    Arrays.setAll(samples, i -> (int) image.values()[i]);
    picture.getRaster().setPixels(0, 0, image.width(), image.height(), samples);
    return picture;
  }

  static byte[] file(BufferedImage picture, String format) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(picture, format, out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Instances element(byte[] bytes) {
    return Instances.of("image", new BytesTensor(List.of(1), new byte[][] {bytes}));
  }

  static BitSet all(int players) {
    BitSet all = new BitSet();
    all.set(0, players);
    return all;
  }

  static BitSet without(int players, int hidden) {
    BitSet kept = all(players);
    kept.clear(hidden);
    return kept;
  }

  /** Segments that are in one piece. */
  static boolean isConnected(int[] labels, int height, int width) {
    int segments = 1 + Arrays.stream(labels).max().orElseThrow();
    boolean[] seen = new boolean[labels.length];
    int pieces = 0;
    for (int start = 0; start < labels.length; start++) {
      if (!seen[start]) {
        pieces++;
        walk(labels, height, width, start, seen);
      }
    }
    return pieces == segments;
  }

  private static void walk(int[] labels, int height, int width, int start, boolean[] seen) {
    int[] stack = new int[4 * labels.length + 1];
    int top = 0;
    stack[top++] = start;
    while (top > 0) {
      int at = stack[--top];
      if (seen[at]) {
        continue;
      }
      seen[at] = true;
      int row = at / width;
      int column = at % width;
      int[] next = {
        row > 0 ? at - width : at,
        row < height - 1 ? at + width : at,
        column > 0 ? at - 1 : at,
        column < width - 1 ? at + 1 : at
      };
      for (int to : next) {
        if (!seen[to] && labels[to] == labels[start]) {
          stack[top++] = to;
        }
      }
    }
  }

  static int segments(int[] labels) {
    return (int) IntStream.of(labels).distinct().count();
  }
}
