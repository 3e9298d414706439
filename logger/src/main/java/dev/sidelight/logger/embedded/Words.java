package dev.sidelight.logger.embedded;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * Cuts text into the words that can be searched, in lower case, one after the other into a buffer
 * of its own. Letters, numbers and private use stay together, as FTS5's unicode61 cuts them.
 */
final class Words {

  /** Longer ones are base64 and the like: looked for in the bodies, not in the index. */
  private static final int INDEXED_LENGTH_MAX = 64;

  /** The lower-case character, 0 for what divides words. */
  private static final char[] ASCII = new char[128];

  static {
    for (char c = 0; c < ASCII.length; c++) {
      ASCII[c] = Character.isLetterOrDigit(c) ? Character.toLowerCase(c) : 0;
    }
  }

  private String text = "";
  private int at;
  private char[] word = new char[256];
  private int length;
  private int hash;

  /** Letters without their accents; everything else stays. ASCII needs no folding. */
  static String folded(String text) {
    String apart = Normalizer.normalize(text, Normalizer.Form.NFD);
    StringBuilder bare = new StringBuilder(apart.length());
    for (int i = 0; i < apart.length(); i++) {
      char c = apart.charAt(i);
      if (c < 0x300 || c > 0x36f) { // combining diacritical marks
        bare.append(c);
      }
    }
    return Normalizer.normalize(bare, Normalizer.Form.NFC);
  }

  /** Begins with another text, folded. */
  void of(String folded) {
    text = folded;
    at = 0;
  }

  /**
   * @return false at the end of the text
   */
  boolean next() {
    length = 0;
    hash = 0;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c < ASCII.length) {
        if (ASCII[c] != 0) {
          append(ASCII[c]);
          continue;
        }
      } else if (other(text.codePointAt(at - 1))) {
        continue;
      }
      if (length > 0) {
        return true;
      }
    }
    return length > 0;
  }

  /**
   * The next word that {@link #isIndexed}.
   *
   * @return false at the end of the text
   */
  boolean nextIndexed() {
    do {
      passNumbers();
      if (!next()) {
        return false;
      }
    } while (!isIndexed());
    return true;
  }

  /** Goes to the next word that is not all digits: the bodies of models are full of those. */
  private void passNumbers() {
    for (int i = at; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ASCII.length || (ASCII[c] != 0 && c > '9')) {
        return;
      }
      if (ASCII[c] == 0) {
        at = i + 1;
      }
    }
    at = text.length();
  }

  private boolean other(int codePoint) {
    at += Character.charCount(codePoint) - 1;
    if (!isPart(codePoint)) {
      return false;
    }
    int lower = Character.toLowerCase(codePoint);
    if (Character.isBmpCodePoint(lower)) {
      append((char) lower);
    } else {
      append(Character.highSurrogate(lower));
      append(Character.lowSurrogate(lower));
    }
    return true;
  }

  private void append(char c) {
    if (length == word.length) {
      word = Arrays.copyOf(word, length * 2);
    }
    word[length++] = c;
    hash = hash * 31 + c;
  }

  private static boolean isPart(int c) {
    return switch (Character.getType(c)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.LETTER_NUMBER,
          Character.OTHER_NUMBER,
          Character.PRIVATE_USE ->
          true;
      default -> false;
    };
  }

  /** The word's characters are the first {@link #length} ones. */
  char[] chars() {
    return word;
  }

  int length() {
    return length;
  }

  int hash() {
    return hash;
  }

  @Override
  public String toString() {
    return new String(word, 0, length);
  }

  boolean is(String other) {
    if (other.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (other.charAt(i) != word[i]) {
        return false;
      }
    }
    return true;
  }

  /** Numbers are not: they hardly ever repeat, so an index of them is larger than the bodies. */
  boolean isIndexed() {
    return length <= INDEXED_LENGTH_MAX && !isNumber();
  }

  /** Digits, also with an exponent: {@code 1e} and {@code 05} are the words of 1e-05. */
  private boolean isNumber() {
    int exponents = 0;
    for (int i = 0; i < length; i++) {
      if (i > 0 && word[i] == 'e') {
        exponents++;
      } else if (word[i] < '0' || word[i] > '9') {
        return false;
      }
    }
    return exponents <= 1;
  }
}
