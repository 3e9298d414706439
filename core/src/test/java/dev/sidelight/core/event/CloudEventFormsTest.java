package dev.sidelight.core.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CloudEventFormsTest {

  private static List<CloudEvent> full(Profile profile, byte[] request, byte[] response) {
    return new CloudEvents(profile, "", Map.of("team", "a \"b\" é %"), HeaderPolicy.defaults())
        .of(Exchanges.full(request, response), Exchanges.RECORDED);
  }

  private static List<CloudEvent> samples() {
    List<CloudEvent> samples = new ArrayList<>();
    for (Profile profile : Profile.values()) {
      samples.addAll(full(profile, "{\"a\":[1, null]}".getBytes(UTF_8), new byte[] {0, -1}));
      samples.addAll(full(profile, " {}".getBytes(UTF_8), new byte[0]));
      samples.addAll(full(profile, "{\"a\":NaN}".getBytes(UTF_8), "17".getBytes(UTF_8)));
    }
    return samples;
  }

  @Test
  void everyForm_readBack_isTheSame() {
    for (CloudEvent event : samples()) {
      for (Profile profile : Profile.values()) {
        assertThat(CloudEventHeaders.ofHttp(CloudEventHeaders.http(event, profile), event.data()))
            .isEqualTo(event);
      }
      assertThat(CloudEventHeaders.ofKafka(CloudEventHeaders.kafka(event, true), event.data()))
          .isEqualTo(event);
      assertThat(CloudEventJson.read(CloudEventJson.write(event))).isEqualTo(event);
    }
    assertThat(CloudEventJson.readBatch(CloudEventJson.writeBatch(samples()))).isEqualTo(samples());
  }

  @Property(tries = 200)
  void structured_anyBodyUnderAnyType_comesBack(
      @ForAll byte[] body, @ForAll boolean json, @ForAll String text) {
    byte[] data = text.length() % 2 == 0 ? body : text.getBytes(UTF_8);
    CloudEvent event =
        new CloudEvent(
            Map.of(
                "specversion", "1.0",
                "id", "1",
                "source", "/",
                "type", "t",
                "datacontenttype", json ? "application/problem+json" : "text/plain"),
            data);

    assertThat(CloudEventJson.read(CloudEventJson.write(event))).isEqualTo(event);
  }

  @Test
  void structured_isReadByTheSdk() {
    var format =
        Objects.requireNonNull(
            EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE));
    for (CloudEvent event : samples()) {
      var read = format.deserialize(CloudEventJson.write(event));

      assertThat(read.getId()).isEqualTo(event.text("id"));
      assertThat(read.getType()).isEqualTo(event.text("type"));
      assertThat(read.getSource()).hasToString(event.text("source"));
      assertThat(Timestamps.parse(Objects.requireNonNull(read.getTime()).toString()))
          .isEqualTo(Timestamps.parse(event.text("time")));
      for (String name : read.getExtensionNames()) {
        assertThat(read.getExtension(name)).hasToString(event.text(name));
      }
      assertThat(read.getExtensionNames().size() + read.getAttributeNames().size())
          .isEqualTo(event.attributes().size());
      if (event.data().length > 0 && event.data()[0] != '{') {
        assertThat(Objects.requireNonNull(read.getData()).toBytes()).isEqualTo(event.data());
      }
    }
  }

  @Test
  void attributes_areAcceptedByTheSdksBuilder() {
    for (CloudEvent event : samples()) {
      var builder = io.cloudevents.core.builder.CloudEventBuilder.v1();
      Map<String, String> headers = CloudEventHeaders.kafka(event, false);
      headers.remove("ce_specversion"); // the builder has its own way to say it
      headers.forEach(
          (header, value) ->
              builder.withContextAttribute(
                  header.equals("content-type") ? "datacontenttype" : header.substring(3), value));

      assertThat(builder.build().getId()).isEqualTo(event.text("id"));
    }
  }

  @Test
  void structured_bodyIsDataOnlyWhereItIsStrictJson() {
    assertThat(json(full(Profile.KSERVE, "{\"a\":1.0}".getBytes(UTF_8), new byte[] {1}).get(0)))
        .endsWith(",\"data\":{\"a\":1.0}}");
    for (byte[] body :
        new byte[][] {
          "{\"a\":NaN}".getBytes(UTF_8),
          "{\"a\":1,\"a\":2}".getBytes(UTF_8),
          "{\"a\":1} x".getBytes(UTF_8),
          "{\"é\":1}".getBytes(ISO_8859_1),
          "{\"a\"".getBytes(UTF_8)
        }) {
      assertThat(json(full(Profile.KSERVE, body, body).get(0)))
          .contains("\"data_base64\":")
          .doesNotContain("\"data\":");
    }
  }

  private static String json(CloudEvent event) {
    return new String(CloudEventJson.write(event), UTF_8);
  }

  @Test
  void http_golden() {
    CloudEvent request = full(Profile.KSERVE, "{}".getBytes(UTF_8), new byte[0]).get(0);

    Map<String, String> kserve = CloudEventHeaders.http(request, Profile.KSERVE);
    Map<String, String> unique = CloudEventHeaders.http(request, Profile.UNIQUE_ID);

    assertThat(kserve)
        .containsEntry("content-type", "application/json")
        .containsEntry("ce-modelname", "income-%C3%A9")
        .containsEntry("ce-annotations", "{\"team\":\"a \\\"b\\\" \\u00E9 %\"}");
    assertThat(unique)
        .containsEntry("ce-annotations", "{%22team%22:%22a%20\\%22b\\%22%20\\u00E9%20%25%22}");
    assertThat(kserve.values()).allSatisfy(v -> assertThat(v).matches("[ -~]*"));
  }

  @Test
  void ofHttp_valuesThatAreNotPercentEncoded_stayAsTheyAre() {
    for (String verbatim : List.of("100%", "%zz", "%ff", "{\"a\":\"%22%20\"}", "[%20]", "%2")) {
      assertThat(PercentText.decode(verbatim)).isEqualTo(verbatim);
    }
    assertThat(PercentText.decode("a%20%C3%a9")).isEqualTo("a é");
  }

  @Test
  void kafka_golden() {
    CloudEvent request = full(Profile.KSERVE, "{}".getBytes(UTF_8), new byte[0]).get(0);

    assertThat(CloudEventHeaders.kafka(request, true))
        .containsEntry("ce_partitionkey", Exchanges.ID.toString())
        .containsEntry("ce_modelname", "income-é")
        .containsEntry("content-type", "application/json")
        .containsEntry("type", "io.seldon.serving.inference.request")
        .containsEntry("requestid", "order-1");
    assertThat(CloudEventHeaders.kafka(request, false)).doesNotContainKey("type");
  }

  @Test
  void read_whatIsNoEvent_isRefused() {
    for (String json : List.of("", "[]", "{}", "{\"id\":1}", "{\"specversion\":{}}", "nonsense")) {
      assertThatThrownBy(() -> CloudEventJson.read(json.getBytes(UTF_8)))
          .as(json)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
