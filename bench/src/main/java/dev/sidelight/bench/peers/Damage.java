package dev.sidelight.bench.peers;

import dev.sidelight.bench.Directory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** 20,000 durable events, one bit flipped in the middle, a restart: what is lost, what is false. */
final class Damage {

  private static final int EVENTS = 20_000;
  private static final int GROUP = 256;
  private static final int BIT = 8;

  /** What the bit belongs to. */
  enum Where {
    PAYLOAD,
    LENGTH
  }

  private Damage() {}

  static void run(Contender contender, Where where, boolean closedBefore) throws Exception {
    Path live = Files.createTempDirectory("spool-damage");
    Path parent = Files.createTempDirectory("spool-damage");
    Path restarted = parent.resolve("copy");
    Contender.Writing log = contender.open(live);
    write(log);
    if (closedBefore) {
      log.close();
      Directory.copy(live, restarted);
    } else { // as a kill would leave it
      Directory.copy(live, restarted);
      log.close();
    }
    flip(contender, restarted, where);
    Seen seen = new Seen();
    String end = "read to the end";
    try {
      contender.read(restarted, seen::add);
    } catch (Exception | Error e) { // readers die of damage in every way
      end = "then " + e.getClass().getSimpleName() + ": " + firstLine(e);
    }
    System.out.printf(
        "%-34s %-8s lost %6d  wrong %3d  repeated %3d  %s%n",
        contender.name(),
        where.name().toLowerCase(Locale.ROOT),
        EVENTS - seen.good.cardinality(),
        seen.wrong,
        seen.repeated,
        end);
    Directory.delete(live);
    Directory.delete(parent);
  }

  private static final class Seen {
    final BitSet good = new BitSet();
    int wrong;
    int repeated;

    void add(byte[] event) {
      int number = (int) Sample.numberOf(event);
      if (number < 0) {
        wrong++;
      } else if (good.get(number)) {
        repeated++;
      } else {
        good.set(number);
      }
    }
  }

  private static void write(Contender.Writing log) throws Exception {
    for (int i = 0; i < EVENTS; i++) {
      log.append(Sample.event(i));
      if (i % GROUP == GROUP - 1) {
        log.commit();
      }
    }
    log.commit();
    log.settle();
  }

  private static void flip(Contender contender, Path dir, Where where) throws IOException {
    byte[] mark = Sample.mark(EVENTS / 2);
    List<Path> files;
    try (Stream<Path> below = Files.walk(dir)) {
      files = below.filter(Files::isRegularFile).toList();
    }
    int places = 0;
    for (Path file : files) {
      byte[] bytes = Files.readAllBytes(file);
      int at = indexOf(bytes, mark);
      if (at >= 0) {
        int target =
            where == Where.PAYLOAD
                ? at + Sample.BYTES / 2
                : contender.lengthAt(ByteBuffer.wrap(bytes), at);
        bytes[target] ^= BIT;
        Files.write(file, bytes);
        places++;
      }
    }
    if (places != 1) {
      throw new IllegalStateException("the event lies in " + places + " files, not in one");
    }
  }

  private static int indexOf(byte[] bytes, byte[] mark) {
    for (int i = 0; i <= bytes.length - mark.length; i++) {
      if (bytes[i] == mark[0] && Arrays.equals(bytes, i, i + mark.length, mark, 0, mark.length)) {
        return i;
      }
    }
    return -1;
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
