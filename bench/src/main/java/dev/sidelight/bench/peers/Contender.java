package dev.sidelight.bench.peers;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A way to keep a log: how it is written, read after a restart, and where its bytes lie. */
interface Contender {

  String name();

  Writing open(Path dir) throws Exception;

  /** Opens what lies in the folder as after a restart and gives every event it delivers as good. */
  void read(Path dir, Consumer<byte[]> events) throws Exception;

  /** Where the number stands that says how long the thing is which holds the event. */
  int lengthAt(ByteBuffer file, int eventAt);

  /** One open log; used by one thread. */
  interface Writing {

    void append(byte[] event) throws Exception;

    /** Makes what was appended durable; may do nothing where the log does so by itself. */
    void commit() throws Exception;

    /** Waits until everything is durable. */
    default void settle() {
      // commit was enough
    }

    /** CPU of the threads that write, since they started. */
    default long writerNanos() {
      return ThreadCpu.current();
    }

    /** Syncs of the log so far, or -1 where only the commits are known. */
    default long syncs() {
      return -1;
    }

    void close() throws Exception;
  }
}
