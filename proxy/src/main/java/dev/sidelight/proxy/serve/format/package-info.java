/**
 * Explanations as documents: one class for each shape and method. Start at {@link
 * dev.sidelight.proxy.serve.format.ExplainDocuments}.
 */
@NullMarked
package dev.sidelight.proxy.serve.format;

import org.jspecify.annotations.NullMarked;
