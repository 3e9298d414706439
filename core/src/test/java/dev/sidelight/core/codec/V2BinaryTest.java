package dev.sidelight.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.DataType;
import dev.sidelight.core.tensor.FloatTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.IntegerTensor;
import dev.sidelight.core.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The binary tensor data extension of V2. */
class V2BinaryTest {

  /** As Triton's documentation of the extension would have it; 93 bytes. */
  private static final String HEAD =
      "{\"inputs\":[{\"name\":\"x\",\"shape\":[1,2],\"datatype\":\"FP32\","
          + "\"parameters\":{\"binary_data_size\":8}}]}";

  private static final String ONE_MINUS_TWO = "0000803F000000C0";

  private final V2Codec codec = new V2Codec(CodecLimits.defaults());

  private static Body body(String head, String hex, String length) {
    byte[] json = head.getBytes(StandardCharsets.UTF_8);
    byte[] raw = HexFormat.of().parseHex(hex);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(json);
    all.writeBytes(raw);
    return new Body(all.toByteArray(), "application/octet-stream", "", length);
  }

  private static Body body(String head, String hex) {
    int length = head.getBytes(StandardCharsets.UTF_8).length;
    return body(head, hex, Integer.toString(length));
  }

  private static String tensor(String type, String shape, int size) {
    return "{\"name\":\"t%d\",\"shape\":%s,\"datatype\":\"%s\",\"parameters\":{\"binary_data_size\":%d}}"
        .formatted(size, shape, type, size);
  }

  private Tensor only(String type, String shape, String hex) {
    String head = "{\"inputs\":[" + tensor(type, shape, hex.length() / 2) + "]}";
    return codec.decodeRequest(body(head, hex)).instances().tensors().get(0).tensor();
  }

  private CodecException fault(Body body) {
    return Faults.of(() -> codec.decodeRequest(body));
  }

  @Test
  void decode_theHeadOf93Bytes_takesNoOtherLength() {
    assertThat(HEAD).hasSize(93);

    Instances rows = codec.decodeRequest(body(HEAD, ONE_MINUS_TWO)).instances();

    assertThat(rows.tensor("x"))
        .contains(new FloatTensor(DataType.FP32, List.of(1, 2), new float[] {1, -2}));
    assertThat(fault(body(HEAD, ONE_MINUS_TWO, "92")).code()).isEqualTo("json_syntax");
    assertThat(fault(body(HEAD, ONE_MINUS_TWO, "94")).code()).isEqualTo("json_syntax");
    // a blob that begins with a blank could pass for JSON: its size gives it away
    assertThat(fault(body(HEAD, "2000803F000000C0", "94")).code())
        .isEqualTo("binary_size_mismatch");
  }

  @ParameterizedTest
  @CsvSource({
    "BOOL,0100,1,0",
    "UINT8,FF01,255,1",
    "INT8,FF01,-1,1",
    "UINT16,FFFF0100,65535,1",
    "INT16,FFFF0100,-1,1",
    "UINT32,FFFFFFFF01000000,4294967295,1",
    "INT32,FFFFFFFF01000000,-1,1",
    "INT64,0100000000002000FFFFFFFFFFFFFFFF,9007199254740993,-1",
    "UINT64,FFFFFFFFFFFFFFFF0100000000000000,-1,1"
  })
  void decode_integers_areLittleEndianAndWhole(String type, String hex, long one, long two) {
    IntegerTensor tensor = (IntegerTensor) only(type, "[2]", hex);

    assertThat(tensor.value(0, 0)).isEqualTo(one);
    assertThat(tensor.value(1, 0)).isEqualTo(two);
  }

  @Test
  void decode_goldenBytes_areTheOraclesValues() {
    assertThat(only("FP16", "[1]", "FF7B").number(0, 0)).isEqualTo(65504);
    assertThat(only("BF16", "[1]", "803F").number(0, 0)).isEqualTo(1);
    assertThat(only("FP64", "[1]", "9A9999999999B93F").number(0, 0)).isEqualTo(0.1);
    assertThat(only("UINT64", "[1]", "FFFFFFFFFFFFFFFF").text(0, 0))
        .isEqualTo("18446744073709551615");
    assertThat(only("BYTES", "[1]", "020000006162")).isEqualTo(BytesTensor.ofText("ab"));
    assertThat(((BytesTensor) only("BYTES", "[2]", "00000000" + "02000000FFFE")).value(1, 0))
        .containsExactly(0xFF, 0xFE);
  }

  @Test
  void decode_someRawSomeNot_followTheirOwnWords() {
    String json = "{\"name\":\"j\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":[7]}";
    String head =
        "{\"inputs\":[%s,%s,%s]}"
            .formatted(tensor("FP32", "[1,1]", 4), json, tensor("BYTES", "[1]", 6));

    Instances rows = codec.decodeRequest(body(head, "0000803F" + "020000006162")).instances();

    assertThat(rows.tensors().get(0).tensor().number(0, 0)).isEqualTo(1);
    assertThat(rows.tensors().get(1).tensor().number(0, 0)).isEqualTo(7);
    assertThat(rows.tensors().get(2).tensor().text(0, 0)).isEqualTo("ab");
  }

  @ParameterizedTest
  @CsvSource({
    "FP32,[1;2],8,0000803F000000,binary_size_mismatch", // a byte is missing
    "FP32,[1;2],8,0000803F000000C000,binary_size_mismatch", // a byte too many
    "FP32,[1;3],8,0000803F000000C0,binary_size_mismatch", // not what the shape says
    "FP32,[1;2],7,0000803F000000,binary_size_mismatch",
    "FP32,[1;2],99999999999,0000803F000000C0,value_type",
    "FP32,[1;2],-8,0000803F000000C0,value_type",
    "FP32,[1;2],true,0000803F000000C0,value_type",
    "FP32,[1],4,0000807F,number_not_finite",
    "BOOL,[1],1,02,value_out_of_range",
    "BYTES,[2],6,020000006162,binary_size_mismatch", // one element where two are said
    "BYTES,[1],7,02000000616263,binary_size_mismatch",
    "BYTES,[1],6,030000006162,binary_size_mismatch", // longer than what is there
    "BYTES,[1],6,FFFFFFFF6162,binary_size_mismatch",
    "BYTES,[67108864],4,00000000,binary_size_mismatch" // nothing is allocated for it
  })
  void decode_sizesThatDoNotAddUp_areRefused(
      String type, String shape, String size, String hex, String code) {
    String head =
        "{\"inputs\":[{\"name\":\"x\",\"shape\":%s,\"datatype\":\"%s\",\"parameters\":{\"binary_data_size\":%s}}]}"
            .formatted(shape.replace(';', ','), type, size);

    Body body = body(head, hex);

    assertThat(
            Faults.of(
                    () ->
                        new V2Codec(CodecLimits.defaults().withRowsMax(1 << 26))
                            .decodeRequest(body))
                .code())
        .isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "0,payload_unsupported",
    "102,binary_header_invalid",
    "-1,binary_header_invalid",
    "0x5D,binary_header_invalid",
    "'93, 93',binary_header_invalid",
    "99999999999,binary_header_invalid",
    "'',binary_header_missing"
  })
  void decode_lengthsThatAreNone_areRefused(String length, String code) {
    byte[] whole = body(HEAD, length.isEmpty() ? "" : ONE_MINUS_TWO).bytes();

    assertThat(fault(new Body(whole, "", "", length)).code()).isEqualTo(code);
  }

  @Test
  void decode_dataAndRawBytesOfOneTensor_areRefused() {
    String head = HEAD.replace("\"parameters\"", "\"data\":[1,-2],\"parameters\"");

    CodecException fault = fault(body(head, ONE_MINUS_TWO));

    assertThat(fault.code()).isEqualTo("data_twice");
    assertThat(fault.pointer()).isEqualTo("/inputs/0/data");
  }

  @Test
  void decode_packedBody_countsTheLengthAfterInflating() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body(HEAD, ONE_MINUS_TWO).bytes());
    }

    Body body = new Body(packed.toByteArray(), "", "gzip", "93");

    assertThat(codec.decodeRequest(body).instances().width()).isEqualTo(2);
  }

  @Test
  void encode_aRequestThatCameRaw_isWrittenRawAndDecodesToTheSame() {
    InferenceRequest request = codec.decodeRequest(body(HEAD, ONE_MINUS_TWO));

    Body again = codec.encode(request.instances(), request.envelope(), "", false, false);

    assertThat(again.jsonLength()).isEqualTo("93");
    assertThat(again.contentType()).isEqualTo("application/octet-stream");
    assertThat(again.bytes()).isEqualTo(body(HEAD, ONE_MINUS_TWO).bytes());
  }

  @Test
  void encode_aServerThatTakesRawBytes_isAskedForRawOutputsToo() {
    String json =
        "{\"inputs\":[{\"name\":\"x\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":[3]}]}";
    InferenceRequest request =
        codec.decodeRequest(Body.json(json.getBytes(StandardCharsets.UTF_8)));

    Body raw = codec.encode(request.instances(), request.envelope(), "9", true, true);
    Body text = codec.encode(request.instances(), request.envelope(), "9", true, false);

    String head =
        new String(raw.bytes(), 0, Integer.parseInt(raw.jsonLength()), StandardCharsets.UTF_8);
    assertThat(head).contains("\"binary_data_output\":true", "\"sidelight_synthetic\":true");
    assertThat(codec.decodeRequest(raw).instances()).isEqualTo(request.instances());
    assertThat(text.jsonLength()).isEmpty();
  }

  @Test
  void decodeResponse_bothForms_areEqual() {
    String head =
        "{\"id\":\"1\",\"outputs\":[{\"name\":\"y\",\"datatype\":\"FP64\",\"shape\":[2,1],"
            + "\"parameters\":{\"binary_data_size\":16}}]}";
    String json =
        "{\"outputs\":[{\"name\":\"y\",\"datatype\":\"FP64\",\"shape\":[2,1],\"data\":[0.1,NaN]}]}";

    Instances raw = codec.decodeResponse(body(head, "9A9999999999B93F" + "000000000000F07F"));

    assertThat(raw)
        .isEqualTo(codec.decodeResponse(Body.json(json.getBytes(StandardCharsets.UTF_8))));
  }
}
