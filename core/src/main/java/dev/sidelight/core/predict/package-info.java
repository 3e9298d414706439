/** A model seen from outside: {@link dev.sidelight.core.predict.Predictor}, and how it fails. */
@NullMarked
package dev.sidelight.core.predict;

import org.jspecify.annotations.NullMarked;
