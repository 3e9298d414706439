package dev.sidelight.logger.embedded;

import org.jspecify.annotations.Nullable;

/**
 * A column of a {@link RowInsert}.
 *
 * @param literal the usual value in SQL
 * @param usual the same as String, Long, Double or a mark for NULL
 */
record InsertColumn(String name, String literal, Object usual) {

  private static final Object NULL = new Object();

  /** Equals no value. */
  private static final Object NONE = new Object();

  /** A column whose value is different in every row. */
  static InsertColumn of(String name) {
    return new InsertColumn(name, "?", NONE);
  }

  static InsertColumn of(String name, String usual) {
    return new InsertColumn(name, "'" + usual + "'", usual);
  }

  static InsertColumn of(String name, long usual) {
    return new InsertColumn(name, Long.toString(usual), Long.valueOf(usual));
  }

  static InsertColumn of(String name, double usual) {
    return new InsertColumn(name, Double.toString(usual), Double.valueOf(usual));
  }

  static InsertColumn nothing(String name) {
    return new InsertColumn(name, "NULL", NULL);
  }

  boolean isUsual(@Nullable Object value) {
    return value == null ? usual == NULL : usual.equals(value);
  }
}
