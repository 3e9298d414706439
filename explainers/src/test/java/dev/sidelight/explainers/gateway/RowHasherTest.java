package dev.sidelight.explainers.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.explainers.gateway.GatewayRuntime.HashKey;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowHasherTest {

  private static final HashKey KEY = new HashKey(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

  @ParameterizedTest
  @CsvSource({
    "0, a3817f04ba25a8e66df67214c7550293",
    "1, da87c1d86b99af44347659119b22fc45",
    "2, 8177228da4a45dc7fca38bdef60affe4",
    "8, 3b62a9ba6258f5610f83e264f31497b4",
  })
  void finish_referenceVectors(int length, String expected) {
    RowHasher hasher = new RowHasher(KEY);

    for (int i = 0; i < length; i++) {
      hasher.put(i, 1);
    }

    RowHash hash = hasher.finish();
    HexFormat hex = HexFormat.of();
    String actual =
        hex.toHexDigits(Long.reverseBytes(hash.hi()))
            + hex.toHexDigits(Long.reverseBytes(hash.lo()));
    assertThat(actual).isEqualTo(expected);
  }

  @Property(tries = 200)
  void put_anyPieces_sameHash(@ForAll @Size(max = 12) long[] words, @ForAll boolean odd) {
    RowHasher whole = new RowHasher(KEY);
    RowHasher pieces = new RowHasher(KEY);
    if (odd) {
      whole.put(5, 1);
      pieces.put(5, 1);
    }

    for (long word : words) {
      whole.put(word, 8);
      pieces.put(word, 2);
      pieces.put(word >> 16, 4);
      pieces.put(word >> 48, 1);
      pieces.put(word >> 56, 1);
    }

    assertThat(pieces.finish()).isEqualTo(whole.finish());
  }

  @Property(tries = 50)
  void hash_equalRowsOnly(@ForAll String a, @ForAll String b) {
    Instances rows = Instances.of("t", BytesTensor.ofText(a, b, a));
    RowHasher hasher = new RowHasher(KEY);

    assertThat(hasher.hash(0, rows, 2)).isEqualTo(hasher.hash(0, rows, 0));
    assertThat(hasher.hash(0, rows, 1).equals(hasher.hash(0, rows, 0))).isEqualTo(a.equals(b));
    assertThat(hasher.hash(1, rows, 0)).isNotEqualTo(hasher.hash(0, rows, 0));
    assertThat(new RowHasher(new HashKey(3, 4)).hash(0, rows, 0))
        .isNotEqualTo(hasher.hash(0, rows, 0));
  }
}
