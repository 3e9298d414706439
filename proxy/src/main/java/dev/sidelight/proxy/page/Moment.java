package dev.sidelight.proxy.page;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as the page writes them: UTC, the same for everybody who is sent the link. */
final class Moment {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private Moment() {}

  static Instant of(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  static String clock(long micros) {
    return CLOCK.format(of(micros));
  }

  /** Empty for today. */
  static String day(long micros, Instant now) {
    boolean today =
        LocalDate.ofInstant(now, ZoneOffset.UTC)
            .equals(LocalDate.ofInstant(of(micros), ZoneOffset.UTC));
    return today ? "" : DAY.format(of(micros));
  }

  /** With its day, whatever day it is. */
  static String full(long micros) {
    return DAY.format(of(micros)) + ", " + CLOCK.format(of(micros)) + " UTC";
  }
}
