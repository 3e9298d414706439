package dev.sidelight.proxy.demo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The visitors of the demo: an endless sequence of requests with rows of the census. Equal seeds
 * give equal requests, byte for byte. Not thread-safe.
 *
 * <p>75 % speak V2, 25 % V1; 3 % bring 16 rows; 1 in 500 brings a row nobody has ever been; 0.5 %
 * meet a model that fails; 0.2 % send half a body.
 */
final class DemoTraffic {

  static final int BATCH_ROWS = 16;

  /** The work class of {@link Scenario#CATEGORY}; not in the census. */
  static final String NEW_WORKCLASS = "Platform-worker";

  private static final double V1_SHARE = 0.25;
  private static final double BATCH_SHARE = 0.03;
  private static final double MALFORMED_SHARE = 0.002;
  private static final double FAULT_SHARE = 0.005;
  private static final double OUTLIER_SHARE = 0.002;
  private static final double NEW_WORKCLASS_SHARE = 0.3;

  private final Census census;
  private final SplittableRandom random;
  private RowDraw draw;
  private double newWorkclassShare;
  private long number;

  DemoTraffic(Census census, long seed) {
    this.census = census;
    this.random = new SplittableRandom(seed);
    this.draw = RowDraw.uniform(census);
  }

  /** The next requests come from a world that has changed. */
  void drift(Scenario scenario) {
    switch (scenario) {
      case COVARIATE -> draw = RowDraw.older(census);
      case CATEGORY -> newWorkclassShare = NEW_WORKCLASS_SHARE;
      case NONE, LABEL -> {} // the visitors stay the same
    }
  }

  DemoRequest next() {
    number++;
    DemoRequest.Kind kind = kind();
    boolean isV1 = random.nextDouble() < V1_SHARE;
    boolean isBatch = random.nextDouble() < BATCH_SHARE;
    List<List<String>> rows = rows(kind, isBatch ? BATCH_ROWS : 1);
    byte[] body = isV1 ? RequestBody.v1(rows) : RequestBody.v2("demo-" + number, rows);
    if (kind == DemoRequest.Kind.MALFORMED) {
      body = Arrays.copyOf(body, body.length / 2);
    }
    var protocol = isV1 ? DemoRequest.Protocol.V1 : DemoRequest.Protocol.V2;
    return new DemoRequest(number, kind, protocol, rows.size(), body);
  }

  private DemoRequest.Kind kind() {
    double u = random.nextDouble();
    if (u < MALFORMED_SHARE) {
      return DemoRequest.Kind.MALFORMED;
    }
    if (u < MALFORMED_SHARE + FAULT_SHARE) {
      return DemoRequest.Kind.FAULT;
    }
    return u < MALFORMED_SHARE + FAULT_SHARE + OUTLIER_SHARE
        ? DemoRequest.Kind.OUTLIER
        : DemoRequest.Kind.ORDINARY;
  }

  private List<List<String>> rows(DemoRequest.Kind kind, int count) {
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<String> row = new ArrayList<>(census.row(draw.next(random)));
      if (newWorkclassShare > 0 && random.nextDouble() < newWorkclassShare) {
        row.set(Census.WORKCLASS, NEW_WORKCLASS);
      }
      rows.add(row);
    }
    if (kind == DemoRequest.Kind.OUTLIER) {
      distort(rows.getFirst());
    }
    return rows;
  }

  /** A school child with a fortune, a centenarian who never rests, a fortune without work. */
  private void distort(List<String> row) {
    switch (random.nextInt(3)) {
      case 0 -> {
        row.set(Census.AGE, "17");
        row.set(Census.CAPITAL_GAIN, "99999");
      }
      case 1 -> {
        row.set(Census.AGE, "100");
        row.set(Census.HOURS, "168");
      }
      default -> {
        row.set(Census.HOURS, "1");
        row.set(Census.CAPITAL_GAIN, "99999");
      }
    }
  }
}
