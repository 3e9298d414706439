package dev.sidelight.core.event;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The binary mode of the HTTP and Kafka bindings: attributes as headers, the data as the body. All
 * functions are pure.
 */
public final class CloudEventHeaders {

  private static final Set<String> INTEGERS = Set.of("statuscode", "grpcstatus");
  private static final Set<String> BOOLEANS = Set.of("truncated", "synthetic");
  private static final Set<String> LEGACY =
      Set.of("requestid", "modelid", "inferenceservicename", "namespace", "endpoint", "protocol");

  private CloudEventHeaders() {}

  /**
   * {@code ce-<name>} and {@code content-type} for an HTTP POST; all values are visible ASCII. The
   * JSON texts of profile {@code kserve} stand as they are, as KServe writes them; all else is
   * percent-encoded.
   */
  public static Map<String, String> http(CloudEvent event, Profile profile) {
    Map<String, String> headers = new LinkedHashMap<>();
    event
        .attributes()
        .forEach(
            (name, value) -> {
              boolean json =
                  name.equals(CloudEvents.METADATA) || name.equals(CloudEvents.ANNOTATIONS);
              if (name.equals("datacontenttype")) {
                headers.put("content-type", value.toString());
              } else if (json && profile == Profile.KSERVE) {
                headers.put("ce-" + name, value.toString());
              } else {
                headers.put("ce-" + name, PercentText.encode(value.toString()));
              }
            });
    return headers;
  }

  /** Reads {@link #http} back; names in any case. */
  public static CloudEvent ofHttp(Map<String, String> headers, byte[] data) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    headers.forEach(
        (header, value) -> {
          String name = header.toLowerCase(Locale.ROOT);
          if (name.equals("content-type")) {
            attributes.put("datacontenttype", value);
          } else if (name.startsWith("ce-")) {
            put(attributes, name.substring(3), PercentText.decode(value));
          }
        });
    return new CloudEvent(attributes, data);
  }

  /**
   * {@code ce_<name>}, {@code ce_partitionkey} and {@code content-type} for a Kafka record, to be
   * written in UTF-8.
   *
   * @param legacy adds the bare names of Seldon's records
   */
  public static Map<String, String> kafka(CloudEvent event, boolean legacy) {
    Map<String, String> headers = new LinkedHashMap<>();
    event
        .attributes()
        .forEach(
            (name, value) -> {
              String header = name.equals("datacontenttype") ? "content-type" : "ce_" + name;
              headers.put(header, value.toString());
            });
    headers.put("ce_partitionkey", CloudEvents.partitionKey(event));
    if (legacy) {
      headers.put("type", event.text("type").replace("org.kubeflow.serving", "io.seldon.serving"));
      for (String name : LEGACY) {
        if (event.attributes().containsKey(name)) {
          headers.put(name, event.text(name));
        }
      }
    }
    return headers;
  }

  /** Reads {@link #kafka} back; headers without the prefix are passed over. */
  public static CloudEvent ofKafka(Map<String, String> headers, byte[] data) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    headers.forEach(
        (header, value) -> {
          if (header.equals("content-type")) {
            attributes.put("datacontenttype", value);
          } else if (header.startsWith("ce_") && !header.equals("ce_partitionkey")) {
            put(attributes, header.substring(3), value);
          }
        });
    return new CloudEvent(attributes, data);
  }

  private static void put(Map<String, Object> attributes, String name, String value) {
    if (INTEGERS.contains(name)) {
      attributes.put(name, Integer.parseInt(value));
    } else if (BOOLEANS.contains(name)) {
      attributes.put(name, Boolean.parseBoolean(value));
    } else {
      attributes.put(name, value);
    }
  }
}
