package dev.sidelight.logger.filter;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** The right side of a comparison, typed by its field. {@code toString} is its canonical form. */
public sealed interface Constant {

  /** Compared as text. */
  record Text(String text) implements Constant {
    @Override
    public String toString() {
      return Quotes.quoted(text);
    }
  }

  /** Compared as a number; finite. */
  record Decimal(double number) implements Constant {
    public Decimal {
      number = number == 0 ? 0 : number; // minus zero prints differently and means the same
    }

    @Override
    public String toString() {
      return Double.toString(number);
    }
  }

  /** A count, or bytes. */
  record Whole(long number) implements Constant {
    @Override
    public String toString() {
      return Long.toString(number);
    }
  }

  record Duration(long micros) implements Constant {
    @Override
    public String toString() {
      return micros + "us";
    }
  }

  /** Microseconds since 1970. */
  record Time(long micros) implements Constant {
    @Override
    public String toString() {
      return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }
  }

  record Id(UUID id) implements Constant {
    @Override
    public String toString() {
      return id.toString();
    }
  }

  record Flag(boolean set) implements Constant {
    @Override
    public String toString() {
      return Boolean.toString(set);
    }
  }
}
