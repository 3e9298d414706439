package dev.sidelight.proxy.serve;

import dev.sidelight.core.codec.CodecLimits;
import dev.sidelight.core.codec.FileLimits;
import dev.sidelight.core.codec.ReferenceFiles;
import dev.sidelight.core.codec.SchemaJson;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The references of all models, and what of them outlives a restart. Thread-safe; blocks on files.
 */
public final class References implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(References.class);

  private final Map<String, ModelReference> byModel = new ConcurrentHashMap<>();
  private final Map<String, Long> keptSeen = new ConcurrentHashMap<>();
  private final ReferenceFolder folder;
  private final CodecLimits limits;
  private final Supplier<String> management;
  private final InstantSource clock;
  private final String otherWay;

  /**
   * @param management address of the management listener, for hints: {@code http://host:port}
   */
  public References(
      Path dir, CodecLimits limits, Supplier<String> management, InstantSource clock) {
    this(dir, limits, management, clock, "");
  }

  /**
   * @param otherWay ends the hint that tells how rows are given; empty for none
   */
  public References(
      Path dir,
      CodecLimits limits,
      Supplier<String> management,
      InstantSource clock,
      String otherWay) {
    this.clock = clock;
    this.folder = new ReferenceFolder(dir);
    this.limits = limits;
    this.management = management;
    this.otherWay = otherWay;
  }

  ModelReference of(ServedModel model) {
    return byModel.computeIfAbsent(model.name(), name -> load(model));
  }

  private String howToGive(ServedModel model) {
    return "curl -T rows.csv -H 'Content-Type: text/csv' "
        + management.get()
        + "/v1/models/"
        + ServedModel.segment(model.name())
        + "/reference"
        + otherWay;
  }

  private ModelReference load(ServedModel model) {
    ModelReference reference =
        new ModelReference(
            model.name(),
            model.name().hashCode(),
            () -> howToGive(model),
            clock,
            keeper(model.name()));
    try {
      folder.schema(model.name()).map(SchemaJson::read).ifPresent(reference::giveSchema);
      Optional<Path> file = folder.rows(model.name());
      if (file.isPresent()) {
        reference.giveRows(parse(file.get(), model, reference.givenSchema()));
      }
      SampleFile sample = new SampleFile(folder.sample(model.name()));
      reference.withSample(
          s -> {
            sample.load(s);
            return s;
          });
    } catch (IOException | RuntimeException e) {
      LOG.warn(
          "what was kept of the reference of '{}' cannot be read and is left out: {}",
          model.name(),
          e.getMessage());
    }
    restore(folder.frozen(model.name()), model.name(), reference::restore);
    restore(folder.population(model.name()), model.name(), reference::restorePopulation);
    return reference;
  }

  private static void restore(FrozenFile file, String model, Consumer<FrozenReference> into) {
    try {
      file.load().ifPresent(into);
    } catch (IOException e) {
      LOG.warn(
          "the frozen reference of '{}' is refused and will be made anew: {}",
          model,
          e.getMessage());
    }
  }

  private ModelReference.Keeper keeper(String model) {
    return new ModelReference.Keeper() {
      @Override
      public void background(FrozenReference frozen) {
        keep(folder.frozen(model), model, frozen);
      }

      @Override
      public void population(FrozenReference frozen) {
        keep(folder.population(model), model, frozen);
      }
    };
  }

  private static void keep(FrozenFile file, String model, FrozenReference frozen) {
    try {
      file.save(frozen);
    } catch (IOException e) {
      LOG.warn(
          "the reference {} of '{}' could not be kept, a restart may make another one: {}",
          frozen.set().id(),
          model,
          e.getMessage());
    }
  }

  /**
   * Takes logged rows of a model that answered them. Nothing is asked of the model server; of the
   * models nobody else has named, the first {@value ModelRegistry#MODELS_MAX} are listened to.
   */
  void observe(ServedModel model, Instances rows, Instances outputs, Seen seen) {
    if (byModel.containsKey(model.name()) || byModel.size() < ModelRegistry.MODELS_MAX) {
      of(model).observe(rows, outputs, seen);
    }
  }

  /** What there is, and what is missing. */
  public ReferenceInfo info(ServedModel model) {
    return of(model).info();
  }

  /**
   * Makes the background anew.
   *
   * @throws ServeException {@code reference_not_ready}; then the old one stays
   */
  public ReferenceInfo renew(ServedModel model) {
    return of(model).renew();
  }

  /** The columns of a model that has been listened to; makes room for no other. */
  Optional<FeatureSchema> knownSchema(ServedModel model) {
    boolean known = byModel.containsKey(model.name()) || byModel.size() < ModelRegistry.MODELS_MAX;
    return known ? of(model).schema() : Optional.empty();
  }

  /** The columns, as far as is known. */
  public Optional<FeatureSchema> schema(ServedModel model) {
    return of(model).schema();
  }

  /** Where values stand among the rows taken as normal; empty until there are enough of them. */
  public Optional<ReferenceColumns> columns(ServedModel model) {
    return of(model).columns();
  }

  /**
   * Takes a reference file: CSV with a header, or NDJSON of the model's protocol. It replaces the
   * one before.
   *
   * @param csv false for NDJSON
   * @throws dev.sidelight.core.codec.CodecException naming line and column; then the old one stays
   */
  public ReferenceInfo putRows(ServedModel model, boolean csv, InputStream body)
      throws IOException {
    Path incoming = folder.incoming(model.name(), csv);
    try {
      Files.copy(body, incoming, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      ModelReference reference = of(model);
      Instances rows = parse(incoming, model, reference.givenSchema());
      folder.keepRows(model.name(), incoming);
      return reference.giveRows(rows);
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  /**
   * Takes a schema. It wins over inference, and types the cells of a reference file anew.
   *
   * @throws dev.sidelight.core.codec.CodecException with a pointer; then the old one stays
   */
  public FeatureSchema putSchema(ServedModel model, byte[] json) throws IOException {
    FeatureSchema schema = SchemaJson.read(json);
    ModelReference reference = of(model);
    Optional<Path> file = folder.rows(model.name());
    Optional<Instances> retyped =
        file.isPresent()
            ? Optional.of(parse(file.get(), model, Optional.of(schema)))
            : Optional.empty();
    folder.keepSchema(model.name(), json);
    reference.giveSchema(schema);
    retyped.ifPresent(reference::giveRows);
    return schema;
  }

  private Instances parse(Path file, ServedModel model, Optional<FeatureSchema> schema)
      throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ReferenceFolder.isCsv(file)
          ? ReferenceFiles.csv(in, schema, FileLimits.DEFAULTS)
          : ReferenceFiles.ndjson(in, model.protocol(), limits, FileLimits.DEFAULTS);
    }
  }

  /** Keeps the samples that have grown since they were last kept. */
  void keep() {
    byModel.forEach(
        (model, reference) ->
            reference.withSample(
                sample -> {
                  keep(model, sample);
                  return sample;
                }));
  }

  private void keep(String model, TrafficSample sample) {
    if (keptSeen.getOrDefault(model, 0L) == sample.seen()) {
      return;
    }
    try {
      new SampleFile(folder.sample(model)).save(sample);
      keptSeen.put(model, sample.seen());
    } catch (UncheckedIOException e) {
      LOG.warn("the sample of '{}' could not be kept: {}", model, e.getMessage());
    }
  }

  /** Keeps the samples for the next start. */
  @Override
  public void close() {
    keep();
  }
}
