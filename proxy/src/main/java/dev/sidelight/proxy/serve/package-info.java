/**
 * The models behind the proxy: which there are, what their columns mean, and explanations of their
 * answers.
 */
@NullMarked
package dev.sidelight.proxy.serve;

import org.jspecify.annotations.NullMarked;
