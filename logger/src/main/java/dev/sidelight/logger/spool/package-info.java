/**
 * The ring of each event loop, and the spool: checksummed segments with group commit, recovery,
 * cursors and the counter page. The record format's tag table stands here once it is written.
 */
@NullMarked
package dev.sidelight.logger.spool;

import org.jspecify.annotations.NullMarked;
