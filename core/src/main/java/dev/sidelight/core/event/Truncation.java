package dev.sidelight.core.event;

import java.util.Locale;

/** Why fewer bytes were kept than were sent. */
public enum Truncation {
  NONE,
  /** Longer than {@code body-bytes-max}. */
  CAP,
  /** The ring's byte budget was three quarters used. */
  PRESSURE,
  /** The process was shedding load. */
  SHED,
  BACKEND_RESET,
  CLIENT_CLOSED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
