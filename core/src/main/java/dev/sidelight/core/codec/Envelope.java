package dev.sidelight.core.codec;

/**
 * Everything of a request that is not rows: layout, requested outputs, parameters, tensor names and
 * types. Two requests may share a batch exactly when their envelopes are equal. The caller's {@code
 * id} and the explain parameters are no part of it. Implementations are records of one codec.
 */
public interface Envelope {}
