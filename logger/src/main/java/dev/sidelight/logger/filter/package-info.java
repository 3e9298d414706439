/**
 * The filter language of the API, the page and the command line: terms joined by {@code and}. Start
 * at {@link dev.sidelight.logger.filter.Filter}. Knows nothing of any store; each store says how it
 * evaluates a {@link dev.sidelight.logger.filter.Term}.
 */
@NullMarked
package dev.sidelight.logger.filter;

import org.jspecify.annotations.NullMarked;
