package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceBuilder;
import dev.sidelight.core.tensor.ReferenceSet;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One model's schema and background. A file wins over the log and never expires. A background out
 * of the log is frozen when it is first asked for, and made anew once each when the sample first
 * holds 100, 500 and 10,000 rows, when a new revision of the model answers (and once more when that
 * one has answered enough rows by itself), on request, and after 30 days; never for one that cannot
 * be made. Whoever holds the one before keeps it. Thread-safe.
 */
final class ModelReference {

  /** Below it no Shapley value is worth its name. */
  static final int ROWS_NEEDED = 50;

  static final int BACKGROUND_ROWS = 100;

  /** Below it no coverage is worth its name. */
  static final int POPULATION_NEEDED = 500;

  private static final long EXPIRES_MICROS = 30 * Window.DAY_MICROS;

  private static final int[] RENEWALS = {100, 500, 10_000};

  private final String model;
  private final long seed;
  private final Supplier<String> howToGive;
  private final InstantSource clock;
  private final Keeper keeper;
  private final TrafficSample sample;
  private Optional<FeatureSchema> givenSchema = Optional.empty();
  private Optional<FileRows> file = Optional.empty();
  private Optional<FrozenReference> frozen = Optional.empty();
  private Optional<FrozenReference> population = Optional.empty();
  private Optional<ReferenceColumns> columns = Optional.empty();
  private long columnsAt;

  /** Takes what is frozen, before it is used. */
  interface Keeper {
    void background(FrozenReference frozen);

    /** Of the log only: a file is its own. */
    void population(FrozenReference frozen);
  }

  /**
   * @param howToGive the command that supplies a file
   */
  ModelReference(
      String model, long seed, Supplier<String> howToGive, InstantSource clock, Keeper keeper) {
    this.model = model;
    this.clock = clock;
    this.keeper = keeper;
    this.howToGive = howToGive;
    this.seed = seed;
    this.sample = new TrafficSample(seed);
  }

  synchronized void observe(Instances rows, Instances outputs, Seen seen) {
    sample.add(rows, outputs, seen);
  }

  /** The revision whose answers the log shows now; empty where nobody told one. */
  synchronized String revision() {
    return sample.revision();
  }

  /**
   * Takes up what was frozen before a restart, if it is of the file that is there now, or of the
   * log while there is none.
   */
  synchronized void restore(FrozenReference kept) {
    if (kept.isFromFile() == file.isPresent()) {
      frozen = Optional.of(kept);
    }
  }

  /** The same of the population of rules. */
  synchronized void restorePopulation(FrozenReference kept) {
    if (!kept.isFromFile() && file.isEmpty()) {
      population = Optional.of(kept);
    }
  }

  /**
   * Makes the background anew, at once for all requests.
   *
   * @throws ServeException {@code reference_not_ready}; then the old one stays
   */
  synchronized ReferenceInfo renew() {
    freeze();
    return info();
  }

  /** Replaces whatever was there; the log is not asked while file rows stand. */
  synchronized ReferenceInfo giveRows(Instances rows) {
    file = Optional.of(new FileRows(rows, seed));
    thaw();
    return info();
  }

  synchronized void giveSchema(FeatureSchema schema) {
    givenSchema = Optional.of(schema);
    thaw();
  }

  private void thaw() {
    frozen = Optional.empty();
    population = Optional.empty();
    columns = Optional.empty();
  }

  /** Runs on the sample, for keeping it across restarts. */
  synchronized <T> T withSample(Function<TrafficSample, T> use) {
    return use.apply(sample);
  }

  synchronized Optional<FeatureSchema> givenSchema() {
    return givenSchema;
  }

  synchronized ReferenceInfo info() {
    int rows = file.map(f -> f.all().rows()).orElse(sample.size());
    return new ReferenceInfo(
        frozen.map(f -> f.set().id()).orElse(""),
        frozen.map(f -> f.set().size()).orElse(Math.min(rows, BACKGROUND_ROWS)),
        file.isPresent() ? "file" : frozen.map(f -> f.set().origin()).orElse("log"),
        sample.seen(),
        file.isPresent() ? 0 : ROWS_NEEDED);
  }

  /** What the columns are, as far as is known; empty before the first row and without a file. */
  synchronized Optional<FeatureSchema> schema() {
    if (givenSchema.isPresent()) {
      return givenSchema;
    }
    if (file.isPresent()) {
      return Optional.of(schemaOfFile(file.get()));
    }
    return sample.size() == 0 ? Optional.empty() : Optional.of(sample.schema());
  }

  /** All rows kept, column by column; made anew when a tenth more have been seen. */
  synchronized Optional<ReferenceColumns> columns() {
    if (file.isEmpty() && sample.size() < ROWS_NEEDED) {
      return Optional.empty();
    }
    boolean due = file.isEmpty() && sample.seen() > columnsAt + columnsAt / 10;
    if (columns.isEmpty() || due) {
      Instances rows = file.map(FileRows::all).orElseGet(sample::rows);
      FeatureSchema inferred = file.map(FileRows::schema).orElseGet(sample::schema);
      FeatureSchema schema =
          givenSchema.filter(given -> given.width() == rows.width()).orElse(inferred);
      columns = Optional.of(new ReferenceColumns(schema, rows));
      columnsAt = sample.seen();
    }
    return columns;
  }

  /**
   * The background and a request of this model in one layout.
   *
   * @throws ServeException {@code reference_not_ready} with what is there and what is needed;
   *     {@code shape_mismatch} when the request has other columns, {@code reference_mismatch} other
   *     types
   */
  synchronized ReferenceFit fit(Instances request, String protocol) {
    return fit(current(), request, protocol);
  }

  /**
   * The rows of a file that the model is to be asked about before its background is chosen; empty
   * where there is no file, or nothing to choose, or it has been chosen.
   *
   * @throws ServeException as {@link #fit}
   */
  synchronized Optional<Undecided> undecided(Instances request, String protocol) {
    if (frozen.isPresent() || file.isEmpty() || !file.get().isUndecided()) {
      return Optional.empty();
    }
    int[] numbers = file.get().candidates();
    Instances rows = file.get().all().rowsAt(numbers);
    ReferenceSet candidates = ReferenceBuilder.population(schemaOfFile(file.get()), rows, "file");
    return Optional.of(
        new Undecided(file.get(), numbers, fit(candidates, request, protocol).reference().rows()));
  }

  /**
   * @param strata of the rows asked about
   * @param refused those that the model gave no answer to
   */
  synchronized void decide(Undecided asked, int[] strata, BitSet refused) {
    if (refused.cardinality() < strata.length) {
      asked.file().decide(asked.numbers(), strata, refused);
    }
  }

  /**
   * The same with all rows kept, as the population of rules.
   *
   * @throws ServeException as {@link #fit}
   */
  synchronized ReferenceFit fitPopulation(Instances request, String protocol) {
    return fit(everybody(), request, protocol);
  }

  /** For players that are hidden rather than replaced: nothing but the names of classes is used. */
  synchronized ReferenceFit without(Instances request) {
    Instances first = request.rowsAt(0);
    FeatureSchema schema =
        schema()
            .filter(known -> known.width() == first.width())
            .orElseGet(() -> FileRows.schema(first));
    return new ReferenceFit(ReferenceBuilder.build(schema, first, "row"), request);
  }

  /**
   * One row of the background in a request's layout.
   *
   * @throws ServeException as {@link #fit}, {@code parameter_range} where there is no such row
   */
  Instances row(int number, Instances request, String protocol) {
    ReferenceSet background = fit(request, protocol).reference();
    if (number >= background.size()) {
      throw ServeException.of("parameter_range", "the reference has " + background.size() + " rows")
          .at(
              "/parameters/fillRow",
              "in [0, " + (background.size() - 1) + "]",
              Integer.toString(number));
    }
    return background.rows().rowsAt(number);
  }

  private ReferenceFit fit(ReferenceSet current, Instances request, String protocol) {
    if (current.rows().width() != request.width()) {
      throw ServeException.of(
              "shape_mismatch",
              "the request's rows have %d columns, the reference of '%s' has %d"
                  .formatted(request.width(), model, current.rows().width()))
          .at(
              protocol.equals("v1") ? "/instances/0" : "/inputs",
              current.rows().width() + " columns",
              request.width() + " columns");
    }
    try {
      return ReferenceFit.of(current, request, protocol);
    } catch (IllegalArgumentException e) {
      throw ServeException.of(
          "reference_mismatch", "the reference does not fit the request: " + e.getMessage());
    }
  }

  private ReferenceSet current() {
    if (frozen.isEmpty() || isDue(frozen.get())) {
      freeze();
    }
    return frozen.orElseThrow().set();
  }

  private ReferenceSet everybody() {
    if (population.isEmpty() || isDue(population.get())) {
      sample.forget(nowMicros());
      ReferenceSet set = file.map(this::wholeFile).orElseGet(this::wholeSample);
      FrozenReference fresh = dated(set, population);
      if (!fresh.isFromFile()) {
        keeper.population(fresh);
      }
      population = Optional.of(fresh);
    }
    return population.get().set();
  }

  private ReferenceSet wholeFile(FileRows rows) {
    return ReferenceBuilder.population(schemaOfFile(rows), rows.all(), "file");
  }

  private ReferenceSet wholeSample() {
    requireSeen(POPULATION_NEEDED, "population");
    FeatureSchema schema = givenSchema.orElseGet(() -> sample.schema());
    return ReferenceBuilder.population(schema, sample.rows(), "log");
  }

  private void freeze() {
    sample.forget(nowMicros());
    FrozenReference fresh = dated(file.map(this::fromFile).orElseGet(this::fromLog), frozen);
    keeper.background(fresh);
    frozen = Optional.of(fresh);
  }

  private FrozenReference dated(ReferenceSet set, Optional<FrozenReference> before) {
    int most = Math.max(sample.size(), before.map(FrozenReference::sampleRows).orElse(0));
    return new FrozenReference(set, most, sample.revision(), nowMicros());
  }

  private long nowMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
  }

  private boolean isDue(FrozenReference last) {
    if (file.isPresent() || sample.size() < ROWS_NEEDED) {
      return false;
    }
    for (int renewal : RENEWALS) {
      if (last.sampleRows() < renewal && sample.size() >= renewal) {
        return true;
      }
    }
    return !last.revision().equals(sample.revision())
        || nowMicros() - last.createdMicros() > EXPIRES_MICROS
        || (last.hasOlder() && sample.ownRows() >= BACKGROUND_ROWS);
  }

  private ReferenceSet fromFile(FileRows rows) {
    return ReferenceBuilder.build(schemaOfFile(rows), rows.background(), "file");
  }

  private FeatureSchema schemaOfFile(FileRows rows) {
    FeatureSchema schema = givenSchema.orElseGet(rows::schema);
    if (schema.width() != rows.all().width()) {
      throw ServeException.of(
          "reference_mismatch",
          "the schema has %d features, the reference file %d columns"
              .formatted(schema.width(), rows.all().width()));
    }
    return schema;
  }

  private ReferenceSet fromLog() {
    requireSeen(ROWS_NEEDED, "background");
    FeatureSchema schema = givenSchema.orElseGet(() -> sample.schema());
    TrafficSample.Background background = sample.background(BACKGROUND_ROWS, seed);
    return ReferenceBuilder.build(
        schema, background.rows(), background.older() > 0 ? FrozenReference.OLDER : "log");
  }

  private void requireSeen(int needed, String what) {
    if (sample.size() < needed) {
      throw ServeException.of(
              "reference_not_ready",
              "explanations of '%s' need %d rows of its traffic as %s, %d were seen"
                  .formatted(model, needed, what, sample.size()))
          .at("", needed + " rows", sample.size() + " rows")
          .hint("send traffic, or a file: " + howToGive.get());
    }
  }
}
