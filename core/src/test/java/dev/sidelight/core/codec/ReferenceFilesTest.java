package dev.sidelight.core.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceFilesTest {

  private static Instances csv(String text) throws IOException {
    return csv(text.getBytes(UTF_8), Optional.empty(), FileLimits.DEFAULTS);
  }

  private static Instances csv(byte[] text, Optional<FeatureSchema> schema, FileLimits limits)
      throws IOException {
    return ReferenceFiles.csv(new ByteArrayInputStream(text), schema, limits);
  }

  private static Instances ndjson(String text, String protocol) throws IOException {
    return ReferenceFiles.ndjson(
        new ByteArrayInputStream(text.getBytes(UTF_8)),
        protocol,
        CodecLimits.defaults(),
        FileLimits.DEFAULTS);
  }

  @Test
  void csv_typesByColumnAndQuoting() throws IOException {
    Instances rows =
        csv(
            String.join(
                "\r\n",
                "\uFEFFage, hours,job,zip,empty",
                "39,40.5,\"a, \"\"b\"\"\nc\",007,x",
                "",
                "-1,,é,008,",
                "2,1e3,,010,y"));

    assertThat(rows.tensors())
        .extracting(t -> t.name() + " " + t.tensor())
        .containsExactly(
            "age INT64[3]", "hours FP64[3]", "job BYTES[3]", "zip BYTES[3]", "empty BYTES[3]");
    assertThat(rows.tensor("job").orElseThrow().text(0, 0)).isEqualTo("a, \"b\"\nc");
    assertThat(rows.tensor("hours").orElseThrow().number(1, 0)).isNaN();
    assertThat(rows.tensor("hours").orElseThrow().number(2, 0)).isEqualTo(1000);
    assertThat(rows.tensor("zip").orElseThrow().text(0, 0)).isEqualTo("007");
  }

  @Test
  void csv_schema_choosesColumnsOrderAndTypes() throws IOException {
    FeatureSchema schema =
        SchemaJson.read(
            ("{\"features\":[{\"name\":\"n\",\"kind\":\"numeric\"},{\"name\":\"c\",\"kind\":"
                 + "\"categorical\",\"labels\":[\"1\",\"x\"]},{\"name\":\"b\",\"kind\":\"boolean\"}]}")
                .getBytes(UTF_8));

    Instances rows =
        csv(
            "b,unused,c,n\ntrue,1,1,1\n0,2,x,2.5\n".getBytes(UTF_8),
            Optional.of(schema),
            FileLimits.DEFAULTS);

    assertThat(rows.tensors())
        .extracting(t -> t.name() + " " + t.tensor())
        .containsExactly("n FP64[2]", "c BYTES[2]", "b BOOL[2]");
    CodecException fault =
        Faults.of(
            () ->
                csv(
                    "b,c,n\n1,x,1\n1,x,seven\n".getBytes(UTF_8),
                    Optional.of(schema),
                    FileLimits.DEFAULTS));
    assertThat(fault).hasMessage("line 3, column 3: expected a number, found a text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a,b;1|line 2, column 2",
        "a,b;1,2,3|line 2, column 3",
        "a,a;1,2|line 1, column 2",
        "a,;1,2|line 1, column 2",
        "a,b;1,\"x|line 2, column 2",
        "a,b;1,x\"y|line 2, column 2",
        "a,b;\"x\"y,1|line 2, column 1",
        "a;;;\"1;2\"x|line 5, column 1",
        "a,b|line 1, column 1"
      })
  void csv_badLine_namesLineAndColumn(String text, String place) {
    CodecException fault = Faults.of(() -> csv(text.replace(';', '\n')));

    assertThat(fault.code()).isEqualTo("csv_invalid");
    assertThat(fault).hasMessageStartingWith(place + ":");
  }

  @Test
  void csv_limitsAndEncoding() {
    byte[] three = "a\n1\n2\n3\n".getBytes(UTF_8);
    assertThat(Faults.of(() -> csv(three, Optional.empty(), new FileLimits(2, 100))).code())
        .isEqualTo("rows_too_many");
    assertThat(Faults.of(() -> csv(three, Optional.empty(), new FileLimits(9, 7))).code())
        .isEqualTo("body_too_large");
    assertThat(Faults.of(() -> csv("")).code()).isEqualTo("csv_invalid");
    byte[] latin = "a\né\n".getBytes(ISO_8859_1);
    assertThat(Faults.of(() -> csv(latin, Optional.empty(), FileLimits.DEFAULTS)).expected())
        .isEqualTo("UTF-8");
  }

  @Test
  void ndjson_instancesAndRequests() throws IOException {
    Instances one = ndjson("[1,\"a\"]\n\n[2.5,\"b\"]\r\n", "v1");
    assertThat(one.tensors())
        .extracting(t -> t.name() + " " + t.tensor())
        .containsExactly("f0 FP64[2]", "f1 BYTES[2]");
    String request =
        "{\"inputs\":[{\"name\":\"x\",\"shape\":[2,2],\"datatype\":\"FP32\",\"data\":[1,2,3,4]}]}\n";
    assertThat(ndjson(request + request, "v2").tensors().get(0).tensor()).hasToString("FP32[4, 2]");
  }

  @Test
  void ndjson_badLine_isNamed() {
    CodecException fault = Faults.of(() -> ndjson("[1]\n\n[1e999]\n", "v1"));
    assertThat(fault.code()).isEqualTo("number_not_finite");
    assertThat(fault.pointer()).isEqualTo("/0");
    assertThat(fault).hasMessageStartingWith("line 3 /0:");
    assertThat(Faults.of(() -> ndjson("[1]\n[1,2]\n", "v1")).code()).isEqualTo("shape_mismatch");
    assertThat(Faults.of(() -> ndjson("1,2\n", "v1")).code()).isEqualTo("json_syntax");
    assertThat(Faults.of(() -> ndjson("\n", "v1")).code()).isEqualTo("shape_zero");
  }

  @Test
  void csv_moreColumnsThanATableHas_isRefusedBeforeTheyAreHeld() {
    String header = "c" + ",".repeat(ReferenceFiles.COLUMNS_MAX);
    String row = "a,b\n1,2\n" + ",".repeat(ReferenceFiles.COLUMNS_MAX);

    assertThatThrownBy(() -> csv(header))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("line 1, column 65536")
        .hasMessageContaining("<= 65536 columns");
    assertThatThrownBy(() -> csv(row))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("line 3, column 65536");
  }
}
