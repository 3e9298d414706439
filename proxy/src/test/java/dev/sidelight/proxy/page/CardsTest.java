package dev.sidelight.proxy.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.explainers.gateway.GatewayMeters;
import dev.sidelight.logger.QueryException;
import dev.sidelight.logger.StoredRequest.StoredBody;
import dev.sidelight.proxy.page.markup.Markup;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CardsTest {

  private static String body(String text, String encoding, String truncation, boolean redacted) {
    Markup to = new Markup();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    BodyCard.write(
        "Request body",
        new StoredBody(bytes, "application/json", encoding, truncation),
        5_000,
        /* jsonLength= */ "",
        redacted,
        to);
    return to.toString();
  }

  @Test
  void body_json_prettyWithItsNumbersKept() {
    String card =
        body("{\"a\":[1.10,12345678901234567890.5],\"b\":\"</script>\"}", "", "none", false);

    assertThat(card)
        .contains("&quot;a&quot; : [ 1.10, 12345678901234567890.5 ]")
        .contains("&lt;/script&gt;")
        .doesNotContain("Truncated", "Redacted");
  }

  @Test
  void body_broken_asItIs() {
    assertThat(body("{\"a\":", "", "none", false)).contains("{&quot;a&quot;:</code>");
  }

  @Test
  void body_cut_saysSo() {
    assertThat(body("{", "", "cap", true)).contains("Truncated (cap): 1 B of 5 KB", "Redacted");
  }

  @Test
  void body_compressed_isNotShownAsText() {
    assertThat(body("\u0001\u0002", "gzip", "none", false)).contains("Not text: 2 B.");
  }

  private static String binary(byte[] bytes, String jsonLength) {
    Markup to = new Markup();
    StoredBody body = new StoredBody(bytes, "application/octet-stream", "", "none");
    BodyCard.write("Request body", body, bytes.length, jsonLength, false, to);
    return to.toString();
  }

  @Test
  void body_rawTensors_theirHeadIsRead() {
    byte[] bytes = "{\"inputs\":[]}\0\0\0\u0007".getBytes(StandardCharsets.UTF_8);

    assertThat(binary(bytes, "13"))
        .contains("&quot;inputs&quot; : [ ]", "Behind it: 4 B of raw tensors");
  }

  @Test
  void body_bytesThatAreNoCharacters_areNotShown() {
    byte[] bytes = "{\"inputs\":[]}\0\0\0\u0007".getBytes(StandardCharsets.UTF_8);

    assertThat(binary(bytes, "")).contains("Not text: 17 B.").doesNotContain("inputs", "Behind");
    assertThat(binary(bytes, "0")).contains("Not text: 17 B.").doesNotContain("Behind");
    assertThat(binary(bytes, "99")).contains("Not text: 17 B.").doesNotContain("Behind");
  }

  @Test
  void body_huge_isCut() {
    String card = body("x".repeat(50_000), "", "none", false);

    assertThat(card).contains("The first 40,000 characters of 50,000.").hasSizeLessThan(45_000);
  }

  /** Servers differ in which of the two they take: to show one of them would be a lie. */
  @Test
  void body_sameNameTwice_bothAreShown() {
    String card = body("{\"x\":1,\"x\":2}", "", "none", false);

    assertThat(card).contains("{&quot;x&quot;:1,&quot;x&quot;:2}");
  }

  @ParameterizedTest
  @CsvSource({
    "2,100,20000,at most 400 model rows",
    "12,100,20000,'at most 20,000 model rows'",
    "1000,100,20000,'at most 20,000 model rows'"
  })
  void price_smallGames_costLess(int features, int background, long max, String words) {
    assertThat(Price.of(features, background, max, Optional.empty()).words()).isEqualTo(words);
  }

  @Test
  void price_knownModel_saysHowLong() {
    GatewayMeters meters =
        new GatewayMeters(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Map.of(), 0, 0, 4, 0.005, 1, 100, 0, 0);

    assertThat(Price.of(12, 100, 20_000, Optional.of(meters)).words())
        .isEqualTo("at most 20,000 model rows, about 124 ms");
  }

  @Test
  void fault_caretUnderThePlace() {
    Markup to = new Markup();
    FilterForm.fault(
        "a\ud83d\ude00b > age < 4",
        new QueryException("query_syntax", 7, List.of("features.<name>"), "there is no field"),
        to);

    assertThat(to.toString())
        .contains("a\ud83d\ude00b &gt; age &lt; 4\n      ^<")
        .contains("There is no field.")
        .contains("<code>features.age</code>");
  }

  @Test
  void fault_cursor_offersANewBeginning() {
    Markup to = new Markup();
    FilterForm.fault(
        "rows > 1", new QueryException("cursor_expired", -1, "the cursor is too old"), to);

    assertThat(to.toString()).contains("href=\"/ui/requests?filter=rows%20%3E%201\"");
  }

  @Test
  void visit_dataUrl_sameNameOtherPort() {
    assertThat(new Visit("[::1]:8090", 8080, Instant.EPOCH, false).dataUrl())
        .isEqualTo("http://[::1]:8080");
    assertThat(new Visit("localhost", 8080, Instant.EPOCH, false).dataUrl())
        .isEqualTo("http://localhost:8080");
  }

  @Test
  void firstRequest_knownHostAndModel() {
    assertThat(new FirstRequest("v1", "income").command("http://h:1"))
        .startsWith("curl -s http://h:1/v1/models/income:predict");
    assertThat(new FirstRequest("v2", "").command("http://h:1")).contains("/v2/models/MODEL/infer");
  }

  @Test
  void quoted_quotesOfAShell_survive() {
    assertThat(Commands.quoted("it's")).isEqualTo("'it'\\''s'");
  }
}
