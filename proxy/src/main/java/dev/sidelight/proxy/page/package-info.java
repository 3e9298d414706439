/**
 * The page: views rendered as HTML on the server, charts as SVG, and the elements that take over in
 * a browser.
 */
@NullMarked
package dev.sidelight.proxy.page;

import org.jspecify.annotations.NullMarked;
