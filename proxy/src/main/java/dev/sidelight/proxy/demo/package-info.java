/**
 * The demonstration: a real model on real rows, its server, and the traffic that visits it. Start
 * reading at {@link dev.sidelight.proxy.demo.Demo}, then {@link
 * dev.sidelight.proxy.demo.ModelServer} (what is asked) and {@link
 * dev.sidelight.proxy.demo.DemoTraffic} (who asks). The server writes and parses its JSON itself
 * and knows none of our codecs: if both were wrong in the same way nobody would notice.
 *
 * <p>The rows are UCI Adult's (see {@code PROVENANCE.md} among the resources). Race and sex are
 * inputs of the model, so the demonstration also shows what explanations reveal about such models.
 */
@NullMarked
package dev.sidelight.proxy.demo;

import org.jspecify.annotations.NullMarked;
