package dev.sidelight.proxy.config;

import java.util.List;

/** Several rules are broken at once. Each sentence begins with a key. */
final class FaultsException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> sentences;

  FaultsException(List<String> sentences) {
    super(String.join("\n", sentences));
    this.sentences = List.copyOf(sentences);
  }

  List<String> sentences() {
    return sentences;
  }
}
