package dev.sidelight.proxy.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;

/** The screens over HTTP, from a running demo; what a browser makes of them is tried elsewhere. */
class PageIT {

  private static final Pattern REQUEST = Pattern.compile("/ui/requests/[0-9a-f-]{36}");
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static DemoProcess demo;

  @BeforeAll
  static void start() throws Exception {
    demo = DemoProcess.start("--rate", "2");
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(demo.page() + path)).build(), BodyHandlers.ofString());
  }

  private static String anyRequest() throws IOException, InterruptedException {
    Matcher link = REQUEST.matcher(get("/ui/requests?filter=status%20%3D%20200").body());
    assertThat(link.find()).isTrue();
    return link.group();
  }

  private static HttpResponse<String> explain(String request, String origin)
      throws IOException, InterruptedException {
    HttpRequest.Builder post =
        HttpRequest.newBuilder(URI.create(demo.page() + request + "/explanation?row=0"))
            .POST(BodyPublishers.ofString("rowsMax=5000"));
    if (!origin.isEmpty()) {
      post.header("Origin", origin);
    }
    return HTTP.send(post.build(), BodyHandlers.ofString());
  }

  @Test
  void root_leadsToTheRequests() throws Exception {
    HttpResponse<String> root = get("/");

    assertThat(root.statusCode()).isEqualTo(303);
    assertThat(root.headers().firstValue("location")).contains("/ui/requests");
  }

  @ParameterizedTest
  @CsvSource({
    "/ui/requests,200",
    "/ui/requests?filter=age%20%3E%204,400",
    "/ui/requests/x,404",
    "/ui/requests/00000000-0000-0000-0000-000000000000,404",
    "/ui/nowhere,404",
    "/ui/assets/0/page.css,404",
    "/ui/requests?cursor=!!,400"
  })
  void everyAnswer_guarded(String path, int status) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-security-policy").orElse(""))
        .startsWith("default-src 'none'; script-src 'self' 'sha256-")
        .contains("require-trusted-types-for 'script'; trusted-types lit-html sidelight-svg");
    assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(answer.headers().firstValue("referrer-policy")).contains("no-referrer");
    assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
    assertThat(answer.body()).doesNotContain("style=\"").doesNotContain(" onclick");
  }

  @Test
  void assets_ofThePage_allThereForAYear() throws Exception {
    Matcher links = Pattern.compile("\"(/ui/assets/[^\"]+)\"").matcher(get("/ui/requests").body());
    List<String> found = new ArrayList<>();
    while (links.find()) {
      found.add(links.group(1));
      HttpResponse<String> asset = get(links.group(1));
      assertThat(asset.statusCode()).as(links.group(1)).isEqualTo(200);
      assertThat(asset.headers().firstValue("cache-control"))
          .contains("public, max-age=31536000, immutable");
    }
    assertThat(found).hasSizeGreaterThanOrEqualTo(8);
  }

  /** The elements put in place what is asked for as a part, and admit only what parses as ours. */
  @Test
  void part_isOneWellFormedElement() throws Exception {
    String request = anyRequest();
    for (String path :
        List.of(
            "/ui/requests?part=main", request + "?part=main", request + "/explanation?part=main")) {
      HttpResponse<String> answer = get(path);

      assertThat(answer.body()).as(path).startsWith("<main ").endsWith("</main>");
      DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(answer.body())));
    }
  }

  @Test
  void explain_fromThePage_sumsAndIsKept() throws Exception {
    String request = anyRequest();

    HttpResponse<String> made = explain(request, demo.page());

    assertThat(made.statusCode()).isEqualTo(200);
    assertThat(made.body()).contains("id=\"sentence\"").contains("class=\"chart waterfall\"");
    double[] cells =
        Pattern.compile("<data value=\"([^\"]+)\"")
            .matcher(attributions(made.body()))
            .results()
            .mapToDouble(r -> Double.parseDouble(r.group(1)))
            .toArray();
    double sum = Arrays.stream(cells, 0, cells.length - 1).sum();
    assertThat(sum)
        .isCloseTo(cells[cells.length - 1], org.assertj.core.api.Assertions.within(1e-6));
    awaitKept(request);
  }

  /** First numbers of the rows only: average, attributions, prediction. */
  private static String attributions(String html) {
    StringBuilder first = new StringBuilder();
    for (String row : html.substring(html.indexOf("The same in numbers")).split("<tr", -1)) {
      int at = row.indexOf("<data ");
      if (at >= 0) {
        first.append(row, at, row.indexOf('>', at) + 1);
      }
    }
    return first.toString();
  }

  private static void awaitKept(String request) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    String body = "";
    while (System.nanoTime() < end && !body.contains("id=\"sentence\"")) {
      body = get(request + "/explanation?row=0").body();
    }
    assertThat(body).contains("id=\"sentence\"");
    assertThat(get(request).body()).contains("Open the explanation");
  }

  @ParameterizedTest
  @CsvSource({"''", "http://localhost:1", "http://evil.example", "null"})
  void explain_fromElsewhere_403(String origin) throws Exception {
    assertThat(explain(anyRequest(), origin).statusCode()).isEqualTo(403);
  }

  @Test
  void lists_choice_becomesTheFilter() throws Exception {
    HttpResponse<String> chosen =
        get("/ui/requests?filter=latency%20%3E%201ms&status=errors&was-status=&model=&was-model=");

    assertThat(chosen.statusCode()).isEqualTo(303);
    assertThat(chosen.headers().firstValue("location").orElse(""))
        .contains("status%20%3E%3D%20400");
  }

  @Test
  void script_inAPayload_isText() throws Exception {
    String canary = "<script>canary" + System.nanoTime() + "</script>";
    HTTP.send(
        HttpRequest.newBuilder(URI.create(demo.data() + "/v2/models/income/infer"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"inputs\":[{\"name\":\"" + canary + "\"}]}"))
            .build(),
        BodyHandlers.ofString());
    String word = canary.replaceAll("\\D", "");
    String table = "";
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < end && !REQUEST.matcher(table).find()) {
      table = get("/ui/requests?filter=text%20~%20%22canary" + word + "%22").body();
    }

    Matcher link = REQUEST.matcher(table);
    assertThat(link.find()).isTrue();
    assertThat(get(link.group()).body())
        .contains("&lt;script&gt;canary" + word)
        .doesNotContain("<script>canary");
  }
}
