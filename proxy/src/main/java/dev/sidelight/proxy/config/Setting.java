package dev.sidelight.proxy.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A leaf of the tree: its default as text, and what it means. The key is the record component in
 * kebab case.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {
  /** The default as it would be written in YAML. */
  String value();

  /** One sentence for {@code config print} and the schema. */
  String doc();
}
