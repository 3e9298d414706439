/** x */
@NullMarked
package dev.sidelight.proxy;

import org.jspecify.annotations.NullMarked;
