package dev.sidelight.proxy.config;

/** The protocol a model speaks; it installs the standard paths. */
public enum Profile {
  V1,
  V2,
  /** Bytes that nobody reads. */
  RAW
}
