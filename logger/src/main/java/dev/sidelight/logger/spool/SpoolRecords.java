package dev.sidelight.logger.spool;

import dev.sidelight.logger.LoggedEvent;
import dev.sidelight.logger.RecordFormat;
import java.nio.ByteBuffer;

/**
 * Single events in the spool's record form, for files beside it (dead letters); the epoch is 0
 * there. For events that were read from the spool: nothing is left out of their heads.
 */
public final class SpoolRecords implements RecordFormat {

  // an event that was read from the spool has only such head fields as may be kept
  private final RecordEncoder encoder = new RecordEncoder(_ -> true);
  private final GroupBuffer buffer = new GroupBuffer();

  @Override
  public synchronized byte[] encode(LoggedEvent event) {
    encoder.encode(
        event.event(),
        new RecordHead.Place(
            event.sequence(), event.timeMicros(), event.number(), event.loop(), 0));
    encoder.writeTo(buffer);
    byte[] record = new byte[encoder.length()];
    ByteBuffer to = ByteBuffer.wrap(record);
    for (ByteBuffer part : buffer.take()) {
      to.put(part);
    }
    buffer.clear();
    return record;
  }

  @Override
  public LoggedEvent decode(byte[] record) {
    ByteBuffer bytes = ByteBuffer.wrap(record);
    if (record.length < RecordHead.BYTES || bytes.getInt(0) != RecordHead.MAGIC) {
      throw new IllegalArgumentException("no record begins here");
    }
    RecordHead head = RecordHead.read(bytes, 0);
    if (!head.isPlausible(record.length)
        || head.length() != record.length
        || RecordHead.crc(bytes, 0, head.payloadLength()) != head.crc()) {
      throw new IllegalArgumentException("the record is damaged");
    }
    ByteBuffer payload = bytes.slice(RecordHead.BYTES, head.payloadLength());
    return new LoggedEvent(
        head.sequence(),
        head.timeMicros(),
        head.loop(),
        head.number(),
        new RecordDecoder().decode(head, payload));
  }
}
