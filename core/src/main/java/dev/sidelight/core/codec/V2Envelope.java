package dev.sidelight.core.codec;

import dev.sidelight.core.tensor.Signature;
import java.util.List;
import java.util.Map;

/**
 * What a V2 request holds beside its rows.
 *
 * @param parameters the model's own, raw JSON by name
 * @param outputs raw JSON of the requested outputs; empty where none were named
 * @param inputParameters raw JSON by name, one map per input
 * @param rest members the protocol does not know, raw JSON by name
 * @param binary its tensors may stand behind the JSON text: the server takes such requests
 */
record V2Envelope(
    Signature signature,
    Map<String, String> parameters,
    String outputs,
    List<Map<String, String>> inputParameters,
    Map<String, String> rest,
    boolean binary)
    implements Envelope {}
