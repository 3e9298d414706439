package dev.sidelight.logger.embedded;

import java.util.Comparator;

/** A place in the order of a list: newest first means falling positions. */
record Position(long timeMicros, long seq) implements Comparable<Position> {

  static final Position TOP = new Position(Long.MAX_VALUE, Long.MAX_VALUE);

  private static final Comparator<Position> ORDER =
      Comparator.comparingLong(Position::timeMicros).thenComparingLong(Position::seq);

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  Position min(Position other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
