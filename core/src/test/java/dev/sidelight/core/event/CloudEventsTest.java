package dev.sidelight.core.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CloudEventsTest {

  private static CloudEvents events(Profile profile) {
    return new CloudEvents(profile, "", Map.of("team", "ä"), HeaderPolicy.defaults());
  }

  private static List<CloudEvent> full(Profile profile) {
    return events(profile)
        .of(Exchanges.full("{\"a\":1}".getBytes(UTF_8), new byte[] {1, 2}), Exchanges.RECORDED);
  }

  @Test
  void of_kserve_everyAttributeOfTheTable() {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("specversion", "1.0");
    request.put("id", Exchanges.ID.toString());
    request.put("source", "/sidelight/prod/income/predictor");
    request.put("type", "org.kubeflow.serving.inference.request");
    request.put("time", "2026-09-21T14:13:20.000001Z");
    request.put("datacontenttype", "application/json");
    request.put("recordedtime", "2026-09-21T14:13:20.500000Z");
    request.put("inferenceservicename", "income");
    request.put("namespace", "prod");
    request.put("component", "predictor");
    request.put("endpoint", "canary");
    request.put(
        "metadata",
        "{\"Content-Type\":[\"application/json\"],\"User-Agent\":[\"\\\"\\u00E9\\\" 100%\"]}");
    request.put("annotations", "{\"team\":\"\\u00E4\"}");
    request.put("exchangeid", Exchanges.ID.toString());
    request.put("requestid", "order-1");
    request.put("correlationid", "order-1");
    request.put("modelid", "income-é");
    request.put("modelname", "income-é");
    request.put("modelversion", "3");
    request.put("variant", "v2");
    request.put("tenant", "acme");
    request.put("protocol", "v2");
    request.put("transport", "http");
    request.put("method", "POST");
    request.put("path", "/v2/models/income/infer");
    request.put("bodybytes", "7");
    request.put("bodycrc32c", "0badcafe");
    request.put("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    request.put("tracestate", "a=1");
    request.put("redacted", "header:x-user");
    request.put("samplerate", "0.25");
    request.put("synthetic", true);
    request.put("origin", "demo-history");
    request.put("sequence", "42");

    List<CloudEvent> pair = full(Profile.KSERVE);

    assertThat(pair.get(0).attributes()).isEqualTo(request);
    Map<String, Object> response = new LinkedHashMap<>(request);
    response.keySet().removeAll(List.of("method", "path"));
    response.put("type", "org.kubeflow.serving.inference.response");
    response.put("time", "2026-09-21T14:13:20.012346Z");
    response.put("datacontenttype", "text/plain; charset=utf-8");
    response.put("metadata", "{}");
    response.put("statuscode", 500);
    response.put("outcome", "server_error");
    response.put("latencyms", "12.345");
    response.put("contentencoding", "gzip");
    response.put("bodybytes", "70000");
    response.put("bodycrc32c", "ffffffff");
    response.put("truncated", true);
    response.put("truncatedcause", "cap");
    assertThat(pair.get(1).attributes()).isEqualTo(response);
    assertThat(pair.get(1).data()).containsExactly(1, 2);
  }

  @Test
  void of_uniqueId_whatDiffers() {
    CloudEvent request = full(Profile.UNIQUE_ID).get(0);
    CloudEvent response = full(Profile.UNIQUE_ID).get(1);

    assertThat(request.text("id")).isEqualTo(Exchanges.ID + "/req");
    assertThat(response.text("id")).isEqualTo(Exchanges.ID + "/res");
    assertThat(request.text("subject")).isEqualTo("income-é/3");
    assertThat(response.attributes()).doesNotContainKey("metadata");
  }

  @Test
  void of_emptyPlaces_absentOrEmptyByProfile() {
    PayloadEvent.Exchange bare =
        new PayloadEvent.Exchange(
            Exchanges.ID,
            CallerIds.NONE,
            Trace.NONE,
            ModelRef.of(""),
            new Call("GET", "/", "", "http", 200, 0, Outcome.SUCCESS),
            new Times(0, 0, 0),
            Side.NONE,
            Side.NONE,
            Marks.NONE);
    CloudEvents kserve =
        new CloudEvents(Profile.KSERVE, "urn:x", Map.of(), HeaderPolicy.defaults());

    CloudEvent request = kserve.of(bare, new Recorded(1, 0)).get(0);
    CloudEvent unique = events(Profile.UNIQUE_ID).of(bare, new Recorded(1, 0)).get(0);

    assertThat(request.attributes())
        .containsEntry("source", "urn:x")
        .containsEntry("endpoint", "")
        .containsEntry("metadata", "{}")
        .containsEntry("grpcstatus", 0)
        .containsEntry("requestid", Exchanges.ID.toString())
        .containsEntry("time", "1970-01-01T00:00:00.000000Z")
        .doesNotContainKeys("correlationid", "datacontenttype", "modelname", "samplerate");
    assertThat(request.attributes()).doesNotContainKeys("truncated", "synthetic", "annotations");
    assertThat(unique.attributes()).doesNotContainKeys("endpoint", "namespace", "subject");
  }

  @Test
  void exchange_readBack_isTheSame() {
    for (Profile profile : Profile.values()) {
      PayloadEvent.Exchange before = Exchanges.full("{}".getBytes(UTF_8), "answer".getBytes(UTF_8));
      List<CloudEvent> pair = events(profile).of(before, Exchanges.RECORDED);

      PayloadEvent.Exchange after = CloudEvents.exchange(pair.get(0), pair.get(1));

      assertThat(after)
          .usingRecursiveComparison()
          .ignoringFields("callerIds", "request", "response")
          .isEqualTo(before);
      assertThat(after.request().head().copy()).isEqualTo(before.request().head().copy());
      assertThat(after.response().body().copy()).isEqualTo(before.response().body().copy());
      assertThat(events(profile).of(after, Exchanges.RECORDED)).isEqualTo(pair);
    }
  }

  @Test
  void exchange_halvesOfTwo_areRefused() {
    List<CloudEvent> pair = full(Profile.KSERVE);

    assertThatThrownBy(() -> CloudEvents.exchange(pair.get(1), pair.get(0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void of_reportAndGap_ownTypesAndKeys() {
    UUID id = UUID.fromString("0199f3a0-7c00-7abc-8def-0123456789ac");
    PayloadEvent.Report report =
        new PayloadEvent.Report(
            id, "explanation", Exchanges.ID, ModelRef.of("m"), 7, "{\"a\":1}".getBytes(UTF_8));
    PayloadEvent.Gap gap =
        new PayloadEvent.Gap(
            id, Exchanges.ID, 1, 2, 3, 4, 2, 100, "ring_full", true, 5, 6, "kafka");

    CloudEvent written = events(Profile.KSERVE).of(report, Exchanges.RECORDED);
    CloudEvent lost = events(Profile.KSERVE).of(gap, Exchanges.RECORDED);

    assertThat(written.text("type")).isEqualTo("dev.sidelight.explanation.v1");
    assertThat(CloudEvents.report(written)).usingRecursiveComparison().isEqualTo(report);
    assertThat(CloudEvents.partitionKey(written)).isEqualTo(Exchanges.ID.toString());
    assertThat(lost.text("type")).isEqualTo("dev.sidelight.gap.v1");
    assertThat(CloudEvents.partitionKey(lost)).isEqualTo(Exchanges.ID.toString());
    assertThat(new String(lost.data(), UTF_8))
        .startsWith("{\"spool\":\"" + Exchanges.ID + "\",\"epoch\":1,\"loop\":2,\"from\":3,")
        .contains("\"count\":2", "\"reason\":\"ring_full\"", "\"exact\":true");
  }
}
