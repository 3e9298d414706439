package dev.sidelight.proxy.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class PicturesTest {

  private static JsonNode document() throws Exception {
    return new ObjectMapper()
        .readTree(
            TextExplanationTest.ATTRIBUTION.replace(
                "marital", "</style><script>alert(1)</script>"));
  }

  @Test
  void svg_isWellFormedAlone_andTheSameEachTime() throws Exception {
    String svg = Pictures.svg(document());

    var root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement();
    assertThat(root.getTagName()).isEqualTo("svg");
    assertThat(root.getElementsByTagName("style").getLength()).isEqualTo(1);
    assertThat(root.getElementsByTagName("script").getLength()).isZero();
    assertThat(svg).isEqualTo(Pictures.svg(document())).contains("2174").doesNotContain(" style=");
  }

  @Test
  void svg_lowersIsHatched_noRuleHidesIt() throws Exception {
    assertThat(Pictures.svg(document()))
        .contains("fill=\"url(#w-h)\"", ".lowers polygon:not(.hatched) {")
        .doesNotContain(".lowers polygon {");
  }

  @Test
  void html_holdsAllAndRunsNothing() throws Exception {
    String html = HtmlReport.of(List.of(document(), document()));

    assertThat(html)
        .contains("The model says &gt;50K (0.87).", "sha256:9f2c", "income, revision 7")
        .doesNotContain("<script", " style=", "href=", "src=", "javascript:");
    assertThat(html.split("<svg ", -1)).hasSize(3);
    assertThat(html).contains("id=\"w0-h\"", "id=\"w1-h\"");
    assertThat(html).isEqualTo(HtmlReport.of(List.of(document(), document())));
  }

  @Test
  void html_allowsItsOwnStyleOnly() throws Exception {
    String html = HtmlReport.of(List.of(document()));

    Matcher style = Pattern.compile("<style>(.*?)</style>", Pattern.DOTALL).matcher(html);
    assertThat(style.find()).isTrue();
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(style.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(html)
        .contains("default-src &#39;none&#39;")
        .contains("sha256-" + Base64.getEncoder().encodeToString(digest) + "&#39;");
  }

  @Test
  void html_ofARule_tellsItAsText() throws Exception {
    JsonNode anchor =
        new ObjectMapper()
            .readTree(
                "{\"kind\":\"anchor\",\"sentence\":\"s\",\"predicates\":[{\"text\":\"a < b\"}],"
                    + TextExplanationTest.TAIL);

    assertThat(Pictures.isDrawn(anchor)).isFalse();
    assertThat(HtmlReport.of(List.of(anchor))).contains("IF    a &lt; b").doesNotContain("<svg");
  }
}
