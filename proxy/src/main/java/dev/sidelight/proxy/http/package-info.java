/**
 * The data path, our own endpoints and the one class that turns failures into answers.
 *
 * <p>Only this package and {@code http.wire} see Netty or an event loop. An exchange is one object
 * on one loop; every exit passes its {@code finish} once.
 */
@NullMarked
package dev.sidelight.proxy.http;

import org.jspecify.annotations.NullMarked;
