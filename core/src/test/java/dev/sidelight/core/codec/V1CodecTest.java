package dev.sidelight.core.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class V1CodecTest {

  private final V1Codec codec = new V1Codec(CodecLimits.defaults());

  private InferenceRequest decode(String json) {
    return codec.decodeRequest(Body.json(json.getBytes(StandardCharsets.UTF_8)));
  }

  private Instances answer(String json) {
    return codec.decodeResponse(Body.json(json.getBytes(StandardCharsets.UTF_8)));
  }

  private String again(InferenceRequest request) {
    byte[] body = codec.encodeRequest(request.instances(), request.envelope(), "id", true);
    return new String(body, StandardCharsets.UTF_8);
  }

  private static Tensor only(Instances rows) {
    assertThat(rows.tensors()).hasSize(1);
    return rows.tensors().get(0).tensor();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"instances\":[1,2,3]}",
        "{\"instances\":[1.5,2.0,3.25]}",
        "{\"instances\":[\"a\",\"é<\",\"\"]}",
        "{\"instances\":[true,false]}",
        "{\"instances\":[[1,\"x\",2.5,true],[2,\"y\",3.5,false]]}",
        "{\"instances\":[[[1,2,3],[4,5,6]],[[7,8,9],[10,11,12]]]}",
        "{\"instances\":[[[[1.5],[2.5]]]]}",
        "{\"instances\":[[1,[2.5,3.5],\"a\"],[4,[5.5,6.5],\"b\"]]}",
        "{\"instances\":[[[1,2],[3]],[[4,5],[6]]]}",
        "{\"instances\":[{\"age\":1,\"name\":\"x\",\"v\":[1.5,2.5]},{\"age\":2,\"name\":\"y\",\"v\":[3.5,4.5]}]}",
        "{\"instances\":[{\"b64\":\"AAH/\"},{\"b64\":\"\"}]}",
        "{\"instances\":[{\"img\":{\"b64\":\"AAH/\"},\"k\":1}]}",
        "{\"signature_name\":\"serving\",\"x\":{\"a\":[1,null]},\"instances\":[1]}",
        "{\"instances\":[9223372036854775807,-9223372036854775808]}",
        "{\"instances\":[18446744073709551615,0]}",
        "{\"instances\":[null,1.5]}",
        "{\"instances\":[[1.5,null],[null,2.5]]}"
      })
  void encode_whatWasDecoded_isTheSameBody(String json) {
    assertThat(again(decode(json))).isEqualTo(json);
  }

  @Test
  void decode_listRows_oneTensorPerPosition() {
    Instances rows = decode("{\"instances\":[[1,\"a\",2],[2,\"b\",2.5]]}").instances();

    assertThat(rows.rows()).isEqualTo(2);
    assertThat(rows.tensors())
        .extracting(t -> t.name() + " " + t.tensor())
        .containsExactly("f0 INT64[2]", "f1 BYTES[2]", "f2 FP64[2]");
    assertThat(rows.tensors().get(2).tensor().number(0, 0)).isEqualTo(2.0);
  }

  @Test
  void decode_numbersAroundTheEdgesOfALong_chooseTheWidestExactType() {
    assertThat(only(decode("{\"instances\":[1,18446744073709551615]}").instances()).type())
        .isEqualTo(DataType.UINT64);
    Tensor wide = only(decode("{\"instances\":[-1,18446744073709551615]}").instances());
    assertThat(wide.type()).isEqualTo(DataType.FP64);
    assertThat(wide.number(1, 0)).isEqualTo(0x1p64);
    Tensor big = only(decode("{\"instances\":[18446744073709551615,0.5]}").instances());
    assertThat(big.number(0, 0)).isEqualTo(0x1p64);
    assertThat(only(decode("{\"instances\":[123456789012345678901234]}").instances()).type())
        .isEqualTo(DataType.FP64);
    IntegerTensor exact =
        (IntegerTensor) only(decode("{\"instances\":[9007199254740993]}").instances());
    assertThat(exact.value(0, 0)).isEqualTo(9007199254740993L);
  }

  @Test
  void decode_objectRowsWithKeysInAnotherOrder_goByName() {
    Instances rows = decode("{\"instances\":[{\"a\":1,\"b\":2},{\"b\":4,\"a\":3}]}").instances();

    assertThat(rows.tensor("a").orElseThrow().number(1, 0)).isEqualTo(3);
    assertThat(rows.tensor("b").orElseThrow().number(1, 0)).isEqualTo(4);
  }

  @Test
  void decode_explainParameters_laterPlaceWinsAndNothingIsSentOn() {
    InferenceRequest request =
        decode(
            "{\"parameters\":{\"seed\":1,\"explain_parameters\":{\"seed\":2,\"names\":[\"a\"]},"
                + "\"p\":0.5,\"none\":null},\"instances\":[1]}");

    assertThat(request.explainParameters())
        .isEqualTo(Map.of("seed", 2L, "p", 0.5, "names", List.of("a")));
    assertThat(again(request)).isEqualTo("{\"instances\":[1]}");
  }

  @Test
  void envelope_otherRowsSameQuestion_isEqual() {
    Envelope one = decode("{\"instances\":[[1,2.5]],\"signature_name\":\"s\"}").envelope();

    assertThat(decode("{\"signature_name\":\"s\",\"instances\":[[7,8.5],[1,1.5]]}").envelope())
        .isEqualTo(one);
    assertThat(decode("{\"signature_name\":\"t\",\"instances\":[[1,2.5]]}").envelope())
        .isNotEqualTo(one);
    assertThat(decode("{\"signature_name\":\"s\",\"instances\":[[1.5,2.5]]}").envelope())
        .isNotEqualTo(one);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{};member_missing;/instances",
        "{\"instances\":{}};value_type;/instances",
        "{\"instances\":[]};shape_zero;/instances",
        "{\"instances\":[[]]};shape_zero;/instances/0",
        "{\"instances\":[[1,2],[1]]};shape_mismatch;/instances/1",
        "{\"instances\":[[1],[1,2]]};shape_mismatch;/instances/1",
        "{\"instances\":[[[1,2]],[[1,2,3]]]};shape_mismatch;/instances/1/0",
        "{\"instances\":[[1,[2]],[1,2]]};shape_mismatch;/instances/1/1",
        "{\"instances\":[1,[2]]};shape_mismatch;/instances/1",
        "{\"instances\":[1,\"a\"]};value_mixed;/instances/1",
        "{\"instances\":[\"a\",null]};value_mixed;/instances/1",
        "{\"instances\":[[1],[true]]};value_mixed;/instances/1/0",
        "{\"instances\":[{\"a\":1},{\"b\":1}]};shape_mismatch;/instances/1",
        "{\"instances\":[{\"a\":1,\"b\":2},{\"b\":1}]};shape_mismatch;/instances/1",
        "{\"instances\":[{\"a/b\":{\"c\":1}}]};value_type;/instances/0/a~1b",
        "{\"instances\":[{\"b64\":\"*\"}]};base64_invalid;/instances/0",
        "{\"instances\":[[1,NaN]]};number_not_finite;/instances/0/1",
        "{\"instances\":[[1e999]]};number_not_finite;/instances/0/0"
      })
  void decode_badRows_saysWhereAndWhy(String json, String code, String pointer) {
    assertThatThrownBy(() -> decode(json))
        .isInstanceOfSatisfying(
            CodecException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(e.pointer()).isEqualTo(pointer);
            });
  }

  @Test
  void decodeResponse_scalarsListsLabelsAndObjects() {
    assertThat(only(answer("{\"predictions\":[0,1,1]}")))
        .isEqualTo(new IntegerTensor(DataType.INT64, List.of(3), new long[] {0, 1, 1}));
    Tensor scores = only(answer("{\"predictions\":[[0,0.5],[1,0]],\"model\":\"x\"}"));
    assertThat(scores).hasToString("FP64[2, 2]");
    assertThat(scores.number(1, 0)).isEqualTo(1);
    assertThat(only(answer("{\"predictions\":[\"yes\",\"no\"]}"))).hasToString("BYTES[2]");
    assertThat(answer("{\"predictions\":[{\"label\":\"a\",\"p\":[0.1,0.9]}]}").tensors())
        .extracting(t -> t.name() + " " + t.tensor())
        .containsExactly("label BYTES[1]", "p FP64[1, 2]");
    assertThat(answer("{\"predictions\":[[\"a\",0.5]]}").tensors())
        .extracting(t -> t.name() + " " + t.tensor())
        .containsExactly("predictions_0 BYTES[1]", "predictions_1 FP64[1]");
  }

  @Test
  void decodeResponse_notFinite_isNaN() {
    Tensor scores = only(answer("{\"predictions\":[NaN,Infinity,-Infinity,1e999,null,0.5]}"));

    for (int r = 0; r < 5; r++) {
      assertThat(scores.number(r, 0)).isNaN();
    }
    assertThat(scores.number(5, 0)).isEqualTo(0.5);
  }

  /** Each position of a row becomes a tensor: a short text must not become a large heap. */
  @Test
  void decode_rowOfVeryManyValues_isRefused() {
    String row = "1,".repeat(16_383) + "1";

    assertThat(decode("{\"instances\":[[" + row + "]]}").instances().width()).isEqualTo(16_384);
    CodecException fault = Faults.of(() -> decode("{\"instances\":[[" + row + ",1]]}"));
    assertThat(fault.code()).isEqualTo("too_many_tensors");
    assertThat(fault.pointer()).isEqualTo("/instances/0");
  }
}
