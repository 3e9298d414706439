/**
 * Bytes on the wire &lt;-&gt; {@link dev.sidelight.core.tensor.Instances}: one {@link
 * dev.sidelight.core.codec.InferenceCodec} per protocol, all limits as arguments, every refusal a
 * {@link dev.sidelight.core.codec.CodecException} with a pointer. Never used on the data path.
 */
@NullMarked
package dev.sidelight.core.codec;

import org.jspecify.annotations.NullMarked;
