/**
 * Tensors, instances, the feature schema and the reference set, with the plain algorithms that
 * build the last two from a stream of rows.
 *
 * <p>Start at {@link dev.sidelight.core.tensor.Instances}: named tensors that agree on a number of
 * rows. Numbers keep their wire type and are never carried through another one, so a row assembled
 * from other rows' values is bit-equal to its sources.
 */
@NullMarked
package dev.sidelight.core.tensor;

import org.jspecify.annotations.NullMarked;
