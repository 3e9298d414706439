/**
 * Benchmarks, run by {@code bench/jmh}: codec, HTTP heads, ring and spool, gateway, Shapley values.
 * Start at {@link dev.sidelight.bench.SpoolBench}; the runs beside peers are in {@code peers} and
 * in {@code bench/side-by-side}. Nothing here is shipped.
 */
@NullMarked
package dev.sidelight.bench;

import org.jspecify.annotations.NullMarked;
