/** What merging buys: many explanations against one simulated, serial predictor. */
@NullMarked
package dev.sidelight.bench.gateway;

import org.jspecify.annotations.NullMarked;
