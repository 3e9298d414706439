package dev.sidelight.proxy.serve;

import static dev.sidelight.proxy.serve.Rows.matrix;
import static dev.sidelight.proxy.serve.Rows.reals;
import static dev.sidelight.proxy.serve.Rows.texts;
import static dev.sidelight.proxy.serve.Rows.wholes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidelight.core.codec.CodecLimits;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.proxy.config.Profile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What of a reference lies in files. */
class SampleFileIT {

  @TempDir Path dir;

  static List<IntFunction<Instances>> layouts() {
    return List.of(
        i ->
            Rows.of(
                wholes("", (1L << 53) + i), texts("", "a <\u0001 ü 😀" + i), reals("", i / 3.0)),
        i -> Rows.of(wholes("a", i), reals("b", -0.0)),
        i -> Rows.of(matrix("x", 3, i, 0.1f, Float.MIN_VALUE)));
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void load_whatWasSaved_isTheSameBitForBit(IntFunction<Instances> layout) {
    TrafficSample sample = new TrafficSample(1);
    for (int i = 0; i < 70; i++) {
      sample.add(layout.apply(i), Rows.of(reals("", i * 0.1)), Rows.seen(3));
    }
    SampleFile file = new SampleFile(dir.resolve("sample.json"));

    file.save(sample);
    TrafficSample loaded = new TrafficSample(1);
    file.load(loaded);

    assertThat(loaded.kept()).isEqualTo(sample.kept());
    assertThat(loaded.names()).isEqualTo(sample.names());
    assertThat(loaded.seen()).isEqualTo(210);
    assertThat(loaded.schema()).isEqualTo(sample.schema());
  }

  @Test
  void load_noFile_isNothing() {
    TrafficSample sample = new TrafficSample(1);

    new SampleFile(dir.resolve("none.json")).load(sample);

    assertThat(sample.size()).isZero();
  }

  @Test
  void load_damagedFile_isRefused() throws Exception {
    Path path = dir.resolve("sample.json");
    Files.writeString(path, "{\"names\":[],\"rows\":{\"inputs\":[{\"na");

    assertThatThrownBy(() -> new SampleFile(path).load(new TrafficSample(1)))
        .isInstanceOf(RuntimeException.class);
  }

  @Test
  void references_fileAndSchema_surviveARestart() throws Exception {
    ServedModel model = new ServedModel("../in come", Profile.V1, "b", URI.create("http://m:1"));
    String csv = "age,town\n39,Köln\n40,\"a <b>\"\n";
    String schema =
        "{\"features\":[{\"name\":\"town\",\"kind\":\"categorical\"},"
            + "{\"name\":\"age\",\"kind\":\"numeric\"}]}";
    String id;
    try (References references = references()) {
      references.putRows(
          model, true, new java.io.ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
      references.putSchema(model, schema.getBytes(StandardCharsets.UTF_8));
      assertThat(references.schema(model).orElseThrow().features().get(0).name()).isEqualTo("town");
      references.of(model).fit(Rows.of(texts("town", "x"), wholes("age", 1)), "v1");
      id = references.info(model).id();
    }

    try (References references = references()) {
      references.of(model).fit(Rows.of(texts("town", "x"), wholes("age", 1)), "v1");

      assertThat(references.info(model).id()).isEqualTo(id).startsWith("sha256:");
      assertThat(references.info(model).origin()).isEqualTo("file");
    }
    try (var inside = Files.list(dir)) {
      assertThat(inside).as("no name leads out of the folder").hasSize(1);
    }
  }

  @Test
  void references_damagedFile_isLeftOutAndTheRestWorks() throws Exception {
    ServedModel model = new ServedModel("income", Profile.V1, "b", URI.create("http://m:1"));
    Files.createDirectories(dir.resolve("income"));
    Files.writeString(dir.resolve("income/schema.json"), "{\"features\":");

    try (References references = references()) {
      assertThat(references.info(model)).isEqualTo(new ReferenceInfo("", 0, "log", 0, 50));
    }
  }

  private static final ServedModel INCOME =
      new ServedModel("income", Profile.V1, "b", URI.create("http://m:1"));

  private static void observe(References references, int from, int to) {
    for (int i = from; i < to; i++) {
      references.observe(
          INCOME,
          Rows.of(wholes("x", i), texts("t", "ü" + i % 3)),
          Rows.of(reals("", i / 7.0)),
          new Seen("1", System.currentTimeMillis() * 1000, 1));
    }
  }

  private static String frozenId(References references) {
    references.of(INCOME).fit(Rows.of(wholes("x", 1), texts("t", "ü0")), "v1");
    return references.info(INCOME).id();
  }

  @Test
  void frozen_afterAKill_isTheSameIdThoughTheSampleIsGone() throws Exception {
    References killed = references(); // never closed
    observe(killed, 0, 300);
    String id = frozenId(killed);

    assertThat(frozenId(references())).isEqualTo(id);
    assertThat(references().of(INCOME).fit(Rows.of(wholes("x", 1), texts("t", "a")), "v1"))
        .isEqualTo(killed.of(INCOME).fit(Rows.of(wholes("x", 1), texts("t", "a")), "v1"));
  }

  @Test
  void population_afterAKill_isTheSameId_untilAFileIsGiven() throws Exception {
    References killed = references(); // never closed
    observe(killed, 0, 600);
    Instances row = Rows.of(wholes("x", 1), texts("t", "ü0"));
    String id = killed.of(INCOME).fitPopulation(row, "v1").reference().id();

    References second = references();
    observe(second, 600, 700); // 100 others: a population made of them would be another
    assertThat(second.of(INCOME).fitPopulation(row, "v1").reference().id()).isEqualTo(id);
    assertThat(references().of(INCOME).fitPopulation(row, "v1").reference().rows())
        .isEqualTo(killed.of(INCOME).fitPopulation(row, "v1").reference().rows());

    second.putRows(
        INCOME,
        true,
        new java.io.ByteArrayInputStream("x,t\n1,a\n2,b\n".getBytes(StandardCharsets.UTF_8)));
    assertThat(references().of(INCOME).fitPopulation(row, "v1").reference().size()).isEqualTo(2);
    assertThat(dir.resolve("income/population.reference")).doesNotExist();
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(
      strings = {"", "sidelight", "torn", "changed", "foreign"})
  void frozen_fileThatIsNotOurs_isRefusedAndMadeAnew(String fault) throws Exception {
    References first = references();
    observe(first, 0, 80);
    frozenId(first);
    Path file = dir.resolve("income/frozen.reference");
    byte[] whole = Files.readAllBytes(file);
    switch (fault) {
      case "torn" -> Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
      case "changed" -> {
        whole[whole.length - 40] ^= 1;
        Files.write(file, whole);
      }
      case "foreign" -> {
        Files.createDirectories(dir.resolve("other"));
        Files.copy(file, dir.resolve("other/frozen.reference"));
        file = dir.resolve("other/frozen.reference");
      }
      default -> Files.writeString(file, fault);
    }

    String model = fault.equals("foreign") ? "other" : "income";
    Path judged = file;
    assertThatThrownBy(() -> FrozenFile.background(judged, model).load())
        .isInstanceOf(java.io.IOException.class)
        .hasMessageStartingWith("it");
    References second = references();
    observe(second, 0, 80);
    assertThat(frozenId(second)).startsWith("sha256:");
    assertThat(FrozenFile.background(dir.resolve("income/frozen.reference"), "income").load())
        .isPresent();
  }

  private References references() {
    return new References(
        dir, CodecLimits.defaults(), () -> "http://127.0.0.1:8090", InstantSource.system());
  }
}
