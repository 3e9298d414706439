/**
 * The embedded store: one SQLite file per day, with full-text search, filters, paging and live
 * tail. Start at {@link dev.sidelight.logger.embedded.EmbeddedStore}; {@code Ingest} writes, {@code
 * Queries} and {@code DayScan} read.
 */
@NullMarked
package dev.sidelight.logger.embedded;

import org.jspecify.annotations.NullMarked;
