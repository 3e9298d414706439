/**
 * Events on their way to rest. An event loop offers an event to its ring; one writer thread appends
 * it to the spool; each sink reads the spool behind a cursor of its own and is retried until the
 * event is settled.
 *
 * <p>Start at {@link dev.sidelight.logger.EventLog} (what the proxy sees), {@link
 * dev.sidelight.logger.Sink} (what a destination implements), {@link dev.sidelight.logger.Delivery}
 * (what brings the one to the other) and {@link dev.sidelight.logger.EventStore} (a sink that
 * answers queries).
 */
@NullMarked
package dev.sidelight.logger;

import org.jspecify.annotations.NullMarked;
