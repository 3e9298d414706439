/**
 * Our own endpoints, one class for each group of routes: explanations, references, the log. They
 * know what a call asks, not how it came. Start at {@link dev.sidelight.proxy.http.api.ApiRoutes}.
 */
@NullMarked
package dev.sidelight.proxy.http.api;

import org.jspecify.annotations.NullMarked;
