package dev.sidelight.proxy.page;

/**
 * What somebody may send who sees an empty table.
 *
 * @param protocol {@code v1} or {@code v2}
 * @param model its name; empty when none is known
 */
public record FirstRequest(String protocol, String model) {

  String command(String dataUrl) {
    String name = model.isEmpty() ? "MODEL" : model;
    return protocol.equals("v1")
        ? "curl -s %s/v1/models/%s:predict \\\n  -d '{\"instances\": [[1.0, 2.0]]}'"
            .formatted(dataUrl, name)
        : ("curl -s %s/v2/models/%s/infer -H 'Content-Type: application/json' \\\n"
                + "  -d '{\"inputs\": [{\"name\": \"x\", \"shape\": [1, 2], \"datatype\": \"FP64\","
                + " \"data\": [1.0, 2.0]}]}'")
            .formatted(dataUrl, name);
  }
}
