package dev.sidelight.explainers.image;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.Occlusion;
import dev.sidelight.explainers.Players;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** An image whose segments can be hidden. */
public final class ImageOcclusion implements Occlusion {

  private final Instances row;
  private final int at;
  private final ImageForm.Hiding hiding;
  private final List<FeatureGroup> players;
  private final Players.Segments places;
  private final boolean[] hideable;

  private ImageOcclusion(Instances row, int at, ImageForm form, ImageSettings settings) {
    this.row = row;
    this.at = at;
    Pixels pixels = form.pixels();
    int[] labels = labels(pixels, settings);
    int segments = 1 + Arrays.stream(labels).max().orElseThrow();
    this.hiding = form.hiding(labels, segments, settings.fill());
    this.places = new Players.Segments(pixels.height(), pixels.width(), segments, runs(labels));
    int column = 0;
    for (int t = 0; t < at; t++) {
      column += row.tensors().get(t).tensor().width();
    }
    List<FeatureGroup> named = new ArrayList<>();
    this.hideable = new boolean[segments];
    for (int s = 0; s < segments; s++) {
      named.add(new FeatureGroup("segment " + s, List.of(column), false));
      hideable[s] = hiding.isHideable(s);
    }
    this.players = List.copyOf(named);
  }

  /**
   * @param row n = 1; a tensor of numbers of two or three axes, or one PNG or JPEG file
   * @throws ExplainException {@code explain_unsupported} without an image input, {@code
   *     row_unreadable} for a file that is broken or a pixel that is no number, {@code
   *     explain_too_large} beyond 2,097,152 pixels, {@code parameter_range} for a reference image
   *     that does not fit
   */
  public static ImageOcclusion of(Instances row, ImageSettings settings) {
    List<Integer> candidates = new ArrayList<>();
    for (int t = 0; t < row.tensors().size(); t++) {
      NamedTensor named = row.tensors().get(t);
      boolean meant = settings.input().map(named.name()::equals).orElse(true);
      if (meant && isImage(named, settings)) {
        candidates.add(t);
      }
    }
    if (candidates.size() != 1) {
      throw new ExplainException(
          "explain_unsupported",
          "/parameters/input",
          "one input tensor of one image is needed, the row has %d that might be meant: %s"
              .formatted(candidates.size(), seen(row)));
    }
    int at = candidates.get(0);
    return new ImageOcclusion(row, at, form(row, at, settings), settings);
  }

  /** Whether these are a PNG or JPEG file, as it is or in base64, by the first bytes. */
  public static boolean isFile(byte[] element) {
    return EncodedImage.isImage(element);
  }

  private static List<String> seen(Instances row) {
    return row.tensors().stream().map(t -> "'%s' %s".formatted(t.name(), t.tensor())).toList();
  }

  /** A file asked for by name is taken for an image even if it is broken: it gets its own error. */
  private static boolean isImage(NamedTensor named, ImageSettings settings) {
    if (named.tensor() instanceof BytesTensor files) {
      return files.width() == 1
          && (settings.input().isPresent() || EncodedImage.isImage(files.value(0, 0)));
    }
    return axes(named, settings).isPresent();
  }

  private static Optional<TensorImage.Axes> axes(NamedTensor named, ImageSettings settings) {
    return TensorImage.Axes.of(named.tensor().shape(), settings.layout())
        .filter(axes -> (long) axes.height() * axes.width() > 1);
  }

  private static ImageForm form(Instances row, int at, ImageSettings settings) {
    NamedTensor named = row.tensors().get(at);
    if (named.tensor() instanceof BytesTensor files) {
      return new EncodedImage(files, "/inputs/%d/data/0".formatted(at));
    }
    return new TensorImage(row, at, axes(named, settings).orElseThrow());
  }

  private static int[] labels(Pixels pixels, ImageSettings settings) {
    return switch (settings.segmenter()) {
      case GRID ->
          Grid.labels(pixels.height(), pixels.width(), (int) Math.sqrt(settings.players()));
      case SLIC -> Slic.labels(pixels, settings.players());
    };
  }

  private static List<Players.Run> runs(int[] labels) {
    List<Players.Run> runs = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= labels.length; i++) {
      if (i == labels.length || labels[i] != labels[from]) {
        runs.add(new Players.Run(labels[from], i - from));
        from = i;
      }
    }
    return runs;
  }

  @Override
  public List<FeatureGroup> players() {
    return players;
  }

  @Override
  public Players.Segments places() {
    return places;
  }

  @Override
  public boolean isHideable(int player) {
    return hideable[player];
  }

  @Override
  public Instances rows(List<BitSet> kept) {
    return ImageForm.rows(row, at, hiding.images(kept));
  }

  @Override
  public long rowBytes() {
    long bytes = hiding.imageBytes();
    for (int t = 0; t < row.tensors().size(); t++) {
      bytes += t == at ? 0 : 16L * row.tensors().get(t).tensor().width();
    }
    return bytes;
  }
}
