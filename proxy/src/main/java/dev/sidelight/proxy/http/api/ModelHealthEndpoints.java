package dev.sidelight.proxy.http.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.proxy.config.Config;
import dev.sidelight.proxy.config.Profile;
import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import dev.sidelight.proxy.serve.ModelRegistry;
import dev.sidelight.proxy.serve.ServedModel;
import java.io.IOException;
import java.util.List;

/**
 * Health and names of models as KServe's V1 and V2 protocols have them, where we are the server. A
 * model is ready when its predictor answers for it.
 */
final class ModelHealthEndpoints {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Config config;
  private final ModelRegistry registry;
  private final Health health;

  ModelHealthEndpoints(Config config, ModelRegistry registry, Health health) {
    this.config = config;
    this.registry = registry;
    this.health = health;
  }

  Answer alive(Call call) throws IOException {
    return json(200, JSON.createObjectNode().put("status", "alive"));
  }

  Answer live(Call call) throws IOException {
    return json(200, JSON.createObjectNode().put("live", true));
  }

  Answer server(Call call) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.put("name", "sidelight-explainer").put("version", "");
    node.putArray("extensions");
    return json(200, node);
  }

  /** The only model, where one was named; else all that were asked for and answered. */
  private List<String> names() {
    return config.modelName().isEmpty()
        ? registry.all().stream().map(ServedModel::name).toList()
        : List.of(config.modelName());
  }

  Answer list(Call call) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    names().forEach(node.putArray("models")::add);
    return json(200, node);
  }

  /** Whether the predictor answers, and for the model that was named, if one was. */
  Answer allReady(Call call) throws IOException {
    String name = config.modelName();
    boolean ready = health.isReady() && (name.isEmpty() || registry.find(name).isPresent());
    ObjectNode node = JSON.createObjectNode().put("ready", ready);
    if (!ready) {
      node.put("error", notReady(name));
    }
    return json(ready ? 200 : 503, node);
  }

  Answer ready(Call call) throws IOException {
    String name = name(call);
    boolean ready = health.isReady() && registry.find(name).isPresent();
    ObjectNode node = JSON.createObjectNode().put("name", name).put("ready", ready);
    if (!ready) {
      node.put("error", notReady(name));
    }
    return json(ready ? 200 : 503, node);
  }

  Answer metadata(Call call) throws IOException {
    ObjectNode node = JSON.createObjectNode().put("name", name(call));
    node.putArray("versions");
    node.put("platform", "sidelight-explainer");
    node.putArray("inputs");
    node.putArray("outputs");
    return json(200, node);
  }

  /**
   * @throws dev.sidelight.proxy.serve.ServeException {@code model_unknown} for another name than
   *     the one that was given, and for one the predictor does not know
   */
  private String name(Call call) {
    String asked = call.parameters().getOrDefault("model", "");
    return asked.equals(config.modelName()) ? asked : registry.get(asked).name();
  }

  private String notReady(String name) {
    boolean v1 = config.profile() == Profile.V1;
    return (name.isEmpty() ? "the predictor" : "the predictor of " + name)
        + " does not answer over "
        + (v1 ? "V1; if it speaks V2 only, start with --predictor_protocol v2" : "V2 yet");
  }

  private static Answer json(int status, ObjectNode body) throws IOException {
    return Answer.json(status, JSON.writeValueAsBytes(body));
  }
}
