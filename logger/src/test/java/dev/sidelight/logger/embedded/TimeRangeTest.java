package dev.sidelight.logger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.logger.filter.Filter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeRangeTest {

  @ParameterizedTest
  @CsvSource({
    "'', -9223372036854775808, 9223372036854775807",
    "time > 1970-01-01T00:00:01Z, 1000000, 9223372036854775807",
    "time >= 1970-01-01T00:00:01Z and time < 1970-01-01T00:00:03Z, 1000000, 3000000",
    "time <= 1970-01-01T00:00:03Z and time <= 1970-01-01T00:00:02Z, -9223372036854775808, 2000000",
    "time = 1970-01-01T00:00:03Z and model = a, 3000000, 3000000",
    "time != 1970-01-01T00:00:03Z, -9223372036854775808, 9223372036854775807"
  })
  void of_filter_widestRangeItAdmits(String filter, long first, long last) {
    assertThat(TimeRange.of(Filter.parse(filter))).isEqualTo(new TimeRange(first, last));
  }
}
