/**
 * Writing HTML and SVG so that no value can become markup, and numbers as people read them. Start
 * at {@link dev.sidelight.proxy.page.markup.Markup}.
 */
@NullMarked
package dev.sidelight.proxy.page.markup;

import org.jspecify.annotations.NullMarked;
