/**
 * The spool beside other ways to keep a log on one machine: RocksDB, SQLite, Chronicle Queue. Run
 * by {@code bench/spool-side-by-side}. Start at {@link dev.sidelight.bench.peers.SpoolSideBySide}.
 */
@NullMarked
package dev.sidelight.bench.peers;

import org.jspecify.annotations.NullMarked;
