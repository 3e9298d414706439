package dev.sidelight.bench.peers;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB with its defaults: one write batch per group, its log synced with each. */
record RocksLog() implements Contender {

  private static final int BLOCK = 32 << 10;
  private static final int LENGTH_IN_HEADER = 4;

  @Override
  public String name() {
    return "RocksDB";
  }

  @Override
  public Writing open(Path dir) throws RocksDBException {
    return new Appending(dir);
  }

  @Override
  public void read(Path dir, Consumer<byte[]> events) throws RocksDBException {
    try (Options options = new Options();
        RocksDB db = RocksDB.open(options, dir.toString());
        RocksIterator all = db.newIterator()) {
      for (all.seekToFirst(); all.isValid(); all.next()) {
        events.accept(all.value());
      }
      all.status();
    }
  }

  /** The log is cut into blocks; the piece that begins the event's block tells its length. */
  @Override
  public int lengthAt(ByteBuffer file, int eventAt) {
    return eventAt / BLOCK * BLOCK + LENGTH_IN_HEADER;
  }

  private static final class Appending implements Writing {

    private final Options options = new Options().setCreateIfMissing(true);
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final WriteBatch batch = new WriteBatch();
    private final ByteBuffer key = ByteBuffer.allocate(Long.BYTES);
    private final RocksDB db;
    private long number;

    Appending(Path dir) throws RocksDBException {
      db = RocksDB.open(options, dir.toString());
    }

    @Override
    public void append(byte[] event) throws RocksDBException {
      key.putLong(0, number++);
      batch.put(key.array(), event);
    }

    @Override
    public void commit() throws RocksDBException {
      db.write(synced, batch);
      batch.clear();
    }

    @Override
    public void close() {
      db.close();
      batch.close();
      synced.close();
      options.close();
    }
  }
}
