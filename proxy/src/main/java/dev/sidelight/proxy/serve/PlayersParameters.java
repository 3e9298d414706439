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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
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
   * The parts of rows.
   *
   * @param each one a row; empty where columns are the players
   * @param how they were found and what hides them: equal for equal questions
   */
  record Parts(List<Occlusion> each, String how) {
    Parts {
      each = List.copyOf(each);
    }
  }

  /**
   * The parts of each row.
   *
   * @param reference a row taken as normal, by number, in the layout of the rows
   * @throws dev.sidelight.explainers.ExplainException {@code explain_unsupported}, {@code
   *     row_unreadable}, {@code parameter_range}, {@code explain_too_large}
   */
  Parts parts(Data data, List<Instances> rows, IntFunction<Instances> reference) {
    return switch (data) {
      case TABLE -> new Parts(List.of(), ""); // its columns are the players
      case TEXT -> {
        TextSettings settings = text();
        yield new Parts(
            rows.stream().<Occlusion>map(row -> TextOcclusion.of(row, settings)).toList(),
            settings.toString());
      }
      case IMAGE -> {
        ImageSettings settings = image(reference);
        yield new Parts(
            rows.stream().<Occlusion>map(row -> ImageOcclusion.of(row, settings)).toList(),
            settings.withFill(new Fill.Mean()) + " " + fill() + " " + fillRow());
      }
    };
  }

  private TextSettings text() {
    TextSettings usual = TextSettings.defaults();
    return new TextSettings(
        values.text("input"),
        values.text("maskToken").orElse(usual.maskToken()),
        (int) values.whole("players", 1, 100_000).orElse(usual.playersMax()));
  }

  private String fill() {
    return values.word("fill", List.of("mean", "blur", "reference")).orElse("mean");
  }

  private int fillRow() {
    return (int) values.whole("fillRow", 0, 1_000_000).orElse(0);
  }

  private ImageSettings image(IntFunction<Instances> reference) {
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
    Fill fill =
        switch (fill()) {
          case "blur" -> new Fill.Blur();
          case "reference" -> new Fill.Reference(reference.apply(fillRow()));
          default -> new Fill.Mean();
        };
    return new ImageSettings(
        values.text("input"),
        layout,
        Segmenter.valueOf(segmenter.toUpperCase(Locale.ROOT)),
        (int) values.whole("players", 1, 100_000).orElse(usual.players()),
        fill);
  }
}
