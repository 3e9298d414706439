package dev.sidelight.core.event;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One CloudEvent 1.0.
 *
 * @param attributes context attributes and extensions by name, in the order they are written;
 *     values are {@code String}, {@code Integer} or {@code Boolean}. {@code specversion}, {@code
 *     id}, {@code source} and {@code type} are always there
 * @param data empty for none; never changed
 */
public record CloudEvent(Map<String, Object> attributes, byte[] data) {

  public CloudEvent {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    for (String required : new String[] {"specversion", "id", "source", "type"}) {
      if (!attributes.containsKey(required)) {
        throw new IllegalArgumentException("a CloudEvent needs '" + required + "'");
      }
    }
  }

  /** An attribute as text; empty where it is absent. */
  public String text(String name) {
    return Optional.ofNullable(attributes.get(name)).map(Object::toString).orElse("");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CloudEvent that
        && attributes.equals(that.attributes)
        && Arrays.equals(data, that.data);
  }

  @Override
  public int hashCode() {
    return attributes.hashCode();
  }
}
