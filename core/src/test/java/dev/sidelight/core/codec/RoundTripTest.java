package dev.sidelight.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.DoubleTensor;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Signature;
import dev.sidelight.core.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What is encoded is decoded equal: every type, rank and layout. */
class RoundTripTest {

  private static final String[] TEXTS = {"", "a", "é€😀", "\"\\\n\u0001", "</script>", "null"};

  @Property(tries = 400)
  void v2(
      @ForAll DataType type,
      @ForAll @IntRange(min = 1, max = 4) int rank,
      @ForAll @IntRange(min = 1, max = 3) int tensors,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    DataType wire = type == DataType.BF16 ? DataType.FP16 : type; // JSON carries no BF16
    int rows = 1 + random.nextInt(4);
    List<NamedTensor> named = new ArrayList<>();
    for (int i = 0; i < tensors; i++) {
      named.add(new NamedTensor("t" + i, tensor(wire, rows, rank, random)));
    }
    Instances before = new Instances(named);
    List<Map<String, String>> none = Collections.nCopies(tensors, Map.of());
    Envelope envelope = new V2Envelope(Signature.of(before), Map.of(), "", none, Map.of(), false);
    V2Codec codec = new V2Codec(CodecLimits.defaults());

    InferenceRequest after =
        codec.decodeRequest(Body.json(codec.encodeRequest(before, envelope, "7", false)));

    assertThat(after.instances()).isEqualTo(before);
    assertThat(after.envelope()).isEqualTo(envelope);
    assertThat(after.id()).isEqualTo("7");
  }

  @Property(tries = 400)
  void v2Raw(
      @ForAll DataType type,
      @ForAll @IntRange(min = 1, max = 4) int rank,
      @ForAll @IntRange(min = 1, max = 3) int tensors,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int rows = 1 + random.nextInt(4);
    List<NamedTensor> named = new ArrayList<>();
    for (int i = 0; i < tensors; i++) {
      named.add(new NamedTensor("t" + i, tensor(type, rows, rank, random)));
    }
    Instances before = new Instances(named);
    List<Map<String, String>> none = Collections.nCopies(tensors, Map.of());
    Envelope envelope = new V2Envelope(Signature.of(before), Map.of(), "", none, Map.of(), true);
    V2Codec codec = new V2Codec(CodecLimits.defaults());

    InferenceRequest after = codec.decodeRequest(codec.encode(before, envelope, "7", false, false));

    assertThat(after.instances()).isEqualTo(before);
    assertThat(after.envelope()).isEqualTo(envelope);
  }

  @Property(tries = 400)
  void v1(
      @ForAll V1Layout.Form form,
      @ForAll @IntRange(min = 1, max = 3) int rank,
      @ForAll @IntRange(min = 1, max = 4) int tensors,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    boolean single = form == V1Layout.Form.SCALAR || form == V1Layout.Form.NESTED;
    int count = single ? 1 : tensors;
    int rows = 1 + random.nextInt(4);
    DataType[] types = {DataType.INT64, DataType.FP64, DataType.BOOL, DataType.BYTES};
    List<NamedTensor> named = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      DataType type = types[random.nextInt(types.length)];
      int own =
          switch (form) {
            case SCALAR -> 1;
            case NESTED -> rank + 2; // lists of lists; flat lists are one tensor per position
            case LIST -> i == 0 ? 1 : rank; // a scalar keeps the lists apart
            case OBJECT -> rank;
          };
      String name = form == V1Layout.Form.NESTED ? "instances" : "f" + i;
      named.add(new NamedTensor(name, tensor(type, rows, own, random)));
    }
    Instances before = new Instances(named);
    V1Layout layout = new V1Layout(form, Collections.nCopies(count, false));
    Envelope envelope = new V1Envelope(Signature.of(before), layout, Map.of("k", "[1]"));
    V1Codec codec = new V1Codec(CodecLimits.defaults());

    InferenceRequest after =
        codec.decodeRequest(Body.json(codec.encodeRequest(before, envelope, "", false)));

    assertThat(after.instances()).isEqualTo(before);
    assertThat(after.envelope()).isEqualTo(envelope);
  }

  private static Tensor tensor(DataType type, int rows, int rank, SplittableRandom random) {
    List<Integer> shape = new ArrayList<>(List.of(rows));
    int size = rows;
    for (int i = 1; i < rank; i++) {
      shape.add(1 + random.nextInt(3));
      size *= shape.get(i);
    }
    return switch (type) {
      case FP64 -> {
        double[] values = new double[size];
        for (int i = 0; i < size; i++) {
          double value = Double.longBitsToDouble(random.nextLong());
          values[i] = Double.isFinite(value) ? value : 0.1;
        }
        yield new DoubleTensor(type, shape, values);
      }
      case FP32, FP16, BF16 -> {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
          float value =
              switch (type) {
                case FP16 -> Float.float16ToFloat((short) random.nextInt());
                case BF16 -> Float.intBitsToFloat(random.nextInt() << 16);
                default -> Float.intBitsToFloat(random.nextInt());
              };
          values[i] = Float.isFinite(value) ? value : 0.5f;
        }
        yield new FloatTensor(type, shape, values);
      }
      case BYTES -> {
        byte[][] values = new byte[size][];
        for (int i = 0; i < size; i++) {
          values[i] = TEXTS[random.nextInt(TEXTS.length)].getBytes(StandardCharsets.UTF_8);
        }
        yield new BytesTensor(shape, values);
      }
      default -> {
        int bits = type == DataType.BOOL ? 1 : 8 * type.bytes();
        boolean signed = type.name().startsWith("INT");
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
          long value = random.nextLong();
          values[i] =
              signed ? value >> (64 - bits) : bits == 64 ? value : value & ((1L << bits) - 1);
        }
        yield new IntegerTensor(type, shape, values);
      }
    };
  }
}
