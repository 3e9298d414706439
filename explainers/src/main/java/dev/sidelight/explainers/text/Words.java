package dev.sidelight.explainers.text;

import java.lang.Character.UnicodeScript;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a text: runs of letters, digits and their marks. In the manner of Unicode's word
 * boundaries (UAX 29), over whole grapheme clusters, so that no mark and no joined emoji is ever
 * torn off:
 *
 * <ul>
 *   <li>an apostrophe, a full stop or a middle dot between two letters, and a full stop, comma or
 *       apostrophe between two digits, belong to the word ({@code don't}, {@code 3.14});
 *   <li>every character of scripts written without spaces (Han, Hiragana, Thai, ..) is a word;
 *   <li>every emoji is a word, since models read them.
 * </ul>
 *
 * <p>Punctuation and symbols are nobody's.
 */
final class Words {

  private static final String BETWEEN_LETTERS = "'\u2019.\u00B7\u05F4\u2027:";
  private static final String BETWEEN_DIGITS = "'\u2019.,\u066B\u066C;";

  private enum Kind {
    LETTER,
    DIGIT,
    JOINER,
    ALONE,
    OTHER
  }

  /** One grapheme cluster; in chars. */
  private record Cluster(int start, int end, Kind kind, int first) {}

  /**
   * @param start in chars of the string
   * @param end the one after the last
   */
  record Word(int start, int end) {}

  private Words() {}

  /** In order, without overlap. */
  static List<Word> of(String text) {
    List<Cluster> clusters = clusters(text);
    List<Word> words = new ArrayList<>();
    int i = 0;
    while (i < clusters.size()) {
      Kind kind = clusters.get(i).kind();
      if (kind == Kind.OTHER) {
        i++;
        continue;
      }
      int end = kind == Kind.ALONE ? i + 1 : end(clusters, i);
      words.add(new Word(clusters.get(i).start(), clusters.get(end - 1).end()));
      i = end;
    }
    return words;
  }

  private static List<Cluster> clusters(String text) {
    BreakIterator breaks = BreakIterator.getCharacterInstance(Locale.ROOT);
    breaks.setText(text);
    List<Cluster> clusters = new ArrayList<>();
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
      int first = text.codePointAt(start);
      clusters.add(new Cluster(start, end, kind(text, start, end), first));
    }
    return clusters;
  }

  private static Kind kind(String text, int start, int end) {
    int first = text.codePointAt(start);
    if (isEmoji(text, start, end)) {
      return Kind.ALONE;
    }
    if (Character.isDigit(first)) {
      return Kind.DIGIT;
    }
    if (Character.isLetter(first)) {
      return isUnspaced(first) ? Kind.ALONE : Kind.LETTER;
    }
    return switch (Character.getType(first)) {
      case Character.CONNECTOR_PUNCTUATION -> Kind.JOINER;
      case Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.LETTER_NUMBER ->
          Kind.LETTER;
      case Character.OTHER_NUMBER -> Kind.DIGIT;
      default -> Kind.OTHER;
    };
  }

  /** Digits and # are emoji only with a sign that makes them so. */
  private static boolean isEmoji(String text, int start, int end) {
    int first = text.codePointAt(start);
    return Character.isEmojiPresentation(first)
        || (Character.isEmoji(first) && text.substring(start, end).indexOf('\uFE0F') >= 0)
        || (Character.isExtendedPictographic(first) && first > 0xFFFF);
  }

  private static boolean isUnspaced(int letter) {
    return switch (UnicodeScript.of(letter)) {
      case HAN, HIRAGANA, THAI, LAO, KHMER, MYANMAR -> true;
      default -> false;
    };
  }

  private static int end(List<Cluster> clusters, int from) {
    int end = from + 1;
    while (end < clusters.size()) {
      Kind kind = clusters.get(end).kind();
      if (kind == Kind.LETTER || kind == Kind.DIGIT || kind == Kind.JOINER) {
        end++;
      } else if (kind == Kind.OTHER && isInside(clusters, end)) {
        end += 2;
      } else {
        break;
      }
    }
    return end;
  }

  private static boolean isInside(List<Cluster> clusters, int at) {
    if (at + 1 >= clusters.size()) {
      return false;
    }
    Kind before = clusters.get(at - 1).kind();
    Kind after = clusters.get(at + 1).kind();
    int sign = clusters.get(at).first();
    return (before == Kind.LETTER && after == Kind.LETTER && BETWEEN_LETTERS.indexOf(sign) >= 0)
        || (before == Kind.DIGIT && after == Kind.DIGIT && BETWEEN_DIGITS.indexOf(sign) >= 0);
  }

  /**
   * At most {@code max} spans of whole words: neighbours are put together in nearly equal numbers,
   * with what stands between them.
   */
  static List<Word> grouped(List<Word> words, int max) {
    if (words.size() <= max) {
      return words;
    }
    List<Word> groups = new ArrayList<>(max);
    for (int g = 0; g < max; g++) {
      int from = (int) ((long) g * words.size() / max);
      int to = (int) ((g + 1L) * words.size() / max);
      groups.add(new Word(words.get(from).start(), words.get(to - 1).end()));
    }
    return groups;
  }
}
