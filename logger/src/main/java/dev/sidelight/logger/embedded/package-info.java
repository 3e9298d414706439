/**
 * The embedded store: one SQLite file per day, with full-text search, filters, paging and live
 * tail. Start at {@link dev.sidelight.logger.embedded.EmbeddedStore}; {@code Ingest} writes, {@code
 * Queries} and {@code DayScan} read.
 *
 * <p>Text search: the index knows which blocks of up to 64 neighbouring events have a word; the
 * bodies of those decide. Numbers ({@code 0.25}, {@code 1e-05}) and words above 64 characters are
 * not indexed, because they hardly repeat: events are searched for them body by body, newest first,
 * as far as the page's 2 s reach ({@code complete: false} then, and the next page goes on).
 */
@NullMarked
package dev.sidelight.logger.embedded;

import org.jspecify.annotations.NullMarked;
