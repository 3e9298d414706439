package dev.sidelight.logger.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sidelight.logger.QueryException;
import java.util.Collections;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {

  @Test
  void parse_example_everyKindOfTerm() {
    Filter filter =
        Filter.parse(
            "model = income and features.age > 40 and latency > 50ms and text ~ \"Private\"");

    assertThat(filter.terms())
        .containsExactly(
            new Term.OfColumn(Column.MODEL, Op.EQ, new Constant.Text("income")),
            new Term.OfRow(new RowField.Feature("age"), Op.GT, new Constant.Decimal(40)),
            new Term.OfColumn(Column.LATENCY, Op.GT, new Constant.Duration(50_000)),
            new Term.OfText("Private"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "\t\n"})
  void parse_blank_everything(String text) {
    assertThat(Filter.parse(text)).isEqualTo(Filter.ALL);
  }

  /** Text on the left, its canonical form on the right. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          model=income                       | model = "income"
          MODEL != income                    | model != "income"
          model = income AND status=200      | model = "income" and status = 200
          status >= 500                      | status >= 500
          status<400                         | status < 400
          grpc_status = 13                   | grpc_status = 13
          latency > 50ms                     | latency > 50000us
          latency <= 2s                      | latency <= 2000000us
          latency > 1.5ms                    | latency > 1500us
          latency > 3m                       | latency > 180000000us
          latency > 1h                       | latency > 3600000000us
          upstream_latency > 800us           | upstream_latency > 800us
          request_bytes > 10KiB              | request_bytes > 10240
          response_bytes < 2MB               | response_bytes < 2000000
          bytes >= 1.5KiB                    | bytes >= 1536
          bytes = 512                        | bytes = 512
          rows > 1                           | rows > 1
          time >= 2026-11-22T10:00:00Z       | time >= 2026-11-22T10:00:00Z
          time < 2026-11-22                  | time < 2026-11-22T00:00:00Z
          time > 2026-11-22T10:00:00+02:00   | time > 2026-11-22T08:00:00Z
          time > 2026-11-22T10:00:00.000001Z | time > 2026-11-22T10:00:00.000001Z
          id = 0199F3A0-7c00-7abc-8def-0123456789ab | id = 0199f3a0-7c00-7abc-8def-0123456789ab
          synthetic = TRUE                   | synthetic = true
          truncated != false                 | truncated != false
          request_id = "a b\\"c\\\\"         | request_id = "a b\\"c\\\\"
          path = /v1/models/income:predict   | path = "/v1/models/income:predict"
          outcome != success                 | outcome != "success"
          features.age > 40                  | features.age > 40.0
          features.age = "40"                | features.age = "40"
          features."capital gain" >= -1e3    | features."capital gain" >= -1000.0
          features.Größe = ja                | features.Größe = "ja"
          prediction = ">50K"                | prediction = ">50K"
          prediction = 1                     | prediction = 1.0
          score <= .5                        | score <= 0.5
          text ~ Private                     | text ~ "Private"
          text~"never married"               | text ~ "never married"
          model = and and status = 1         | model = "and" and status = 1
          """)
  void parse_canonicalForm(String text, String canonical) {
    Filter filter = Filter.parse(text);

    assertThat(filter.toString()).isEqualTo(canonical);
    assertThat(Filter.parse(filter.toString())).isEqualTo(filter);
  }

  /** The filter, where the mistake is, and one thing that could have stood there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ' OR 1=1                 | 0  | model
          *:*                      | 0  | model
          ../                      | 0  | features.<name>
          model                    | 5  | =
          model income             | 6  | =
          model = income or x = 1  | 15 | and
          model = income and       | 18 | model
          model = a; DROP TABLE x  | 11 | and
          model =                  | 7  | a value
          model = 'income'         | 8  | a value
          model = (a)              | 8  | a value
          model = a"b              | 9  | blank
          model = "open            | 8  | "
          model = "a\\n"           | 11 | \\
          colour = red             | 0  | status
          synthetic > true         | 10 | =
          synthetic = yes          | 12 | true
          id < 7                   | 3  | !=
          id = 7                   | 5  | a UUID
          status = ok              | 9  | a whole number
          status = 1.5             | 9  | a whole number
          latency > 50             | 10 | a duration such as 50ms, 2s or 800us
          latency > 50 ms          | 10 | a duration such as 50ms, 2s or 800us
          bytes > 10XB             | 8  | a size such as 512, 10KiB or 2MB
          bytes > 99999999999GiB   | 8  | a size such as 512, 10KiB or 2MB
          time > yesterday         | 7  | a time such as 2026-11-22T10:00:00Z or 2026-11-22
          time > 2026-13-01        | 7  | a time such as 2026-11-22T10:00:00Z or 2026-11-22
          score > high             | 8  | a number
          text = Private           | 5  | ~
          text ~ "***"             | 7  | a word
          features. > 4            | 9  | a name
          model = a and and b = 1  | 14 | model
          """)
  void parse_mistake_positionAndExpectation(String text, int position, String expected) {
    QueryException refused = refused(text);

    assertThat(refused.code()).isEqualTo("query_syntax");
    assertThat(refused.position()).isEqualTo(position);
    assertThat(refused.expected()).contains(expected);
  }

  private static QueryException refused(String text) {
    QueryException refused = catchThrowableOfType(QueryException.class, () -> Filter.parse(text));
    assertThat(refused).isNotNull();
    return refused;
  }

  @Test
  void parse_tooLongOrTooManyTerms_refused() {
    String most = String.join(" and ", Collections.nCopies(32, "status = 1"));

    assertThat(Filter.parse(most).terms()).hasSize(32);
    assertThat(refused(most + " and status = 1")).hasMessageContaining("more than 32 terms");
    assertThat(refused("model = " + "x".repeat(4096))).hasMessageContaining("longer than 4096");
  }

  @Property
  void parse_ofPrinted_identity(@ForAll("filters") Filter filter) {
    assertThat(Filter.parse(filter.toString())).isEqualTo(filter);
  }

  @Property
  void parse_anything_answersOrRefusesWithAPlace(@ForAll String text) {
    try {
      Filter filter = Filter.parse(text);
      assertThat(Filter.parse(filter.toString())).isEqualTo(filter);
    } catch (QueryException refused) {
      assertThat(refused.code()).isEqualTo("query_syntax");
      assertThat(refused.position()).isBetween(0, Math.min(text.length(), 4096));
    }
  }

  @Provide
  Arbitrary<Filter> filters() {
    return Arbitraries.oneOf(columnTerms(), rowTerms(), textTerms())
        .list()
        .ofMaxSize(6)
        .map(Filter::new);
  }

  private static Arbitrary<Term> columnTerms() {
    return Combinators.combine(Arbitraries.of(Column.class), Arbitraries.of(Op.class))
        .flatAs(
            (column, op) -> {
              boolean isOrdered =
                  column.kind() != Column.Kind.FLAG && column.kind() != Column.Kind.ID;
              Op fitting = isOrdered || op.isEquality() ? op : Op.EQ;
              return constants(column.kind()).map(v -> new Term.OfColumn(column, fitting, v));
            });
  }

  private static Arbitrary<Constant> constants(Column.Kind kind) {
    Arbitrary<Long> longs = Arbitraries.longs().greaterOrEqual(-Long.MAX_VALUE);
    return switch (kind) {
      case WORD -> texts().map(Constant.Text::new);
      case COUNT, SIZE -> longs.map(Constant.Whole::new);
      case DURATION -> longs.map(Constant.Duration::new);
      case TIME -> // the years 1 to 9999
          Arbitraries.longs()
              .between(-62_135_596_800_000_000L, 253_402_300_799_999_999L)
              .map(Constant.Time::new);
      case ID ->
          Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
              .as((a, b) -> new Constant.Id(new UUID(a, b)));
      case FLAG -> Arbitraries.of(true, false).map(Constant.Flag::new);
    };
  }

  private static Arbitrary<Term> rowTerms() {
    Arbitrary<RowField> fields =
        Arbitraries.oneOf(
            texts().map(RowField.Feature::new), Arbitraries.just(new RowField.Prediction()));
    Arbitrary<Constant> values =
        Arbitraries.oneOf(
            texts().map(Constant.Text::new), Arbitraries.doubles().map(Constant.Decimal::new));
    return Combinators.combine(fields, Arbitraries.of(Op.class), values).as(Term.OfRow::new);
  }

  private static Arbitrary<Term> textTerms() {
    return texts().map(text -> new Term.OfText("w" + text));
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars("ab\"\\ .=<~é\t'%")
        .withCharRange('0', '9')
        .ofMaxLength(8);
  }
}
