/**
 * Words of a text as the players of a game and as the conditions of anchors.
 *
 * <p>Start at {@link dev.sidelight.explainers.text.TextOcclusion}; {@code Words} says what a word
 * is.
 */
@NullMarked
package dev.sidelight.explainers.text;

import org.jspecify.annotations.NullMarked;
