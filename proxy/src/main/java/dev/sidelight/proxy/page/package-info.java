/**
 * The page: screens rendered as HTML on the server, so that they read without JavaScript, and the
 * elements that take over in a browser (under {@code resources/.../page/assets}). One class per
 * screen; start at {@link dev.sidelight.proxy.page.RequestsScreen}.
 */
@NullMarked
package dev.sidelight.proxy.page;

import org.jspecify.annotations.NullMarked;
