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

  private final String word = name().toLowerCase(Locale.ROOT); // events ask for it

  public String word() {
    return word;
  }
}
