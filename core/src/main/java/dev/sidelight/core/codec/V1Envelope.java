package dev.sidelight.core.codec;

import dev.sidelight.core.tensor.Signature;
import java.util.Map;

/**
 * What a V1 request holds beside its rows.
 *
 * @param members all members but {@code instances} and {@code parameters}, raw JSON by name
 */
record V1Envelope(Signature signature, V1Layout layout, Map<String, String> members)
    implements Envelope {}
