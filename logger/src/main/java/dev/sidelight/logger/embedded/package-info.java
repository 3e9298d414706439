/**
 * The embedded store: one SQLite file per day, with full-text search, filters, paging and live
 * tail.
 */
@NullMarked
package dev.sidelight.logger.embedded;

import org.jspecify.annotations.NullMarked;
