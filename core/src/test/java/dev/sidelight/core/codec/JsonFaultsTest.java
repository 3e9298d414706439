package dev.sidelight.core.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Bodies that are refused for their text, by both codecs alike. */
class JsonFaultsTest {

  private static final CodecLimits LIMITS =
      new CodecLimits(100_000_000, 1 << 20, 100, 64, 64, 100, 20, 4, 16, 50, 10);

  private static CodecException fault(byte[] json) {
    CodecException one = Faults.of(() -> new V1Codec(LIMITS).decodeRequest(Body.json(json)));
    CodecException two = Faults.of(() -> new V2Codec(LIMITS).decodeRequest(Body.json(json)));
    assertThat(one.code()).isEqualTo(two.code());
    assertThat(one.getMessage()).isEqualTo(two.getMessage());
    return one;
  }

  private static CodecException fault(String json) {
    return fault(json.getBytes(UTF_8));
  }

  @Test
  void json100000Deep_isRefusedAtTheFirstLevelTooMany() {
    CodecException deep = fault("{\"a\":" + "[".repeat(100_000));

    assertThat(deep.code()).isEqualTo("json_too_deep");
    assertThat(deep).hasMessage("more than 64 levels of nesting at byte offset 68");
  }

  @Test
  void json64Deep_isRead() {
    String json = "{\"a\":" + "[".repeat(63) + "]".repeat(63) + ",\"instances\":[1]}";

    assertThat(
            new V1Codec(LIMITS).decodeRequest(Body.json(json.getBytes(UTF_8))).instances().rows())
        .isEqualTo(1);
  }

  @Test
  void truncated_namesLineAndColumn() {
    CodecException cut = fault("{\n \"a\": [1,");

    assertThat(cut.code()).isEqualTo("json_syntax");
    assertThat(cut.found()).isEqualTo("line 2, column 10");
  }

  @Test
  void otherBrokenTexts_areSyntaxFaults() {
    for (String json :
        List.of("", " ", "{", "{\"a\"}", "{\"a\":1,}", "{\"a\":01}", "{'a':1}", "{\"a\":1}x")) {
      assertThat(fault(json).code()).as(json).isEqualTo("json_syntax");
    }
    assertThat(fault("{\"instances\":[1]}".getBytes(UTF_16)).code()).isEqualTo("utf8_invalid");
    assertThat(fault("{\u0000}").code()).isEqualTo("json_syntax");
    assertThat(fault("{\"a\":\"\\x\"}").code()).isEqualTo("json_syntax");
    assertThat(fault("{\"a\":\"\u0001\"}").code()).isEqualTo("json_syntax");
  }

  @Test
  void sameNameTwice_atAnyDepth() {
    assertThat(fault("{\"a\":1,\"a\":2}").code()).isEqualTo("json_duplicate_key");
    assertThat(fault("{\"x\":[{\"b\":1,\"\\u0062\":2}]}").code()).isEqualTo("json_duplicate_key");
    CodecException inputs =
        Faults.of(
            () ->
                new V2Codec(LIMITS)
                    .decodeRequest(
                        Body.json(
                            ("{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"FP32\","
                                    + "\"data\":[1]}],\"inputs\":[]}")
                                .getBytes(UTF_8))));
    assertThat(inputs.code()).isEqualTo("json_duplicate_key");
  }

  @Test
  void notUtf8_namesTheOffset() {
    for (String bad :
        List.of(
            "\u00ff",
            "\u00c0\u00af",
            "\u00ed\u00a0\u0080",
            "\u00f4\u0090\u0080\u0080",
            "\u00e2\u0082")) {
      CodecException fault = fault(("{\"a\":\"" + bad + "\"}").getBytes(ISO_8859_1));
      assertThat(fault.code()).isEqualTo("utf8_invalid");
      assertThat(fault.getMessage()).endsWith("byte offset 6");
    }
    for (String lone : List.of("\\ud800", "\\udc00", "\\ud800\\u0041", "\\ud800x")) {
      assertThat(fault("{\"a\":\"" + lone + "\"}").code()).as(lone).isEqualTo("utf8_invalid");
    }
  }

  @Test
  void everyKindOfValidUnicode_isRead() {
    String json = "{\"id\":\"é€😀\\ud83d\\ude00\\u00e9\",\"instances\":[\"é€😀\"]}";

    assertThat(
            new V1Codec(LIMITS)
                .decodeRequest(Body.json(json.getBytes(UTF_8)))
                .instances()
                .tensors()
                .get(0)
                .tensor()
                .text(0, 0))
        .isEqualTo("é€😀");
  }

  @Test
  void longNumbersStringsAndManyNames_areRefused() {
    assertThat(fault("{\"a\":" + "1".repeat(65) + "}").code()).isEqualTo("json_number_too_long");
    assertThat(fault("{\"a\":\"" + "x".repeat(101) + "\"}").code())
        .isEqualTo("json_string_too_long");
    StringBuilder names = new StringBuilder("{");
    for (int i = 0; i < 21; i++) {
      names.append(i == 0 ? "" : ",").append("\"n").append(i).append("\":0");
    }
    assertThat(fault(names + "}").code()).isEqualTo("json_too_many_names");
  }

  @Test
  void manyRowsElementsAndTensors_areRefused() {
    V1Codec v1 = new V1Codec(LIMITS);
    String rows = "{\"instances\":[" + "1,".repeat(10) + "1]}";
    assertThat(Faults.of(() -> v1.decodeRequest(Body.json(rows.getBytes(UTF_8)))).code())
        .isEqualTo("rows_too_many");
    String wide = "{\"instances\":[[" + "1,".repeat(50) + "1]]}";
    assertThat(Faults.of(() -> v1.decodeRequest(Body.json(wide.getBytes(UTF_8)))).code())
        .isEqualTo("too_many_elements");
    String named = "{\"instances\":[{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1}]}";
    assertThat(Faults.of(() -> v1.decodeRequest(Body.json(named.getBytes(UTF_8)))).code())
        .isEqualTo("too_many_tensors");
    V2Codec v2 = new V2Codec(LIMITS);
    String data =
        "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"data\":["
            + "1,".repeat(50)
            + "1],\"shape\":[1,2]}]}";
    assertThat(Faults.of(() -> v2.decodeRequest(Body.json(data.getBytes(UTF_8)))).code())
        .isEqualTo("too_many_elements");
  }

  @Test
  void messagesNeverQuoteTheBody() {
    for (String json :
        List.of("{\"a\":canary}", "{\"instances\":[\"canary\",1]}", "{\"instances\":\"canary\"}")) {
      CodecException fault =
          Faults.of(() -> new V1Codec(LIMITS).decodeRequest(Body.json(json.getBytes(UTF_8))));
      assertThat(fault.getMessage() + fault.found() + fault.expected()).doesNotContain("canary");
    }
  }
}
