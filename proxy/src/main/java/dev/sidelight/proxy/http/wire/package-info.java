/**
 * The HTTP/1.1 codec of the data path: the only code that sees the bytes of a head. Start at {@link
 * dev.sidelight.proxy.http.wire.HeadParser} (bytes to a judged {@link
 * dev.sidelight.proxy.http.wire.Head}), go on with {@link
 * dev.sidelight.proxy.http.wire.BodyDecoder} (bytes to body slices) and {@link
 * dev.sidelight.proxy.http.wire.HeadWriter} (a head to the bytes sent on).
 *
 * <p>Nothing here blocks, reads a clock or knows a socket. Objects belong to one connection and one
 * event loop. Head bytes are copied once; body bytes never are.
 */
@NullMarked
package dev.sidelight.proxy.http.wire;

import org.jspecify.annotations.NullMarked;
