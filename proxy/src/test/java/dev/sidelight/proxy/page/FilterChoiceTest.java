package dev.sidelight.proxy.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.logger.filter.Column;
import dev.sidelight.logger.filter.Filter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterChoiceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                               | MODEL  | income | model = income",
        "status = 200                     | MODEL  | income | status = 200 and model = income",
        "model = other and latency > 5ms  | MODEL  | income | latency > 5ms and model = income",
        "model = other                    | MODEL  | ''     | ''",
        "status = 200                     | STATUS | errors | status >= 400",
        "status >= 400 and text ~ x       | STATUS | 200    | text ~ x and status = 200",
        "status = 200                     | STATUS | 2x0    | ''",
        "''                               | VERSION| a\"b  | version = \"a\\\"b\"",
      })
  void fold_choice_replacesWhatWasSaid(String filter, Column column, String choice, String folded) {
    assertThat(Filter.parse(FilterChoice.fold(filter, column, choice)))
        .isEqualTo(Filter.parse(folded));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"model = (income | MODEL | x", "latency > | STATUS | 200"})
  void fold_broken_staysForItsAuthor(String filter, Column column, String choice) {
    assertThat(FilterChoice.fold(filter, column, choice)).isEqualTo(filter);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model = income and status = 200 | MODEL  | income",
        "model = income and status = 200 | STATUS | 200",
        "status >= 400                   | STATUS | errors",
        "status >= 500                   | STATUS | ''",
        "model != income                 | MODEL  | ''",
        "not a filter                    | MODEL  | ''",
      })
  void chosen_readsTheFilter(String filter, Column column, String chosen) {
    assertThat(FilterChoice.chosen(filter, column)).isEqualTo(chosen);
  }
}
