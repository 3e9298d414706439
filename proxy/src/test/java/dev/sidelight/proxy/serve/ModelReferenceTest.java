package dev.sidelight.proxy.serve;

import static dev.sidelight.proxy.serve.Rows.reals;
import static dev.sidelight.proxy.serve.Rows.wholes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ModelReferenceTest {

  private Instant now = Instant.EPOCH;
  private final List<FrozenReference> kept = new ArrayList<>();
  private String revision = "";

  private final ModelReference reference =
      new ModelReference(
          "in come",
          /* seed= */ 1,
          () -> "curl -T rows.csv http://127.0.0.1:8090/v1/models/in%20come/reference",
          () -> now,
          keeper(kept));

  private static ModelReference.Keeper keeper(List<FrozenReference> into) {
    return new ModelReference.Keeper() {
      @Override
      public void background(FrozenReference frozen) {
        into.add(frozen);
      }

      @Override
      public void population(FrozenReference frozen) {}
    };
  }

  private void observe(int from, int to) {
    long micros = now.getEpochSecond() * 1_000_000;
    for (int i = from; i < to; i++) {
      reference.observe(
          Rows.of(wholes("x", i), wholes("y", 3 + i)),
          Rows.of(reals("", i)),
          new Seen(revision, micros, 1));
    }
  }

  private static Instances row() {
    return Rows.of(wholes("x", 1), wholes("y", 2));
  }

  @Test
  void fitPopulation_rowsThatCameOften_countAsOften() {
    for (int i = 0; i < 600; i++) {
      observe(i % 3, i % 3 + 1);
    }

    assertThat(reference.fitPopulation(row(), "v1").reference().size()).isEqualTo(600);
  }

  @Test
  void fit_fewRows_saysSeenNeededAndTheCommand() {
    observe(0, 49);

    ServeException thrown =
        catchThrowableOfType(ServeException.class, () -> reference.fit(row(), "v1"));

    assertThat(thrown.code()).isEqualTo("reference_not_ready");
    assertThat(thrown).hasMessageContaining("50 rows").hasMessageContaining("49 were seen");
    assertThat(thrown.found()).isEqualTo("49 rows");
    assertThat(thrown.hint())
        .contains("curl -T rows.csv")
        .contains("http://127.0.0.1:8090/v1/models/in%20come/reference");
    observe(49, 50);
    assertThat(reference.fit(row(), "v1").reference().size()).isEqualTo(50);
  }

  @Test
  void fit_moreTraffic_isRenewedAtTheMarksOnly() {
    observe(0, 60);
    String first = reference.fit(row(), "v1").reference().id();
    observe(60, 99);
    assertThat(reference.fit(row(), "v1").reference().id()).isEqualTo(first);

    observe(99, 100);
    String second = reference.fit(row(), "v1").reference().id();
    observe(100, 499);
    String third = reference.fit(row(), "v1").reference().id();
    observe(499, 500);
    String fourth = reference.fit(row(), "v1").reference().id();
    observe(500, 3000);

    assertThat(second).isNotEqualTo(first);
    assertThat(third).isEqualTo(second);
    assertThat(fourth).isNotEqualTo(third);
    assertThat(reference.fit(row(), "v1").reference().id()).isEqualTo(fourth);
    observe(3000, 10_000);
    assertThat(reference.fit(row(), "v1").reference().id()).isNotEqualTo(fourth);
    assertThat(reference.info().rows()).isEqualTo(100);
    assertThat(reference.info().seen()).isEqualTo(10_000);
  }

  @Test
  void giveRows_winsOverTheLogAndNeverExpires() {
    observe(0, 60);
    reference.giveRows(Rows.of(wholes("x", 1, 2, 3), wholes("y", 4, 5, 6)));
    String id = reference.fit(row(), "v1").reference().id();

    observe(60, 600);

    assertThat(reference.fit(row(), "v1").reference().id()).isEqualTo(id);
    assertThat(reference.info()).isEqualTo(new ReferenceInfo(id, 3, "file", 600, 0));
  }

  @Test
  void giveRows_moreThanABackground_aHundredAreChosen() {
    long[] many = LongStream.range(0, 500).toArray();
    reference.giveRows(Rows.of(wholes("x", many), wholes("y", many)));

    assertThat(reference.fit(row(), "v1").reference().size()).isEqualTo(100);
  }

  @Test
  void giveSchema_afterTheRows_namesThemAnew() {
    reference.giveRows(Rows.of(wholes("x", 1, 2), wholes("y", 4, 5)));
    String before = reference.fit(row(), "v1").reference().id();

    reference.giveSchema(FeatureSchema.of(List.of(Feature.numeric("age"), Feature.numeric("pay"))));

    assertThat(reference.fit(Rows.of(wholes("", 1), wholes("", 2)), "v1").reference().id())
        .isNotEqualTo(before);
    assertThat(reference.schema().orElseThrow().features().get(1).name()).isEqualTo("pay");
  }

  @Test
  void fit_otherWidths_areToldApart() {
    reference.giveRows(Rows.of(wholes("x", 1, 2), wholes("y", 4, 5)));

    ServeException columns =
        catchThrowableOfType(
            ServeException.class, () -> reference.fit(Rows.of(wholes("x", 1)), "v1"));
    reference.giveSchema(FeatureSchema.of(List.of(Feature.numeric("age"))));
    ServeException schema =
        catchThrowableOfType(ServeException.class, () -> reference.fit(row(), "v1"));

    assertThat(columns.code()).isEqualTo("shape_mismatch");
    assertThat(columns.expected()).isEqualTo("2 columns");
    assertThat(columns.pointer()).isEqualTo("/instances/0");
    assertThat(schema.code()).isEqualTo("reference_mismatch");
  }

  @Test
  void schema_nothingKnown_isEmpty() {
    assertThat(reference.schema()).isEmpty();
    assertThat(reference.info()).isEqualTo(new ReferenceInfo("", 0, "log", 0, 50));
  }

  private dev.sidelight.core.tensor.ReferenceSet current() {
    return reference.fit(row(), "v1").reference();
  }

  @Test
  void fit_newRevision_isRenewedWithOlderRowsAndAgainWithItsOwn() {
    revision = "1";
    observe(0, 120);
    String first = current().id();
    revision = "2";
    observe(120, 121);

    assertThat(current().id()).isNotEqualTo(first);
    assertThat(current().origin()).isEqualTo("log_older_revisions");
    assertThat(reference.info().origin()).isEqualTo("log_older_revisions");
    String mixed = current().id();
    observe(121, 219);
    assertThat(current().id()).as("99 rows of its own").isEqualTo(mixed);
    observe(219, 220);

    assertThat(current().origin()).isEqualTo("log");
    assertThat(current().rows().tensors().get(0).tensor().number(0, 0)).isEqualTo(120);
    assertThat(current().size()).isEqualTo(100);
  }

  @Test
  void fit_afterThirtyDays_isRenewedWithTheRowsOfSevenDays() {
    observe(0, 60);
    String first = current().id();
    now = now.plus(Duration.ofDays(30));
    observe(1000, 1060);
    assertThat(current().id()).isEqualTo(first);

    now = now.plusSeconds(1);

    assertThat(current().id()).isNotEqualTo(first);
    assertThat(current().size()).isEqualTo(60);
    assertThat(current().rows().tensors().get(0).tensor().number(0, 0)).isEqualTo(1000);
  }

  @Test
  void fit_oldAndNothingToRenewItWith_stays() {
    observe(0, 60);
    String first = current().id();
    now = now.plus(Duration.ofDays(100));
    observe(60, 61);

    assertThat(current().id()).isEqualTo(first);
    assertThat(reference.info().seen()).isEqualTo(1);
  }

  @Test
  void renew_onRequest_isAnewAndTheOldOneStaysForWhoeverHasIt() {
    observe(0, 60);
    var held = current();
    observe(60, 99);
    assertThat(current().id()).isEqualTo(held.id());

    reference.renew();

    assertThat(current().id()).isNotEqualTo(held.id());
    assertThat(held.size()).isEqualTo(60);
    assertThat(kept)
        .extracting(frozen -> frozen.set().id())
        .hasSize(2)
        .last()
        .isEqualTo(current().id());
  }

  @Test
  void restore_afterARestart_isTheSameUntilAMarkIsPassed() {
    observe(0, 80);
    String id = current().id();
    ModelReference again =
        new ModelReference("in come", 2, () -> "", () -> now, keeper(new ArrayList<>()));
    again.restore(kept.getLast());

    assertThat(again.fit(row(), "v1").reference().id()).isEqualTo(id);
    again.giveRows(Rows.of(wholes("x", 1, 2, 3), wholes("y", 4, 5, 6)));
    assertThat(again.fit(row(), "v1").reference().id()).isNotEqualTo(id);
  }

  @Test
  void fit_fileAndManyDays_neverExpires() {
    reference.giveRows(Rows.of(wholes("x", 1, 2, 3), wholes("y", 4, 5, 6)));
    String id = current().id();
    now = now.plus(Duration.ofDays(4000));

    assertThat(current().id()).isEqualTo(id);
    assertThat(kept).hasSize(1);
  }
}
