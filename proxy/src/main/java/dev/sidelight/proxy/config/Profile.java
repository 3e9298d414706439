package dev.sidelight.proxy.config;

import java.util.Locale;

/** The protocol a model speaks; it installs the standard paths. */
public enum Profile {
  V1,
  V2,
  /** Completions and embeddings; bodies are kept, not read. */
  OPENAI,
  /** Bytes that nobody reads. */
  RAW;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** As events, metrics and settings call it. */
  public String word() {
    return word;
  }

  /** Whether its bodies hold rows that can be read and explained. */
  public boolean hasRows() {
    return this == V1 || this == V2;
  }
}
