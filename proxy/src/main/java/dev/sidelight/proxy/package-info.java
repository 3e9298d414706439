/**
 * The program: {@code Main} builds a role from its configuration and runs it.
 *
 * <p>{@code cli} reads the command line, {@code config} the settings, {@code http} moves bytes,
 * {@code serve} explains and remembers models, {@code page} shows, {@code demo} is everything on
 * one machine.
 */
@NullMarked
package dev.sidelight.proxy;

import org.jspecify.annotations.NullMarked;
