package dev.sidelight.proxy.page.markup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "0.87,0.87",
    "0.8666,0.867",
    "-0.42,-0.42",
    "2174,2174",
    "12.34,12.3",
    "1e-300,1.00e-300",
    "0.00012345,0.000123",
    "1234567,1.23e+06",
    "NaN,NaN"
  })
  void prose_threeDigits(double value, String text) {
    assertThat(Figures.prose(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0.4242,3,+0.424",
    "-0.004,3,\u22120.004",
    "0,3,0",
    "2,0,+2",
    "1e-300,9,+1.00e-300",
    "0.00001,3,+0.000",
    "-4e7,0,\u22124.00e+07"
  })
  void signed_sameDecimalsForAll(double value, int decimals, String text) {
    assertThat(Figures.signed(value, decimals)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0.42,3", "0.042,4", "4.2,2", "420,0", "42000,0", "1e-300,9", "0,2"})
  void decimals_ofTheLargest(double value, int decimals) {
    assertThat(Figures.decimals(value)).isEqualTo(decimals);
  }

  @ParameterizedTest
  @CsvSource({"0,0", "-0.001,0", "1.006,1.01", "12.5,12.5", "-3.14159,-3.14", "1e-300,0"})
  void px_atMostTwoDecimals(double value, String text) {
    assertThat(Figures.px(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 ms",
    "4,0.01 ms",
    "80,0.08 ms",
    "8100,8.1 ms",
    "30000,30.0 ms",
    "123456,123 ms",
    "999900,1.00 s",
    "1250000,1.25 s",
    "11940000,11.9 s",
    "143000000,2 min 23 s"
  })
  void duration_threeDigitsAndNeverNothing(long micros, String text) {
    assertThat(Figures.duration(micros)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"312,312 B", "16200,16.2 KB", "2500000,2.5 MB"})
  void bytes_byThousands(long bytes, String text) {
    assertThat(Figures.bytes(bytes)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0 %", "0.0001,< 1 %", "0.314,31 %", "0.999,99 %", "1,100 %"})
  void percent_neverRoundsToNothingOrAll(double share, String text) {
    assertThat(Figures.percent(share)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0 %", "0.00528,0.528 %", "0.9648,96.5 %", "0.99999,more than 99.9 %", "1,100 %"})
  void share_threeDigits_neverAllWhenNotAll(double share, String text) {
    assertThat(Figures.share(share)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0.000", "0.0001,<0.001", "0.25,0.250", "0.99951,>0.999", "1,1.000", "-2,-2.000"})
  void score_threeDecimals_neverAllOrNothingWhenNot(double value, String text) {
    assertThat(Figures.score(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "1,1st", "2,2nd", "3,3rd", "4,4th", "11,11th", "12,12th", "13,13th", "72,72nd", "99,99th"
  })
  void ordinal_english(long n, String text) {
    assertThat(Figures.ordinal(n)).isEqualTo(text);
  }

  @Test
  void numbers_anyLocale_same() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);

      assertThat(Figures.prose(0.5) + Figures.px(1.5) + Figures.count(1234) + Figures.score(0.25))
          .isEqualTo("0.51.51,2340.250");
    } finally {
      Locale.setDefault(before);
    }
  }
}
