/**
 * What happened on the wire, on its way to rest: {@link dev.sidelight.core.event.PayloadEvent} and
 * its CloudEvents form. {@link dev.sidelight.core.event.CloudEvents} is the only place that knows
 * attribute and type names.
 */
@NullMarked
package dev.sidelight.core.event;

import org.jspecify.annotations.NullMarked;
