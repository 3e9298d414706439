package dev.sidelight.logger.spool;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The file system as the spool uses it, so that faults can be played. Names are relative to the
 * spool's directory, with {@code /} between folder and file.
 */
interface Disk {

  /** A new, empty file. Fails when it is there. */
  DiskFile create(String name) throws IOException;

  /** A file that is there. */
  DiskFile open(String name) throws IOException;

  /** Names of the files in a folder ("" is the spool's own), sorted; empty when there is none. */
  List<String> list(String folder) throws IOException;

  void delete(String name) throws IOException;

  /** Replaces {@code to} at once. */
  void rename(String from, String to) throws IOException;

  /** Makes creations, renames and deletions in a folder durable. */
  void syncFolder(String folder) throws IOException;

  /** A new file of zeros, mapped; an old one of that name is replaced. */
  Mapped map(String name, int bytes) throws IOException;

  /** Bytes that may still be written. */
  long free() throws IOException;

  /** Size of the whole disk in bytes. */
  long total() throws IOException;

  /**
   * Holds the directory for this process.
   *
   * @throws SpoolException naming the process that holds it
   */
  Closeable lock() throws IOException;

  /** Another text after unsynced pages may have been lost: the machine was started anew. */
  String boot();

  /** One open file. Appends by one thread; reads by any. */
  interface DiskFile extends Closeable {

    /** All bytes, at the end; after an exception any part of them may be there. */
    void append(ByteBuffer[] parts) throws IOException;

    /** Like {@code FileChannel.read}: -1 at the end. */
    int read(ByteBuffer to, long at) throws IOException;

    void write(ByteBuffer bytes, long at) throws IOException;

    /** The bytes and the length are on the disk when this returns. */
    void force() throws IOException;

    void truncate(long size) throws IOException;

    long size() throws IOException;
  }

  /** Memory that outlives the process. */
  interface Mapped {

    /** Direct; absolute access only. */
    ByteBuffer bytes();

    void force() throws IOException;
  }
}
