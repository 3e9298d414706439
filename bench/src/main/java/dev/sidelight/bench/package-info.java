/** x */
@NullMarked
package dev.sidelight.bench;

import org.jspecify.annotations.NullMarked;
