package dev.sidelight.logger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The dead letters of one sink: {@code dead/<sink>.log} and, once that has half the permitted size,
 * {@code dead/<sink>.log.1} before it. When the younger half is full the older one goes as a whole,
 * and what was in it is counted.
 *
 * <p>An entry is big-endian: {@code SLD1}, length of the rest u32, CRC32C of the rest u32; the rest
 * is cause and text, each a u16 length and UTF-8, and the record as the spool writes it. A torn
 * last entry is cut off when the file is opened. Thread-safe.
 */
public final class DeadLetters implements AutoCloseable {

  private static final int MAGIC = 0x534c4431; // SLD1
  private static final int HEAD = 12;
  private static final int ENTRY_BYTES_MAX = 64 << 20;

  private final Path young;
  private final Path old;
  private final long bytesMax;
  private final RecordFormat format;
  private FileChannel channel;
  private long youngCount;
  private long oldCount;
  private long oldBytes;
  private long evicted;

  private DeadLetters(Path dir, String sink, long bytesMax, RecordFormat format)
      throws IOException {
    young = dir.resolve(sink + ".log");
    old = dir.resolve(sink + ".log.1");
    this.bytesMax = bytesMax;
    this.format = format;
    channel = openYoung();
  }

  /**
   * @param bytesMax {@code sinks.<name>.dead-bytes-max}, default 256 MiB, at least 1 KiB
   */
  public static DeadLetters open(Path dir, String sink, long bytesMax, RecordFormat format)
      throws IOException {
    if (bytesMax < 1024) {
      throw new IllegalArgumentException(
          "sinks.%s.dead-bytes-max must be >= 1 KiB, got %d".formatted(sink, bytesMax));
    }
    Files.createDirectories(dir);
    DeadLetters letters = new DeadLetters(dir, sink, bytesMax, format);
    letters.recover();
    return letters;
  }

  private FileChannel openYoung() throws IOException {
    return FileChannel.open(
        young, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private synchronized void recover() throws IOException {
    long[] counts = {0, 0};
    long end = scan(channel, _ -> counts[0]++);
    channel.truncate(end);
    channel.position(end);
    youngCount = counts[0];
    if (Files.exists(old)) {
      try (FileChannel older = FileChannel.open(old, StandardOpenOption.READ)) {
        oldBytes = older.size();
        scan(older, _ -> counts[1]++);
      }
      oldCount = counts[1];
    }
  }

  /** Adds a letter; it is safe only after {@link #sync()}. */
  synchronized void add(DeadLetter letter) throws IOException {
    byte[] cause = letter.cause().getBytes(StandardCharsets.UTF_8);
    byte[] text = letter.text().getBytes(StandardCharsets.UTF_8);
    byte[] record = format.encode(letter.event());
    ByteBuffer entry = ByteBuffer.allocate(HEAD + 4 + cause.length + text.length + record.length);
    entry.position(HEAD);
    entry.putShort((short) cause.length).put(cause);
    entry.putShort((short) text.length).put(text).put(record).flip();
    entry.putInt(0, MAGIC).putInt(4, entry.limit() - HEAD).putInt(8, crc(entry, HEAD));
    if (channel.position() > 0 && channel.position() + entry.limit() > bytesMax / 2) {
      rotate();
    }
    long start = channel.position();
    try {
      while (entry.hasRemaining()) {
        channel.write(entry);
      }
    } catch (IOException failed) {
      channel.truncate(start); // half an entry would hide those behind it
      throw failed;
    }
    youngCount++;
  }

  private void rotate() throws IOException {
    channel.force(false);
    oldBytes = channel.position();
    channel.close();
    Files.move(young, old, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    evicted += oldCount;
    oldCount = youngCount;
    youngCount = 0;
    channel = openYoung();
  }

  /** Everything added so far survives a power loss. */
  synchronized void sync() throws IOException {
    channel.force(false);
  }

  /** Oldest first. */
  public synchronized void forEach(Consumer<DeadLetter> to) throws IOException {
    if (Files.exists(old)) {
      try (FileChannel older = FileChannel.open(old, StandardOpenOption.READ)) {
        scan(older, rest -> to.accept(letter(rest)));
      }
    }
    scan(channel, rest -> to.accept(letter(rest)));
  }

  private DeadLetter letter(ByteBuffer rest) {
    String cause = text(rest);
    String text = text(rest);
    byte[] record = new byte[rest.remaining()];
    rest.get(record);
    return new DeadLetter(format.decode(record), cause, text);
  }

  private static String text(ByteBuffer from) {
    byte[] bytes = new byte[Short.toUnsignedInt(from.getShort())];
    from.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Hands on every whole entry; answers where they end. */
  private static long scan(FileChannel from, Consumer<ByteBuffer> to) throws IOException {
    long at = 0;
    while (true) {
      ByteBuffer head = read(from, at, HEAD);
      if (head.remaining() < HEAD || head.getInt(0) != MAGIC) {
        return at;
      }
      int length = head.getInt(4);
      if (length < 4 || length > ENTRY_BYTES_MAX) {
        return at;
      }
      ByteBuffer rest = read(from, at + HEAD, length);
      if (rest.remaining() < length || crc(rest, 0) != head.getInt(8)) {
        return at;
      }
      to.accept(rest);
      at += HEAD + length;
    }
  }

  private static ByteBuffer read(FileChannel from, long at, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining() && from.read(buffer, at + buffer.position()) >= 0) {
      // until full or the end
    }
    return buffer.flip();
  }

  private static int crc(ByteBuffer bytes, int from) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().position(from));
    return (int) crc.getValue();
  }

  /** Deletes all of them; they stay counted as dead. */
  public synchronized void purge() throws IOException {
    channel.truncate(0);
    channel.position(0);
    channel.force(false);
    Files.deleteIfExists(old);
    youngCount = 0;
    oldCount = 0;
    oldBytes = 0;
  }

  public synchronized long count() {
    return youngCount + oldCount;
  }

  public synchronized long bytes() throws IOException {
    return oldBytes + channel.position();
  }

  /** Letters that had to go for newer ones since the start: gap {@code dead_letter_full}. */
  public synchronized long evicted() {
    return evicted;
  }

  @Override
  public synchronized void close() throws IOException {
    channel.force(false);
    channel.close();
  }
}
