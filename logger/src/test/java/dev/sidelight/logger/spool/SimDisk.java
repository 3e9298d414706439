package dev.sidelight.logger.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A disk in memory that fails or stops where it is told, and can lose what was not synced. */
final class SimDisk implements Disk {

  /** What happens at the chosen operation. */
  enum Fault {
    /** It fails once, in the middle. */
    ONCE,
    /** It and all after it fail. */
    FROM_HERE
  }

  private final Map<String, Content> files = new TreeMap<>();
  private Map<String, Content> durableNames = new TreeMap<>();
  private String boot = "boot-1";
  private boolean locked;
  private int operations;
  private int faultAt = -1;
  private Fault fault = Fault.ONCE;
  private String message = "Input/output error";
  long free = Long.MAX_VALUE / 2;

  private static final class Content {
    private byte[] bytes = new byte[0];
    private byte[] durable = new byte[0];
    private @Nullable ByteBuffer mapped;

    byte[] now() {
      ByteBuffer memory = mapped;
      if (memory == null) {
        return bytes;
      }
      byte[] copy = new byte[memory.capacity()];
      memory.get(0, copy);
      return copy;
    }

    static Content of(byte[] bytes) {
      Content content = new Content();
      content.bytes = bytes.clone();
      content.durable = bytes.clone();
      return content;
    }
  }

  void failAt(int operation, Fault how) {
    faultAt = operation;
    fault = how;
  }

  void failFromNow(String message) {
    faultAt = operations;
    fault = Fault.FROM_HERE;
    this.message = message;
  }

  void heal() {
    faultAt = -1;
  }

  int operations() {
    return operations;
  }

  /** The disk as the next process finds it: everything written is there. */
  SimDisk afterKill() {
    SimDisk next = new SimDisk();
    files.forEach((name, content) -> next.files.put(name, Content.of(content.now())));
    next.durableNames = new TreeMap<>(next.files);
    next.boot = boot;
    return next;
  }

  /** The disk after a power loss: of what was not synced any prefix may be there. */
  SimDisk afterPowerLoss(Random random) {
    SimDisk next = new SimDisk();
    durableNames.forEach(
        (name, content) -> {
          byte[] now = content.now();
          byte[] kept = content.durable;
          if (content.mapped == null && now.length > kept.length) {
            kept = Arrays.copyOf(now, kept.length + random.nextInt(now.length - kept.length + 1));
          }
          next.files.put(name, Content.of(kept));
        });
    next.durableNames = new TreeMap<>(next.files);
    next.boot = boot + "+";
    return next;
  }

  byte[] bytes(String name) {
    return content(name).now();
  }

  void put(String name, byte[] bytes) {
    files.put(name, Content.of(bytes));
  }

  boolean has(String name) {
    return files.containsKey(name);
  }

  @Override
  public DiskFile create(String name) throws IOException {
    operation();
    if (files.containsKey(name)) {
      throw new IOException(name + " exists");
    }
    Content content = new Content();
    files.put(name, content);
    return new SimFile(content);
  }

  @Override
  public DiskFile open(String name) throws IOException {
    if (!files.containsKey(name)) {
      throw new IOException(name + " does not exist");
    }
    return new SimFile(content(name));
  }

  @Override
  public List<String> list(String folder) {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    return files.keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .filter(name -> !name.contains("/"))
        .toList();
  }

  @Override
  public void delete(String name) throws IOException {
    operation();
    files.remove(name);
  }

  @Override
  public void rename(String from, String to) throws IOException {
    operation();
    files.put(to, content(from));
    files.remove(from);
  }

  @Override
  public void syncFolder(String folder) throws IOException {
    operation();
    String prefix = folder.isEmpty() ? "" : folder + "/";
    durableNames.keySet().removeIf(name -> isIn(prefix, name));
    files.forEach(
        (name, content) -> {
          if (isIn(prefix, name)) {
            durableNames.put(name, content);
          }
        });
  }

  private static boolean isIn(String prefix, String name) {
    return name.startsWith(prefix) && name.indexOf('/', prefix.length()) < 0;
  }

  @Override
  public Mapped map(String name, int bytes) throws IOException {
    operation();
    Content content = new Content();
    ByteBuffer memory = ByteBuffer.allocateDirect(bytes);
    content.mapped = memory;
    files.put(name, content);
    return new Mapped() {
      @Override
      public ByteBuffer bytes() {
        return memory;
      }

      @Override
      public void force() throws IOException {
        operation();
        content.durable = content.now();
      }
    };
  }

  @Override
  public long free() {
    return free;
  }

  @Override
  public long total() {
    return Long.MAX_VALUE / 2;
  }

  @Override
  public Closeable lock() {
    if (locked) {
      throw new SpoolException("spool sim is held by pid 1");
    }
    locked = true;
    return () -> locked = false;
  }

  @Override
  public String boot() {
    return boot;
  }

  private Content content(String name) {
    Content content = files.get(name);
    if (content == null) {
      throw new IllegalStateException("no file " + name);
    }
    return content;
  }

  private boolean fails() {
    int n = operations++;
    return faultAt >= 0 && (fault == Fault.ONCE ? n == faultAt : n >= faultAt);
  }

  private void operation() throws IOException {
    if (fails()) {
      throw new IOException(message);
    }
  }

  private final class SimFile implements DiskFile {
    private final Content content;

    SimFile(Content content) {
      this.content = content;
    }

    @Override
    public void append(ByteBuffer[] parts) throws IOException {
      int total = Arrays.stream(parts).mapToInt(ByteBuffer::remaining).sum();
      ByteBuffer all = ByteBuffer.allocate(total);
      for (ByteBuffer part : parts) {
        all.put(part);
      }
      boolean fails = fails();
      int kept = fails ? total / 2 : total; // a short write
      int old = content.bytes.length;
      content.bytes = Arrays.copyOf(content.bytes, old + kept);
      all.get(0, content.bytes, old, kept);
      if (fails) {
        throw new IOException(message);
      }
    }

    @Override
    public int read(ByteBuffer to, long at) {
      byte[] now = content.now();
      if (at >= now.length) {
        return -1;
      }
      int n = (int) Math.min(to.remaining(), now.length - at);
      to.put(now, (int) at, n);
      return n;
    }

    @Override
    public void write(ByteBuffer bytes, long at) throws IOException {
      operation();
      int end = (int) at + bytes.remaining();
      if (content.bytes.length < end) {
        content.bytes = Arrays.copyOf(content.bytes, end);
      }
      bytes.get(content.bytes, (int) at, bytes.remaining());
    }

    @Override
    public void force() throws IOException {
      operation();
      content.durable = content.bytes.clone();
    }

    @Override
    public void truncate(long size) throws IOException {
      operation();
      content.bytes = Arrays.copyOf(content.bytes, (int) size);
    }

    @Override
    public long size() {
      return content.now().length;
    }

    @Override
    public void close() {
      // nothing is held
    }
  }
}
