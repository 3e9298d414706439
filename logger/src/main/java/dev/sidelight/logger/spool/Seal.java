package dev.sidelight.logger.spool;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What the last record of a finished segment says.
 *
 * @param records before it in the segment
 * @param bytes of the file before it
 * @param exchanges of the records
 */
record Seal(long sequence, long timeMicros, int epoch, long records, long bytes, long exchanges) {

  /** Of the whole record: head, one field of three numbers, padding. */
  static final int BYTES = RecordHead.BYTES + 32;

  /** The seal at the end of a segment, or null when there is none. */
  static @Nullable Seal of(SegmentFile file) throws IOException {
    long at = file.size() - BYTES;
    SegmentFile.Found found = at < SegmentHeader.BYTES ? null : file.read(at);
    if (found == null || found.head().type() != RecordHead.SEAL) {
      return null;
    }
    Fields fields = Fields.of(found.payload());
    RecordHead head = found.head();
    return new Seal(
        head.sequence(),
        head.timeMicros(),
        head.epoch(),
        fields.at(Tag.SEAL_COUNTS, 0),
        fields.at(Tag.SEAL_COUNTS, 1),
        fields.at(Tag.SEAL_COUNTS, 2));
  }
}
