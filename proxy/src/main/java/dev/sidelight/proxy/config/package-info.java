/**
 * The settings: one tree of records with a name, a default and a rule each. Start at {@link
 * dev.sidelight.proxy.config.Config}; {@code ConfigReader} fills it from flags, environment, file
 * and defaults, in this order, and tells all errors at once.
 */
@NullMarked
package dev.sidelight.proxy.config;

import org.jspecify.annotations.NullMarked;
