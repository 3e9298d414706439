package dev.sidelight.logger.spool;

import dev.sidelight.core.event.HeaderPolicy;
import dev.sidelight.core.event.PayloadEvent;
import dev.sidelight.logger.LoggedEvent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the killed process and the one that looks afterwards agree on. */
final class KillScene {

  private KillScene() {}

  static SpoolSettings settings(Path dir) {
    return new SpoolSettings(
        dir,
        2,
        8 << 20,
        1024,
        1 << 20,
        64 << 20,
        20,
        256 << 10,
        SpoolSettings.Fsync.GROUP,
        SpoolSettings.WhenFull.DROP_OLDEST,
        HeaderPolicy.defaults(),
        Map.of());
  }

  /** Writes sequence and id of each exchange; how many there were. */
  static long append(RandomAccessFile to, List<LoggedEvent> events) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(16 * events.size());
    for (LoggedEvent event : events) {
      if (event.event() instanceof PayloadEvent.Exchange exchange) {
        bytes.putLong(event.sequence());
        bytes.putLong(exchange.id().getLeastSignificantBits() & Long.MAX_VALUE);
      }
    }
    to.write(bytes.array(), 0, bytes.position());
    return bytes.position() / 16;
  }
}
