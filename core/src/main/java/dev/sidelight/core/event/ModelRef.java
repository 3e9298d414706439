package dev.sidelight.core.event;

/** Which model an event is about. Every part may be empty except where a protocol needs it. */
public record ModelRef(
    String tenant,
    String namespace,
    String service,
    String component,
    String endpoint,
    String model,
    String variant,
    String version) {

  public static ModelRef of(String model) {
    return new ModelRef("", "", "", "", "", model, "", "");
  }

  public ModelRef withVersion(String version) {
    return new ModelRef(tenant, namespace, service, component, endpoint, model, variant, version);
  }
}
