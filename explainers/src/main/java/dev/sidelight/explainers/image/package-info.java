/**
 * Segments of an image as the players of a game and as the conditions of anchors.
 *
 * <p>Start at {@link dev.sidelight.explainers.image.ImageOcclusion}. {@code TensorImage} and {@code
 * EncodedImage} are the two forms an image comes in, {@code Grid} and {@code Slic} the two ways to
 * take it apart.
 */
@NullMarked
package dev.sidelight.explainers.image;

import org.jspecify.annotations.NullMarked;
