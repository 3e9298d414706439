/** Everything on one machine: a real model on real data, its server, and traffic for it. */
@NullMarked
package dev.sidelight.proxy.demo;

import org.jspecify.annotations.NullMarked;
