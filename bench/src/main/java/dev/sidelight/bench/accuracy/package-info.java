/**
 * Our estimators as one more contender in a Python program that knows the peers. Start at {@link
 * dev.sidelight.bench.accuracy.ExplainerBridge}; the program is {@code bench/explainers/accuracy}.
 */
@NullMarked
package dev.sidelight.bench.accuracy;

import org.jspecify.annotations.NullMarked;
