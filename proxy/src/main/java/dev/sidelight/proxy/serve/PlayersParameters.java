package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.FeatureKind;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.Occlusion;
import dev.sidelight.explainers.image.ImageOcclusion;
import dev.sidelight.explainers.image.ImageSettings;
import dev.sidelight.explainers.image.ImageSettings.Fill;
import dev.sidelight.explainers.image.ImageSettings.Layout;
import dev.sidelight.explainers.image.ImageSettings.Segmenter;
import dev.sidelight.explainers.text.TextOcclusion;
import dev.sidelight.explainers.text.TextSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which parts of a row are the players: its columns, the words of its text, or the segments of its
 * image. Said by {@code data: table | text | image}, or seen by the row itself.
 */
final class PlayersParameters {

  /** What rows are made of. */
  enum Data {
    TABLE,
    TEXT,
    IMAGE
  }

  private static final Pattern BLANK = Pattern.compile("\\s+");

  /** What is shorter is a category rather than a text, unless the schema says otherwise. */
  private static final int WORDS_MIN = 3;

  /** Pixels of an image's side; what is smaller is a table of numbers. */
  private static final int SIDE_MIN = 8;

  private final ParameterValues values;

  PlayersParameters(ParameterValues values) {
    this.values = values;
  }

  /**
   * @param schema of the columns, as far as it is known
   */
  Data data(Instances rows, Optional<FeatureSchema> schema) {
    Optional<String> said =
        values
            .word("data", List.of("auto", "table", "text", "image"))
            .filter(word -> !word.equals("auto"));
    if (said.isPresent()) {
      return Data.valueOf(said.get().toUpperCase(Locale.ROOT));
    }
    if (rows.tensors().size() != 1) {
      return Data.TABLE;
    }
    Tensor only = rows.tensors().get(0).tensor();
    if (only instanceof BytesTensor texts) {
      return texts.width() == 1 ? ofBytes(texts, schema) : Data.TABLE;
    }
    long sides = only.shape().stream().skip(1).filter(side -> side >= SIDE_MIN).count();
    return sides >= 2 ? Data.IMAGE : Data.TABLE;
  }

  private static Data ofBytes(BytesTensor texts, Optional<FeatureSchema> schema) {
    if (ImageOcclusion.isFile(texts.value(0, 0))) {
      return Data.IMAGE;
    }
    FeatureKind kind =
        schema
            .filter(s -> s.width() == 1)
            .map(s -> s.features().get(0).kind())
            .orElse(FeatureKind.TEXT);
    boolean words = BLANK.split(texts.text(0, 0).strip(), -1).length >= WORDS_MIN;
    return kind == FeatureKind.TEXT || words ? Data.TEXT : Data.TABLE;
  }

  /**
   * The parts of each row.
   *
   * @throws dev.sidelight.explainers.ExplainException {@code explain_unsupported}, {@code
   *     row_unreadable}, {@code parameter_range}, {@code explain_too_large}
   */
  List<Occlusion> parts(Data data, List<Instances> rows) {
    List<Occlusion> parts = new ArrayList<>();
    for (Instances row : rows) {
      switch (data) {
        case TABLE -> {
          // its columns are the players
        }
        case TEXT -> parts.add(TextOcclusion.of(row, text()));
        case IMAGE -> parts.add(ImageOcclusion.of(row, image()));
      }
    }
    return parts;
  }

  private TextSettings text() {
    TextSettings usual = TextSettings.defaults();
    return new TextSettings(
        values.text("input"),
        values.text("maskToken").orElse(usual.maskToken()),
        (int) values.whole("players", 1, 100_000).orElse(usual.playersMax()));
  }

  private ImageSettings image() {
    String segmenter =
        values
            .word("segmenter", List.of("grid", "slic"))
            .or(() -> values.word("segmentationFn", List.of("grid", "slic")))
            .orElse("grid");
    ImageSettings usual =
        segmenter.equals("slic") ? ImageSettings.slic() : ImageSettings.defaults();
    Layout layout =
        values
            .word("layout", List.of("auto", "hwc", "chw", "hw"))
            .map(word -> Layout.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(Layout.AUTO);
    boolean blur = values.word("fill", List.of("mean", "blur")).orElse("mean").equals("blur");
    return new ImageSettings(
        values.text("input"),
        layout,
        Segmenter.valueOf(segmenter.toUpperCase(Locale.ROOT)),
        (int) values.whole("players", 1, 100_000).orElse(usual.players()),
        blur ? new Fill.Blur() : new Fill.Mean());
  }
}
