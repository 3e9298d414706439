package dev.sidelight.core.codec;

import dev.sidelight.core.tensor.Instances;
import java.util.Map;

/**
 * A decoded predict or explain body.
 *
 * @param explainParameters what the body says to an explainer, later places winning; values are
 *     strings, numbers, booleans, lists and maps
 */
public record InferenceRequest(
    Instances instances, Envelope envelope, String id, Map<String, Object> explainParameters) {}
