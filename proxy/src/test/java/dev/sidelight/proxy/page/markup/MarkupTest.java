package dev.sidelight.proxy.page.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class MarkupTest {

  @Test
  void text_scriptElement_isText() {
    String html = new Markup().element("td", "<script>alert('1')</script>").toString();

    assertThat(html).isEqualTo("<td>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;</td>");
  }

  @Test
  void attribute_quote_staysInside() {
    String html = new Markup().empty("input", "value", "\" autofocus onfocus=\"x").toString();

    assertThat(html).isEqualTo("<input value=\"&quot; autofocus onfocus=&quot;x\"/>");
  }

  /** Whatever the text, an XML parser reads it back as one text in one element. */
  @Property(tries = 300)
  void text_anything_readsBack(@ForAll String text) throws Exception {
    String xml = new Markup().open("p", "title", text).text(text).close().toString();

    Element read = parse(xml);

    assertThat(read.getChildNodes().getLength()).isLessThanOrEqualTo(1);
    assertThat(read.getAttributes().getLength()).isEqualTo(1);
    assertThat(read.getTextContent()).hasSameSizeAs(sanitised(text));
  }

  /** XML reads CR LF as LF, and a lone CR too; what it cannot hold has become U+FFFD. */
  private static String sanitised(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c ->
                out.appendCodePoint(
                    Character.isValidCodePoint(c) && (c < 0xD800 || c > 0xDFFF) ? c : 0xFFFD));
    return out.toString().replace("\r\n", "\n");
  }

  private static Element parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)))
        .getDocumentElement();
  }

  @ParameterizedTest
  @ValueSource(strings = {"style", "onclick", "onload", "x y", "", "a\"b"})
  void attribute_thatCouldRun_isRefused(String name) {
    assertThatThrownBy(() -> new Markup().open("p", name, "x"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "href,javascript:alert(1)",
    "href,https://elsewhere.example/",
    "action,//elsewhere.example/",
    "src,data:text/html;x",
    "href,''"
  })
  void attribute_foreignAddress_isRefused(String name, String value) {
    assertThatThrownBy(() -> new Markup().open("a", name, value))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ui/requests", "#main", "?row=3"})
  void attribute_ownAddress_isWritten(String value) {
    assertThat(new Markup().empty("a", "href", value).toString())
        .isEqualTo("<a href=\"" + value + "\"/>");
  }

  @Test
  void toString_stillOpen_isAMistake() {
    Markup markup = new Markup().open("main").open("p").close();

    assertThatThrownBy(markup::toString).isInstanceOf(IllegalStateException.class);
  }
}
