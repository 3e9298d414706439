package dev.sidelight.logger.spool;

import dev.sidelight.logger.LoggedEvent;
import dev.sidelight.logger.RecordFormat;

/** Single events in the spool's record form, for files beside it (dead letters). */
public final class SpoolRecords implements RecordFormat {

  @Override
  public byte[] encode(LoggedEvent event) {
    throw new UnsupportedOperationException();
  }

  @Override
  public LoggedEvent decode(byte[] record) {
    throw new UnsupportedOperationException();
  }
}
