/** The command line: one class a command. */
@NullMarked
package dev.sidelight.proxy.cli;

import org.jspecify.annotations.NullMarked;
