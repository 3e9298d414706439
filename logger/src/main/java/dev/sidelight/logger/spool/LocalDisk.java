package dev.sidelight.logger.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A directory of the machine. */
final class LocalDisk implements Disk {

  private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

  private final Path dir;

  LocalDisk(Path dir) throws IOException {
    this.dir = dir;
    for (String folder : List.of("", "cursors", "dead", "quarantine")) {
      Files.createDirectories(dir.resolve(folder));
    }
  }

  @Override
  public DiskFile create(String name) throws IOException {
    return new LocalFile(
        FileChannel.open(
            dir.resolve(name),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE));
  }

  @Override
  public DiskFile open(String name) throws IOException {
    FileChannel channel =
        FileChannel.open(dir.resolve(name), StandardOpenOption.READ, StandardOpenOption.WRITE);
    channel.position(channel.size());
    return new LocalFile(channel);
  }

  @Override
  public List<String> list(String folder) throws IOException {
    try (Stream<Path> files = Files.list(dir.resolve(folder))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    }
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(dir.resolve(name));
  }

  @Override
  public void rename(String from, String to) throws IOException {
    Files.move(
        dir.resolve(from),
        dir.resolve(to),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void syncFolder(String folder) throws IOException {
    try (FileChannel channel = FileChannel.open(dir.resolve(folder), StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public Mapped map(String name, int bytes) throws IOException {
    Path file = dir.resolve(name);
    Files.deleteIfExists(file);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      // written, not only mapped: a full disk must say so here and not by a signal later
      channel.write(ByteBuffer.allocate(bytes));
      MappedByteBuffer memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
      return new LocalMapped(memory);
    }
  }

  @Override
  public long free() throws IOException {
    return Files.getFileStore(dir).getUsableSpace();
  }

  @Override
  public long total() throws IOException {
    return Files.getFileStore(dir).getTotalSpace();
  }

  @Override
  public Closeable lock() throws IOException {
    FileChannel channel =
        FileChannel.open(
            dir.resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (!tryLock(channel)) {
      ByteBuffer text = ByteBuffer.allocate(32);
      channel.read(text, 0);
      channel.close();
      String pid = StandardCharsets.US_ASCII.decode(text.flip()).toString().strip();
      throw new SpoolException("spool %s is held by pid %s".formatted(dir, pid));
    }
    channel.truncate(0);
    channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
    return channel;
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this process holds it already
    }
  }

  @Override
  public String boot() {
    try {
      return Files.readString(BOOT_ID).strip();
    } catch (IOException e) {
      return ""; // not Linux: counters of the time before are taken for exact
    }
  }

  private record LocalMapped(MappedByteBuffer bytes) implements Mapped {
    @Override
    public void force() {
      bytes.force();
    }
  }

  private record LocalFile(FileChannel channel) implements DiskFile {

    @Override
    public void append(ByteBuffer[] parts) throws IOException {
      int next = 0;
      while (next < parts.length) {
        if (!parts[next].hasRemaining()) {
          next++;
          continue;
        }
        channel.write(parts, next, parts.length - next);
      }
    }

    @Override
    public int read(ByteBuffer to, long at) throws IOException {
      return channel.read(to, at);
    }

    @Override
    public void write(ByteBuffer bytes, long at) throws IOException {
      long to = at;
      while (bytes.hasRemaining()) {
        to += channel.write(bytes, to);
      }
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void truncate(long size) throws IOException {
      channel.truncate(size);
      channel.position(size);
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
