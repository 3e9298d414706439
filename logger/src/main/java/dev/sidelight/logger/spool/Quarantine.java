package dev.sidelight.logger.spool;

import dev.sidelight.core.event.PayloadEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets damaged bytes aside and tells of them once, however many readers meet them. Thread-safe. */
final class Quarantine {

  private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);
  private static final int PIECE = 64 << 10;

  private final Disk disk;
  private final Gaps gaps;
  private final Consumer<PayloadEvent.Gap> tell;

  Quarantine(Disk disk, Gaps gaps, Consumer<PayloadEvent.Gap> tell) {
    this.disk = disk;
    this.gaps = gaps;
    this.tell = tell;
  }

  synchronized void add(SegmentFile file, SegmentScan.Damage damage) throws IOException {
    String name = "%s-%d.bin".formatted(Segment.file(damage.segment()), damage.from());
    if (disk.list("quarantine").contains(name)) {
      return;
    }
    LOG.warn(
        "The spool is damaged in {} at {}: {} records lost, their bytes are in quarantine/{}",
        Segment.file(damage.segment()),
        damage.from(),
        damage.records(),
        name);
    try (Disk.DiskFile copy = disk.create(name(name))) {
      for (long at = damage.from(); at < damage.to(); at += PIECE) {
        int length = (int) Math.min(PIECE, damage.to() - at);
        copy.append(new ByteBuffer[] {ByteBuffer.wrap(file.copy(at, length))});
      }
      copy.force();
    }
    disk.syncFolder("quarantine");
    if (damage.records() > 0) {
      tell.accept(
          gaps.ofRecords(
              damage.sequence(),
              damage.sequence() + damage.records() - 1,
              damage.exchanges(),
              damage.to() - damage.from(),
              GapReason.CORRUPT,
              ""));
    }
  }

  private static String name(String file) {
    return "quarantine/" + file;
  }
}
