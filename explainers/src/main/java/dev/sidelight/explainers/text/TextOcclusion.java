package dev.sidelight.explainers.text;

import dev.sidelight.core.tensor.BytesTensor;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Tensor;
import dev.sidelight.explainers.ExplainException;
import dev.sidelight.explainers.Occlusion;
import dev.sidelight.explainers.Players;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A text whose words can be hidden, as UTF-8 in a BYTES tensor of one element. A hidden word is
 * replaced by the mask token; everything between words stays. Two masks that touch are parted by a
 * space, or a tokenizer would read them as one word.
 */
public final class TextOcclusion implements Occlusion {

  private final Instances row;
  private final int at;
  private final String text;
  private final String maskToken;
  private final List<Words.Word> words;
  private final List<FeatureGroup> players;
  private final Players.Spans places;

  private TextOcclusion(Instances row, int at, String text, TextSettings settings) {
    this.row = row;
    this.at = at;
    this.text = text;
    this.maskToken = settings.maskToken();
    this.words = Words.grouped(Words.of(text), settings.playersMax());
    int column = 0;
    for (int t = 0; t < at; t++) {
      column += row.tensors().get(t).tensor().width();
    }
    List<FeatureGroup> named = new ArrayList<>();
    for (Words.Word word : words) {
      named.add(new FeatureGroup(text.substring(word.start(), word.end()), List.of(column), false));
    }
    this.players = List.copyOf(named);
    this.places = spans(text, words);
  }

  /**
   * @param row n = 1
   * @throws ExplainException {@code explain_unsupported} without a text input or a word in it,
   *     {@code row_unreadable} when it is not UTF-8
   */
  public static TextOcclusion of(Instances row, TextSettings settings) {
    int at = input(row, settings);
    BytesTensor tensor = (BytesTensor) row.tensors().get(at).tensor();
    String pointer = "/inputs/%d/data/0".formatted(at);
    String text;
    try {
      text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(tensor.value(0, 0)))
              .toString();
    } catch (CharacterCodingException e) {
      throw new ExplainException("row_unreadable", pointer, "the text is not UTF-8");
    }
    TextOcclusion occlusion = new TextOcclusion(row, at, text, settings);
    if (occlusion.players.isEmpty()) {
      throw new ExplainException("explain_unsupported", pointer, "the text has no words");
    }
    return occlusion;
  }

  private static int input(Instances row, TextSettings settings) {
    int found = -1;
    int texts = 0;
    for (int t = 0; t < row.tensors().size(); t++) {
      NamedTensor named = row.tensors().get(t);
      boolean isText = named.tensor() instanceof BytesTensor && named.tensor().width() == 1;
      if (isText && settings.input().map(named.name()::equals).orElse(true)) {
        found = t;
        texts++;
      }
    }
    if (texts != 1) {
      throw new ExplainException(
          "explain_unsupported",
          "/parameters/input",
          "one input tensor of one text is needed, the row has " + texts + " that might be meant");
    }
    return found;
  }

  private static Players.Spans spans(String text, List<Words.Word> words) {
    List<Players.Span> spans = new ArrayList<>();
    int chars = 0;
    int codePoints = 0;
    for (Words.Word word : words) {
      codePoints += text.codePointCount(chars, word.start());
      int start = codePoints;
      codePoints += text.codePointCount(word.start(), word.end());
      chars = word.end();
      spans.add(new Players.Span(start, codePoints));
    }
    return new Players.Spans(spans);
  }

  @Override
  public List<FeatureGroup> players() {
    return players;
  }

  @Override
  public Players.Spans places() {
    return places;
  }

  @Override
  public boolean isHideable(int player) {
    return !players.get(player).name().equals(maskToken);
  }

  @Override
  public Instances rows(List<BitSet> kept) {
    int[] first = new int[kept.size()];
    Instances repeated = row.rowsAt(first);
    byte[][] texts = new byte[kept.size()][];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = masked(kept.get(i)).getBytes(StandardCharsets.UTF_8);
    }
    List<NamedTensor> tensors = new ArrayList<>(repeated.tensors());
    NamedTensor old = tensors.get(at);
    tensors.set(at, new NamedTensor(old.name(), new BytesTensor(old.tensor().shape(), texts)));
    return new Instances(tensors);
  }

  /** The text with only these words left. */
  String masked(BitSet kept) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    int from = 0;
    boolean touching = false;
    for (int i = 0; i < words.size(); i++) {
      Words.Word word = words.get(i);
      touching &= word.start() == from;
      out.append(text, from, word.start());
      from = word.end();
      if (kept.get(i)) {
        out.append(text, word.start(), word.end());
        touching = false;
      } else if (maskToken.isEmpty()) {
        from = afterSpaces(from);
      } else {
        out.append(touching ? " " : "").append(maskToken);
        touching = true;
      }
    }
    return out.append(text, from, text.length()).toString();
  }

  private int afterSpaces(int from) {
    int to = from;
    while (to < text.length() && Character.isWhitespace(text.charAt(to))) {
      to++;
    }
    return to;
  }

  @Override
  public long rowBytes() {
    long bytes = 64L + 3L * text.length() + words.size() * (1L + 3L * maskToken.length());
    for (NamedTensor named : row.tensors()) {
      Tensor tensor = named.tensor();
      bytes += 16L * tensor.width() + named.name().length();
    }
    return bytes;
  }
}
