package dev.sidelight.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class V2CodecTest {

  private static final String ONE =
      "{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,-2]}";

  private final V2Codec codec = new V2Codec(CodecLimits.defaults());

  private InferenceRequest decode(String json) {
    return codec.decodeRequest(Body.json(json.getBytes(StandardCharsets.UTF_8)));
  }

  private Instances answer(String json) {
    return codec.decodeResponse(Body.json(json.getBytes(StandardCharsets.UTF_8)));
  }

  private String again(InferenceRequest request, String id, boolean synthetic) {
    byte[] body = codec.encodeRequest(request.instances(), request.envelope(), id, synthetic);
    return new String(body, StandardCharsets.UTF_8);
  }

  @Test
  void decode_everyPlaceARequestHas_isReadAndWrittenAgain() {
    String json =
        "{\"id\":\"7\",\"parameters\":{\"content_type\":\"pd\",\"deep\":{\"a\":[1,null]}},"
            + "\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\","
            + "\"parameters\":{\"content_type\":\"np\"},\"data\":[0.1,-2.0]}],"
            + "\"outputs\":[{\"name\":\"predict_proba\",\"parameters\":{\"classification\":2}}]}";

    InferenceRequest request = decode(json);

    assertThat(request.id()).isEqualTo("7");
    assertThat(request.explainParameters()).isEmpty();
    assertThat(again(request, "7", false)).isEqualTo(json);
  }

  @Test
  void encode_synthetic_setsTheMarksBesideTheModelsOwnParameters() {
    InferenceRequest request =
        decode(
            "{\"parameters\":{\"p\":1,\"explain_parameters\":{\"seed\":3}},\"inputs\":["
                + ONE
                + "]}");

    assertThat(request.explainParameters()).isEqualTo(Map.of("seed", 3L));
    assertThat(again(request, "", true))
        .contains(
            "\"p\":1",
            "\"sidelight_synthetic\":true",
            "\"bias-ignore\":\"true\"",
            "\"bias_ignore\":\"true\"")
        .doesNotContain("explain_parameters", "\"id\"");
  }

  @Test
  void decode_dataBeforeTypeAndShapeAndNested_isTheSame() {
    String turned =
        "{\"inputs\":[{\"data\":[[1],[-2]],\"parameters\":null,\"datatype\":\"FP32\","
            + "\"shape\":[1,2],\"name\":\"x\"}],\"id\":null,\"parameters\":null,\"outputs\":null}";

    InferenceRequest request = decode(turned);

    assertThat(request.instances()).isEqualTo(decode("{\"inputs\":[" + ONE + "]}").instances());
    assertThat(request.envelope()).isEqualTo(decode("{\"inputs\":[" + ONE + "]}").envelope());
  }

  @Test
  void decode_64BitIntegers_surviveExactly() {
    Instances rows =
        decode(
                "{\"inputs\":[{\"name\":\"s\",\"shape\":[3],\"datatype\":\"INT64\",\"data\":"
                    + "[9007199254740993,-9223372036854775808,9223372036854775807]},"
                    + "{\"name\":\"u\",\"shape\":[3],\"datatype\":\"UINT64\",\"data\":"
                    + "[18446744073709551615,0,9007199254740993]}]}")
            .instances();

    assertThat(((IntegerTensor) rows.tensors().get(0).tensor()).values())
        .containsExactly(9007199254740993L, Long.MIN_VALUE, Long.MAX_VALUE);
    assertThat(rows.tensors().get(1).tensor().text(0, 0)).isEqualTo("18446744073709551615");
  }

  @Test
  void decode_nullInFloats_isNaNAndStaysNull() {
    InferenceRequest request =
        decode(
            "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP64\","
                + "\"data\":[null,0.1]}]}");

    assertThat(request.instances().tensors().get(0).tensor().number(0, 0)).isNaN();
    assertThat(again(request, "", false)).contains("\"data\":[null,0.1]");
  }

  @Test
  void decode_halfPrecision_isRoundedToTheWireType() {
    FloatTensor half =
        (FloatTensor)
            decode(
                    "{\"inputs\":[{\"name\":\"x\",\"shape\":[2],\"datatype\":\"FP16\","
                        + "\"data\":[0.1,65504]}]}")
                .instances()
                .tensors()
                .get(0)
                .tensor();

    assertThat(half.values()).containsExactly(0.099975586f, 65504f);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[-1,30];FP32;[1];shape_negative;/inputs/0/shape/0",
        "[0,30];FP32;[1];shape_zero;/inputs/0/shape",
        "[];FP32;[1];shape_mismatch;/inputs/0/shape",
        "[65536,65536,65536];FP32;[1];shape_overflow;/inputs/0/shape",
        "[1,4294967296,4294967296];FP32;[1];shape_overflow;/inputs/0/shape",
        "[1,99999999999999999999];FP32;[1];shape_overflow;/inputs/0/shape",
        "[1000000000,1];FP32;[1];rows_too_many;/inputs/0/shape",
        "[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1];FP32;[1];rank_too_high;/inputs/0/shape",
        "[1,1.5];FP32;[1];value_type;/inputs/0/shape/1",
        "[3];FP32;[1];shape_mismatch;/inputs/0/data",
        "[1];FP33;[1];datatype_unknown;/inputs/0/datatype",
        "[1];BF16;[1];datatype_unsupported;/inputs/0/datatype",
        "[1,2];INT64;[1,1.5];value_not_integral;/inputs/0/data/1",
        "[1];INT8;[300];value_out_of_range;/inputs/0/data/0",
        "[1];UINT8;[-1];value_out_of_range;/inputs/0/data/0",
        "[1];INT64;[9223372036854775808];value_out_of_range;/inputs/0/data/0",
        "[1];UINT64;[18446744073709551616];value_out_of_range;/inputs/0/data/0",
        "[1];INT64;[null];value_type;/inputs/0/data/0",
        "[1];INT64;[\"1\"];value_type;/inputs/0/data/0",
        "[1];BYTES;[1];value_type;/inputs/0/data/0",
        "[1];BOOL;[2];value_out_of_range;/inputs/0/data/0",
        "[1,2];FP32;[1,NaN];number_not_finite;/inputs/0/data/1",
        "[1,2];FP32;[[1,1e39]];number_not_finite;/inputs/0/data/0/1",
        "[1];FP16;[65520];number_not_finite;/inputs/0/data/0",
        "[1];FP64;[1e999999999];number_not_finite;/inputs/0/data/0"
      })
  void decode_badTensor_saysWhereAndWhy(
      String shape, String type, String data, String code, String pointer) {
    String[] orders = {
      "{\"inputs\":[{\"name\":\"x\",\"shape\":%s,\"datatype\":\"%s\",\"data\":%s}]}",
      "{\"inputs\":[{\"data\":%3$s,\"shape\":%1$s,\"datatype\":\"%2$s\",\"name\":\"x\"}]}"
    };
    for (String order : orders) {
      CodecException fault = Faults.of(() -> decode(order.formatted(shape, type, data)));

      assertThat(fault.code()).isEqualTo(code);
      assertThat(fault.pointer()).isEqualTo(pointer);
    }
  }

  @Test
  void decode_29ValuesFor30_namesBothCounts() {
    String data = "1,".repeat(28) + "1";

    CodecException fault =
        Faults.of(
            () ->
                decode(
                    "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,30],\"datatype\":\"FP32\",\"data\":["
                        + data
                        + "]}]}"));

    assertThat(fault.code()).isEqualTo("shape_mismatch");
    assertThat(fault.pointer()).isEqualTo("/inputs/0/data");
    assertThat(fault.expected()).isEqualTo("30");
    assertThat(fault.found()).isEqualTo("29");
    assertThat(fault).hasMessage("inputs[0] has shape [1, 30] but 29 values");
  }

  @Test
  void decode_tensorsThatDisagree_areRefused() {
    String two = "{\"name\":\"y\",\"shape\":[2],\"datatype\":\"FP32\",\"data\":[1,2]}";

    assertThat(Faults.of(() -> decode("{\"inputs\":[" + ONE + "," + two + "]}")).code())
        .isEqualTo("rows_mismatch");
    assertThat(Faults.of(() -> decode("{\"inputs\":[" + ONE + "," + ONE + "]}")).code())
        .isEqualTo("name_duplicate");
    assertThat(Faults.of(() -> decode("{\"inputs\":[]}")).code()).isEqualTo("member_missing");
    assertThat(Faults.of(() -> decode("{\"inputs\":{}}")).code()).isEqualTo("value_type");
    assertThat(Faults.of(() -> decode("[]")).code()).isEqualTo("value_type");
  }

  @Test
  void decodeResponse_mlserverKserveAndTritonShapes_areRead() {
    Instances mlserver =
        answer(
            "{\"model_name\":\"m\",\"model_version\":null,\"id\":\"a\",\"parameters\":{},"
                + "\"outputs\":[{\"name\":\"predict\",\"shape\":[3,1],\"datatype\":\"INT64\","
                + "\"parameters\":{\"content_type\":\"np\"},\"data\":[0,1,0]}]}");
    Instances kserve =
        answer(
            "{\"model_name\":\"m\",\"id\":\"a\",\"parameters\":null,\"outputs\":[{\"name\":"
                + "\"output-0\",\"shape\":[3],\"datatype\":\"FP32\",\"parameters\":null,"
                + "\"data\":[0.10000000149011612,1,NaN]}]}");
    Instances triton =
        answer(
            "{\"id\":\"a\",\"model_name\":\"m\",\"model_version\":\"1\",\"outputs\":[{\"name\":"
                + "\"label\",\"datatype\":\"BYTES\",\"shape\":[1,1],\"data\":[\"0.988282:0\"]}]}");

    assertThat(mlserver.tensors().get(0).tensor()).hasToString("INT64[3, 1]");
    Tensor scores = kserve.tensors().get(0).tensor();
    assertThat(((FloatTensor) scores).value(0, 0)).isEqualTo(0.1f);
    assertThat(scores.number(2, 0)).isNaN();
    assertThat(triton.tensors().get(0).tensor())
        .isEqualTo(new BytesTensor(List.of(1, 1), BytesTensor.ofText("0.988282:0").values()));
  }

  @Test
  void decode_everyDatatypeWord_exceptBf16() {
    for (DataType type : DataType.values()) {
      if (type == DataType.BF16) {
        continue;
      }
      String value = type == DataType.BYTES ? "\"a\"" : type == DataType.BOOL ? "true" : "1";
      Instances rows =
          decode(
                  "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"%s\",\"data\":[%s]}]}"
                      .formatted(type, value))
              .instances();
      assertThat(rows.tensors().get(0).tensor().type()).isEqualTo(type);
    }
  }

  /** A list in the id's place once made its own members those of the request. */
  @Test
  void decode_idIsNoText_isRefusedThere() {
    for (String id : List.of("[]", "{}", "{\"inputs\":[" + ONE + "]}", "[\"x\"]")) {
      CodecException fault =
          Faults.of(() -> decode("{\"id\":" + id + ",\"inputs\":[" + ONE + "]}"));
      assertThat(fault.code()).isEqualTo("value_type");
      assertThat(fault.pointer()).isEqualTo("/id");
    }
    assertThat(decode("{\"id\":42,\"inputs\":[" + ONE + "]}").id()).isEqualTo("42");
  }
}
