package dev.sidelight.proxy.config;

/**
 * One thing that is wrong with the settings.
 *
 * @param origin where the value stands: {@code sidelight.yaml:12}, {@code SIDELIGHT_SPOOL_DIR},
 *     {@code --http-port}, {@code default}
 */
public record ConfigFault(String key, String origin, String message) {

  @Override
  public String toString() {
    return origin + ": " + message;
  }
}
