package dev.sidelight.bench.peers;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;

/** Chronicle Queue with its defaults, synced after each group, which it does not do by itself. */
record ChronicleLog() implements Contender {

  private static final int HEADER = 4;

  @Override
  public String name() {
    return "Chronicle Queue";
  }

  @Override
  public Writing open(Path dir) {
    return new Appending(dir);
  }

  @Override
  public void read(Path dir, Consumer<byte[]> events) {
    try (ChronicleQueue queue = ChronicleQueue.singleBuilder(dir).build();
        ExcerptTailer tailer = queue.createTailer()) {
      boolean more = true;
      while (more) {
        more = tailer.readBytes(bytes -> events.accept(bytes.toByteArray()));
      }
    }
  }

  @Override
  public int lengthAt(ByteBuffer file, int eventAt) {
    return eventAt - HEADER;
  }

  private static final class Appending implements Writing {

    private final ChronicleQueue queue;
    private final ExcerptAppender appender;

    Appending(Path dir) {
      queue = ChronicleQueue.singleBuilder(dir).build();
      appender = queue.createAppender();
    }

    @Override
    public void append(byte[] event) {
      appender.writeBytes(bytes -> bytes.write(event));
    }

    @Override
    public void commit() {
      appender.sync();
    }

    @Override
    public void close() {
      appender.close();
      queue.close();
    }
  }
}
