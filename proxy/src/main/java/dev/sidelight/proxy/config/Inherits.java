package dev.sidelight.proxy.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Where a setting that nobody gave takes its value from: the first of these keys that exists. On a
 * record it names the place of the whole record, on a leaf the leaf's own; a leaf's goes before its
 * record's. {@code {model}} stands for what the setting {@code model} beside it, or around it,
 * says.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Inherits {
  /** Keys, the first that exists counts. */
  String[] value();
}
