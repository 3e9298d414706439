package dev.sidelight.logger;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Keeps the sequence only, and as much padding as the test wants. */
record SequenceFormat(int padding) implements RecordFormat {

  @Override
  public byte[] encode(LoggedEvent event) {
    byte[] record = new byte[8 + padding];
    Arrays.fill(record, (byte) 'p');
    ByteBuffer.wrap(record).putLong(event.sequence());
    return record;
  }

  @Override
  public LoggedEvent decode(byte[] record) {
    return Events.event(ByteBuffer.wrap(record).getLong()).build();
  }
}
