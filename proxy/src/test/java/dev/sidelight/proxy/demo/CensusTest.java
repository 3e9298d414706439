package dev.sidelight.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CensusTest {

  @Test
  void sample_isTheOneItsProvenanceNames() throws IOException, NoSuchAlgorithmException {
    byte[] sample = bytes("adult.csv");

    byte[] digest = MessageDigest.getInstance("SHA-256").digest(sample);

    assertThat(text("PROVENANCE.md"))
        .contains("`adult.csv`, 8,000 rows | `" + HexFormat.of().formatHex(digest));
    assertThat(sample.length).isLessThan(900_000);
  }

  @Test
  void sample_hasEveryClassInProportion() {
    Census census = Census.load();

    long rich = IntStream.range(0, census.size()).filter(row -> census.label(row) == 1).count();

    assertThat(census.size()).isEqualTo(8_000);
    assertThat(rich).isEqualTo(Math.round(8_000 * 11_687 / 48_842.0));
  }

  @Test
  void sample_hasTheColumnsWeName_andNoCellNeedsQuotes() throws IOException {
    String file = text("adult.csv");

    assertThat(file)
        .startsWith(String.join(",", Census.FEATURES) + ",label\n")
        .doesNotContain("\"");
    assertThat(file.lines()).allSatisfy(line -> assertThat(line.split(",", -1)).hasSize(13));
  }

  @Test
  void numbers_areTheNumericColumns() {
    Census census = Census.load();
    List<String> row = census.row(0);

    for (int f = 0; f < Census.FEATURES.size(); f++) {
      assertThat(row.get(f).matches("[0-9]+"))
          .as(Census.FEATURES.get(f))
          .isEqualTo(Census.isNumeric(f));
    }
    assertThat(DoubleStream.of(census.numbers(Census.AGE))).allMatch(age -> age >= 17 && age <= 90);
  }

  @Test
  void tables_areSmall() throws IOException {
    assertThat(bytes("income-1.trees").length + bytes("income-2.trees").length)
        .isLessThan(1_000_000);
  }

  private static byte[] bytes(String resource) throws IOException {
    try (InputStream in = Census.resource(resource)) {
      return in.readAllBytes();
    }
  }

  private static String text(String resource) throws IOException {
    return new String(bytes(resource), StandardCharsets.UTF_8);
  }
}
