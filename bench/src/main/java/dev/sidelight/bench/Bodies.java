package dev.sidelight.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Request and response bodies of a model with 30 numeric features and one output. */
final class Bodies {

  static final int FEATURES = 30;

  private final SplittableRandom random = new SplittableRandom(42);
  private final int rows;

  Bodies(int rows) {
    this.rows = rows;
  }

  byte[] request(String codec) {
    return switch (codec) {
      case "v1" ->
          utf8("{\"instances\":[" + joined(rows, _ -> "[" + numbers(FEATURES) + "]") + "]}");
      case "v2" ->
          utf8(
              "{\"id\":\"a-1\",\"inputs\":[{\"name\":\"x\",\"shape\":[%d,%d],\"datatype\":\"FP32\",\"data\":[%s]}]}"
                  .formatted(rows, FEATURES, numbers(rows * FEATURES)));
      default -> throw new IllegalArgumentException("no such codec: " + codec);
    };
  }

  byte[] response(String codec) {
    return switch (codec) {
      case "v1" -> utf8("{\"predictions\":[" + numbers(rows) + "]}");
      case "v2" ->
          utf8(
              "{\"model_name\":\"m\",\"id\":\"a-1\",\"outputs\":[{\"name\":\"y\",\"shape\":[%d],\"datatype\":\"FP32\",\"data\":[%s]}]}"
                  .formatted(rows, numbers(rows)));
      default -> throw new IllegalArgumentException("no such codec: " + codec);
    };
  }

  private String numbers(int n) {
    return joined(n, _ -> String.format(Locale.ROOT, "%.4f", random.nextDouble(-100, 100)));
  }

  private static String joined(int n, IntFunction<String> part) {
    return IntStream.range(0, n).mapToObj(part).collect(Collectors.joining(","));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
