package dev.sidelight.core.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bodies as servers and clients write them, broken at random in a way that can be repeated.
 * Whatever comes out is a value that survives being written and read again, or a {@link
 * CodecException} whose pointer is one; nothing else, and never for long.
 */
class MutationTest {

  private static final int TRIES = 4_000;
  private static final Pattern POINTER = Pattern.compile("(/([^~/]|~[01])*)*");

  /** Pieces that change what a text means rather than whether it is one. */
  private static final List<String> PIECES =
      List.of(
          "null",
          "NaN",
          "-Infinity",
          "1e999",
          "-0",
          "-1",
          "18446744073709551615",
          "18446744073709551616",
          "9007199254740993",
          "0.1",
          "true",
          "\"\"",
          "\"\\ud800\"",
          "\"é😀\"",
          "[]",
          "{}",
          "[[1],[2,3]]",
          "{\"b64\":\"AAE=\"}",
          "{\"b64\":1}",
          "\"id\":[],",
          "\"data\":[1],",
          "\"parameters\":{\"explain_parameters\":{\"seed\":[null,1]}},",
          "\"shape\":[4294967296,4294967296],",
          "\"datatype\":\"UINT8\",",
          "\"a~b/c\":1,",
          ",",
          ":",
          "]",
          "}",
          "\u0000",
          "\ufeff",
          "\n",
          "\"");

  private static final List<String> REQUESTS =
      List.of(
          "{\"instances\":[[6.8,2.8,4.8,1.4],[6.0,3.4,4.5,1.6]]}",
          "{\"instances\":[{\"age\":39,\"job\":\"a~/b\",\"ok\":true,\"x\":null}],\"k\":[1]}",
          "{\"signature_name\":\"s\",\"instances\":[{\"b64\":\"aGk=\"},{\"b64\":\"\"}]}",
          "{\"instances\":[[[1,2],[3,4]],[[5,6.5],[7,8]]],\"parameters\":{\"seed\":7}}",
          "{\"instances\":[1,9007199254740993,18446744073709551615]}",
          "{\"id\":\"7\",\"inputs\":[{\"name\":\"predict\",\"shape\":[2,2],\"datatype\":\"FP32\","
              + "\"data\":[[1.0,2.5],[3e-3,null]]}],\"outputs\":[{\"name\":\"y\"}]}",
          "{\"parameters\":{\"content_type\":\"pd\"},\"inputs\":[{\"data\":[1,2],\"name\":\"a\","
              + "\"datatype\":\"INT64\",\"shape\":[2,1],\"parameters\":{\"x\":[]}},{\"name\":\"b\","
              + "\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"<=50K\",\"é\\n\"]}]}",
          "{\"id\":null,\"inputs\":[{\"name\":\"t\",\"shape\":[1,3],\"datatype\":\"BOOL\","
              + "\"data\":[true,0,1]}],\"sequence_id\":4}");

  private static final List<String> ANSWERS =
      List.of(
          "{\"predictions\":[0,1,2]}",
          "{\"predictions\":[[0.1,0.9],[NaN,1]]}",
          "{\"predictions\":[{\"label\":\"yes\",\"p\":[0.2,0.8]}],\"model\":{\"v\":[1]}}",
          "{\"model_name\":\"m\",\"model_version\":null,\"id\":\"x\",\"parameters\":{},\"outputs\":["
              + "{\"name\":\"y\",\"shape\":[3,1],\"datatype\":\"INT64\",\"parameters\":null,"
              + "\"data\":[0,1,2]},{\"name\":\"p\",\"datatype\":\"FP64\",\"data\":[0.5,NaN,1e999],"
              + "\"shape\":[3]}]}");

  private static final List<String> RAW =
      List.of(
          "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\",\"parameters\":"
              + "{\"binary_data_size\":8}},{\"name\":\"s\",\"shape\":[1,1],\"datatype\":\"BYTES\","
              + "\"parameters\":{\"binary_data_size\":6}}]}"
              + "\u0000\u0000@@\u0001\u0002\u0003@\u0002\u0000\u0000\u0000ab");

  private static final List<String> SCHEMAS =
      List.of(
          "{\"features\":[{\"name\":\"age\",\"kind\":\"numeric\"},{\"name\":\"job\",\"labels\":[\"a\","
              + "\"b\"]},{\"name\":\"c_1\"},{\"name\":\"c_2\"}],\"groups\":[{\"name\":\"c\",\"members\":"
              + "[\"c_1\",\"c_2\"],\"oneHot\":true}],\"outputs\":[\"<=50K\",\">50K\"],\"immutable\":"
              + "[\"age\"]}");

  private static final List<String> TABLES =
      List.of("age,job,x\n39,\"a, \"\"b\"\"\",1.5\r\n,\"two\nlines\",-2e3\n17,c,nan\n");

  private static final List<String> LINES =
      List.of(
          "[1,\"a\",2.5]\n[2,\"b\",null]\n", "{\"a\":1,\"b\":[1,2]}\n\n{\"a\":2,\"b\":[3,4.5]}\n");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void requests(long seed) {
    everyMutation(REQUESTS, seed, body -> again(new V1Codec(CodecLimits.defaults()), body));
    everyMutation(REQUESTS, seed, body -> again(new V2Codec(CodecLimits.defaults()), body));
  }

  /**
   * The length in front of the raw tensors stays as the sender wrote it, or is as wrong as the
   * rest.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void rawTensors(long seed) {
    SplittableRandom lengths = new SplittableRandom(-seed);
    V2Codec codec = new V2Codec(CodecLimits.defaults());
    int json = RAW.get(0).indexOf("]}") + 2;
    everyMutation(
        RAW,
        seed,
        body -> {
          int told = lengths.nextInt(3) > 0 ? json : lengths.nextInt(-2, body.bytes().length + 3);
          Body raw = new Body(body.bytes(), "application/octet-stream", "", Integer.toString(told));
          InferenceRequest first = codec.decodeRequest(raw);
          byte[] written =
              codec.encodeRequest(first.instances(), first.envelope(), first.id(), false);
          assertThat(codec.decodeRequest(Body.json(written)).instances().rows())
              .isEqualTo(first.instances().rows());
        });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void answers(long seed) {
    everyMutation(ANSWERS, seed, new V1Codec(CodecLimits.defaults())::decodeResponse);
    everyMutation(ANSWERS, seed, new V2Codec(CodecLimits.defaults())::decodeResponse);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void schemas(long seed) {
    everyMutation(
        SCHEMAS,
        seed,
        body -> {
          FeatureSchema schema = SchemaJson.read(body.bytes());
          assertThat(SchemaJson.read(SchemaJson.write(schema))).isEqualTo(schema);
        });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void files(long seed) {
    everyMutation(TABLES, seed, MutationTest::csv);
    everyMutation(LINES, seed, MutationTest::ndjson);
  }

  /** What was understood once is understood the same when we have written it. */
  private static void again(InferenceCodec codec, Body body) {
    InferenceRequest first = codec.decodeRequest(body);
    byte[] written = codec.encodeRequest(first.instances(), first.envelope(), first.id(), false);
    InferenceRequest second = codec.decodeRequest(Body.json(written));
    assertThat(second.instances()).isEqualTo(first.instances());
    assertThat(second.envelope()).isEqualTo(first.envelope());
  }

  private static void csv(Body body) {
    try {
      ReferenceFiles.csv(
          new ByteArrayInputStream(body.bytes()), Optional.empty(), FileLimits.DEFAULTS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void ndjson(Body body) {
    try {
      Instances rows =
          ReferenceFiles.ndjson(
              new ByteArrayInputStream(body.bytes()),
              "v1",
              CodecLimits.defaults(),
              FileLimits.DEFAULTS);
      assertThat(rows.rows()).isPositive();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void everyMutation(List<String> corpus, long seed, Consumer<Body> read) {
    SplittableRandom random = new SplittableRandom(seed);
    for (String text : corpus) {
      byte[] whole = text.getBytes(UTF_8);
      for (int end = 0; end <= whole.length; end++) {
        check(Arrays.copyOf(whole, end), read);
      }
      for (int i = 0; i < TRIES / corpus.size(); i++) {
        byte[] broken = whole;
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
          broken = mutated(broken, random);
        }
        check(broken, read);
      }
    }
  }

  private static byte[] mutated(byte[] from, SplittableRandom random) {
    int at = random.nextInt(from.length + 1);
    int to = Math.min(from.length, at + random.nextInt(12));
    byte[] piece =
        switch (random.nextInt(4)) {
          case 0 -> new byte[0];
          case 1 -> new byte[] {(byte) random.nextInt(256)};
          case 2 -> Arrays.copyOfRange(from, to / 2, to);
          default -> PIECES.get(random.nextInt(PIECES.size())).getBytes(UTF_8);
        };
    int kept = random.nextBoolean() ? at : to; // the piece goes between or instead
    byte[] mutated = Arrays.copyOf(from, at + piece.length + from.length - kept);
    System.arraycopy(piece, 0, mutated, at, piece.length);
    System.arraycopy(from, kept, mutated, at + piece.length, from.length - kept);
    return mutated;
  }

  private static void check(byte[] body, Consumer<Body> read) {
    try {
      read.accept(Body.json(body));
    } catch (CodecException refused) {
      if (refused.code().isEmpty() || !POINTER.matcher(refused.pointer()).matches()) {
        throw new AssertionError(
            "pointer " + refused.pointer() + " of " + new String(body, UTF_8), refused);
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError("for " + new String(body, UTF_8), e);
    }
  }
}
