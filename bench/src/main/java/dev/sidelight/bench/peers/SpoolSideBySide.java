package dev.sidelight.bench.peers;

import java.util.List;
import java.util.Locale;

/**
 * {@code speed}, or {@code damage WHO payload|length}: one process for each damaged log, since some
 * readers do not survive it.
 */
public final class SpoolSideBySide {

  private static final int SEGMENT = 64 << 20;

  private SpoolSideBySide() {}

  public static void main(String[] args) throws Exception {
    if (args.length == 1 && args[0].equals("speed")) {
      Speed.run(
          List.of(
              new SidelightLog("Sidelight spool", false, SEGMENT),
              new SidelightLog("Sidelight spool, heads + answer", true, SEGMENT),
              new RocksLog(),
              new SqliteLog("SQLite (WAL, FULL)", true),
              new ChronicleLog()));
    } else if (args.length == 3 && args[0].equals("damage")) {
      Damage.run(
          contender(args[1]),
          Damage.Where.valueOf(args[2].toUpperCase(Locale.ROOT)),
          args[1].equals("sqlite-db"));
    } else {
      System.err.println("speed | damage WHO payload|length");
      System.exit(2);
    }
  }

  private static Contender contender(String who) {
    return switch (who) {
      case "spool" -> new SidelightLog("Sidelight spool, last segment", false, SEGMENT);
      case "spool-sealed" -> new SidelightLog("Sidelight spool, sealed segment", false, 4 << 20);
      case "rocksdb" -> new RocksLog();
      case "sqlite-wal" -> new SqliteLog("SQLite, in the WAL", false);
      case "sqlite-db" -> new SqliteLog("SQLite, in the database", true);
      case "chronicle" -> new ChronicleLog();
      default -> throw new IllegalArgumentException("no such log: " + who);
    };
  }
}
