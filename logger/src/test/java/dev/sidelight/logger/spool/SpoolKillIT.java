package dev.sidelight.logger.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.logger.Cursor;
import dev.sidelight.logger.EventLog;
import dev.sidelight.logger.Ledger;
import dev.sidelight.logger.LoggedEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process under load, killed in the middle, again and again, on one spool. */
class SpoolKillIT {

  private static final int KILLS = Integer.getInteger("spool.kills", 8);
  private static final long IDS_PER_LIFE = 10_000_000;

  @TempDir Path temp;

  @Test
  void killMinus9_underLoad_everyDurableEventOnceAndTheLedgerExact() throws Exception {
    Path dir = temp.resolve("spool");
    Path file = temp.resolve("read");
    Random random = new Random(7);
    long durable = 0;
    for (int life = 0; life < KILLS; life++) {
      durable = Math.max(durable, liveAndDie(dir, file, life, 50 + random.nextInt(400)));
    }

    try (Spool spool = Spool.open(KillScene.settings(dir));
        RandomAccessFile read = new RandomAccessFile(file.toFile(), "rw")) {
      Ledger.SinkLedger sink = drain(spool, read);
      Map<Long, Long> ids = new HashMap<>();
      Set<Long> sequences = new HashSet<>();
      read.seek(0);
      for (long at = 0; at + 16 <= read.length(); at += 16) {
        long sequence = read.readLong();
        long id = read.readLong();
        // at least once: a repeat is the same record
        assertThat(ids.merge(id, sequence, Math::max)).isEqualTo(sequence);
        sequences.add(sequence);
      }

      assertThat(durable).isGreaterThan(1000);
      assertThat(sequences).hasSameSizeAs(ids.keySet());
      Ledger ledger = spool.ledger();
      assertThat(sink.balanced()).as("%s", ledger).isTrue();
      assertThat(ledger.exact()).isTrue();
      assertThat(sink.pending()).isZero();
      assertThat(ids.size() + sink.gaps()).isEqualTo(ledger.seen());
      assertThat(sink.written()).isEqualTo(ids.size());
      assertThat(ledger.gaps().keySet()).isSubsetOf("crash_window", "ring_full");
    }
  }

  private static Ledger.SinkLedger drain(Spool spool, RandomAccessFile read) throws Exception {
    read.seek(read.length() / 16 * 16);
    try (Cursor cursor = spool.cursor("store", EventLog.From.OLDEST)) {
      List<LoggedEvent> events = cursor.read(1000, 4 << 20, 300);
      while (!events.isEmpty()) {
        long exchanges = KillScene.append(read, events);
        cursor.settle(events.getLast().sequence(), exchanges, 0, 0);
        events = cursor.read(1000, 4 << 20, 300);
      }
    }
    return spool.ledger().sinks().getFirst();
  }

  /** Returns the last durable sequence the process told of. */
  private static long liveAndDie(Path dir, Path file, int life, int lines)
      throws IOException, InterruptedException {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                KillChild.class.getName(),
                dir.toString(),
                Long.toString(1 + life * IDS_PER_LIFE),
                file.toString())
            .redirectErrorStream(true)
            .start();
    long durable = 0;
    StringBuilder other = new StringBuilder();
    try (BufferedReader out = child.inputReader(StandardCharsets.UTF_8)) {
      for (int i = 0; i < lines; i++) {
        String line = out.readLine();
        assertThat(line).as("%s", other).isNotNull();
        if (line.startsWith("durable ")) {
          durable = Long.parseLong(line.substring(8));
        } else {
          other.append(line).append('\n');
        }
      }
      child.destroyForcibly();
      child.waitFor();
    }
    return durable;
  }
}
