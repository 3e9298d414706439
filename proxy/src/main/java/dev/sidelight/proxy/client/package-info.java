/**
 * The other side of our own HTTP API, for commands: asks for an explanation, follows it, and tells
 * it as text, SVG or one HTML file. Start at {@link dev.sidelight.proxy.client.RunningExplanation}.
 */
@NullMarked
package dev.sidelight.proxy.client;

import org.jspecify.annotations.NullMarked;
