package dev.sidelight.logger.spool;

import java.util.Locale;

/** Why events are missing, and the place of each count on the counter page (frozen). */
enum GapReason {
  RING_FULL(0),
  SPOOL_FULL(1),
  DISK_ERROR(2),
  TOO_LARGE(3),
  REDACTION_FAILED(4),
  CRASH_WINDOW(5),
  CORRUPT(6),
  SINK_BUDGET(7),
  DEAD_LETTER_FULL(8);

  final int place;

  GapReason(int place) {
    this.place = place;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
