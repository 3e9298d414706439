package dev.sidelight.proxy.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sidelight.proxy.demo.DemoRequest.Kind;
import dev.sidelight.proxy.demo.DemoRequest.Protocol;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DemoTrafficTest {

  private static final Census CENSUS = Census.load();
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void equalSeeds_equalBytes() {
    DemoTraffic one = new DemoTraffic(CENSUS, 7);
    DemoTraffic other = new DemoTraffic(CENSUS, 7);
    DemoTraffic stranger = new DemoTraffic(CENSUS, 8);

    int different = 0;
    for (int i = 0; i < 3_000; i++) {
      DemoRequest request = one.next();
      assertSame(other.next(), request);
      different += Arrays.equals(stranger.next().body(), request.body()) ? 0 : 1;
    }

    assertThat(different).isGreaterThan(2_900);
  }

  @Test
  void shares_areThoseOfTheDesign() {
    List<DemoRequest> requests = requests(new DemoTraffic(CENSUS, 7), 40_000);

    assertShare(requests, r -> r.protocol() == Protocol.V1, 0.25);
    assertShare(requests, r -> r.rows() == DemoTraffic.BATCH_ROWS, 0.03);
    assertShare(requests, r -> r.rows() == 1, 0.97);
    assertShare(requests, r -> r.kind() == Kind.FAULT, 0.005);
    assertShare(requests, r -> r.kind() == Kind.MALFORMED, 0.002);
    assertShare(requests, r -> r.kind() == Kind.OUTLIER, 0.002);
  }

  @Test
  void everyBody_isAnsweredAsItsKindSays() {
    ModelApi api = new ModelApi(new IncomeModel());

    for (DemoRequest request : requests(new DemoTraffic(CENSUS, 7), 5_000)) {
      ModelApi.Answer answer = api.answer("POST", request.protocol().path(), request.body());

      boolean isMalformed = request.kind() == Kind.MALFORMED;
      assertThat(answer.status()).isEqualTo(isMalformed ? 400 : 200);
      assertThat(answer.rows()).isEqualTo(isMalformed ? 0 : request.rows());
    }
  }

  @Test
  void malformedBody_isNoJson() {
    DemoRequest request =
        requests(new DemoTraffic(CENSUS, 7), 10_000).stream()
            .filter(r -> r.kind() == Kind.MALFORMED)
            .findFirst()
            .orElseThrow();

    assertThatThrownBy(() -> JSON.readTree(request.body()))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void outlier_isNobodyOfTheCensus() throws IOException {
    List<DemoRequest> outliers =
        requests(new DemoTraffic(CENSUS, 7), 10_000).stream()
            .filter(r -> r.kind() == Kind.OUTLIER)
            .toList();

    assertThat(outliers).isNotEmpty();
    for (DemoRequest outlier : outliers) {
      int age = Integer.parseInt(firstCell(outlier, "age"));
      int gain = Integer.parseInt(firstCell(outlier, "capital_gain"));
      int hours = Integer.parseInt(firstCell(outlier, "hours_per_week"));
      boolean rich = (age == 17 || hours == 1) && gain == 99_999;
      boolean restless = age == 100 && hours == 168;
      assertThat(rich || restless).isTrue();
    }
  }

  @Test
  void covariate_meansAreThoseOfTheWeightedRows() throws IOException {
    DemoTraffic traffic = new DemoTraffic(CENSUS, 7);

    traffic.drift(Scenario.COVARIATE);

    // 4,000 draws: four deviations of the mean are 0.9 years and 1 hour
    assertThat(mean(traffic, "age")).isCloseTo(weightedMean(Census.AGE), Offset.offset(0.9));
    assertThat(weightedMean(Census.AGE)).isGreaterThan(mean(Census.AGE) + 10);
    assertThat(mean(traffic, "hours_per_week"))
        .isCloseTo(weightedMean(Census.HOURS), Offset.offset(1.0));
    assertThat(weightedMean(Census.HOURS)).isLessThan(mean(Census.HOURS) - 2);
  }

  @Test
  void category_isNewAfterTheDrift_neverBefore() throws IOException {
    DemoTraffic traffic = new DemoTraffic(CENSUS, 7);

    double before = shareOfNewWorkclass(traffic);
    traffic.drift(Scenario.CATEGORY);
    double after = shareOfNewWorkclass(traffic);

    assertThat(before).isZero();
    assertThat(after).isCloseTo(0.3, Offset.offset(0.05));
  }

  @Test
  void label_leavesTheVisitorsAsTheyAre() {
    DemoTraffic traffic = new DemoTraffic(CENSUS, 7);
    traffic.drift(Scenario.LABEL);

    assertSame(traffic.next(), new DemoTraffic(CENSUS, 7).next());
  }

  private static void assertSame(DemoRequest one, DemoRequest other) {
    assertThat(one.body()).isEqualTo(other.body());
    assertThat(one.kind()).isEqualTo(other.kind());
    assertThat(one.protocol()).isEqualTo(other.protocol());
  }

  private static List<DemoRequest> requests(DemoTraffic traffic, int count) {
    return Stream.generate(traffic::next).limit(count).toList();
  }

  /** Within four standard deviations. */
  private static void assertShare(
      List<DemoRequest> requests, Predicate<DemoRequest> which, double expected) {
    double share = (double) requests.stream().filter(which).count() / requests.size();
    double deviation = Math.sqrt(expected * (1 - expected) / requests.size());
    assertThat(share).isCloseTo(expected, Offset.offset(4 * deviation));
  }

  private static double mean(int column) {
    return DoubleStream.of(CENSUS.numbers(column)).average().orElseThrow();
  }

  /** The design's formula once more: weight exp(z(age) - 0.5 z(hours)). */
  private static double weightedMean(int column) {
    double[] ages = CENSUS.numbers(Census.AGE);
    double[] hours = CENSUS.numbers(Census.HOURS);
    double[] values = CENSUS.numbers(column);
    double meanAge = mean(Census.AGE);
    double meanHours = mean(Census.HOURS);
    double deviationAge = deviation(Census.AGE);
    double deviationHours = deviation(Census.HOURS);
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < values.length; i++) {
      double zAge = (ages[i] - meanAge) / deviationAge;
      double zHours = (hours[i] - meanHours) / deviationHours;
      double weight = Math.exp(zAge - (0.5 * zHours));
      sum += weight * values[i];
      weights += weight;
    }
    return sum / weights;
  }

  private static double deviation(int column) {
    double squares = DoubleStream.of(CENSUS.numbers(column)).map(v -> v * v).average().orElse(0);
    return Math.sqrt(squares - (mean(column) * mean(column)));
  }

  private static double mean(DemoTraffic traffic, String column) throws IOException {
    double sum = 0;
    int count = 0;
    for (DemoRequest request : requests(traffic, 4_000)) {
      if (request.kind() == Kind.ORDINARY) {
        sum += Double.parseDouble(firstCell(request, column));
        count++;
      }
    }
    return sum / count;
  }

  private static double shareOfNewWorkclass(DemoTraffic traffic) throws IOException {
    int found = 0;
    for (DemoRequest request : requests(traffic, 2_000)) {
      boolean isNew =
          request.kind() == Kind.ORDINARY
              && firstCell(request, "workclass").equals(DemoTraffic.NEW_WORKCLASS);
      found += isNew ? 1 : 0;
    }
    return found / 2_000.0;
  }

  /** Read as each protocol writes it. */
  private static String firstCell(DemoRequest request, String column) throws IOException {
    JsonNode body = JSON.readTree(request.body());
    if (request.protocol() == Protocol.V1) {
      return body.path("instances").path(0).path(column).asText();
    }
    for (JsonNode tensor : body.path("inputs")) {
      if (tensor.path("name").asText().equals(column)) {
        return tensor.path("data").path(0).asText();
      }
    }
    throw new AssertionError("no tensor " + column);
  }
}
