package dev.sidelight.proxy.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.proxy.page.markup.Markup;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AnchorViewTest {

  private static String view(String json) {
    Markup to = new Markup();
    new Shown(Optional.of(new UUID(1, 2)), List.of(), "http://localhost:8090", /* inPage= */ true)
        .write(Document.read(json.getBytes(StandardCharsets.UTF_8), 0).orElseThrow(), to);
    return to.toString();
  }

  @Test
  void write_certified_ruleWithItsCertificate() {
    String view = view(ExportsTest.ANCHOR);

    assertThat(view.replaceAll("<[^>]+>", ""))
        .startsWith("IF marital = Never-married AND capital_gain &lt;= 0 THEN &lt;=50K")
        .contains("precision 0.97 [0.95, 0.99], coverage 0.15")
        .contains("the model says the same in 97 % of the cases (400 were asked; at least 95.1 %")
        .contains("is not above 0.95 is at most 10 %");
    assertThat(view).doesNotContain("No rule was certified", "<i>").contains("&lt;i&gt;");
    for (String number : List.of("0.91", "0.33", "0.97", "0.15", "0.76")) {
      assertThat(view).contains("<data value=\"" + number + "\"");
    }
    assertThat(view).contains("&quot;method&quot;:&quot;anchor&quot;");
  }

  @Test
  void write_notCertified_saysSoWithReasonAndHint() {
    String view =
        view(
            ExportsTest.ANCHOR.replace(
                "\"success\":true",
                "\"success\":false,\"reason\":\"roundTrips\",\"hint\":\"allow more rounds\""));

    assertThat(view)
        .contains("No rule was certified at precision 0.95.", "Reason: round trips.")
        .doesNotContain("Certified: ", "is certified")
        .contains("allow more rounds");
  }

  @Test
  void write_counterfactual_tableOfChanges() {
    String view =
        view(
            """
            {"kind":"counterfactual","sentence":"s","prediction":{"value":0.8,"label":"<=50K"},
             "answers":[{"changes":[{"name":"age","from":39,"to":52}],"distance":0.4,
               "prediction":{"value":0.61,"label":">50K"},"confirmed":true,"minimal":true}]}
            """);

    assertThat(view)
        .contains("<th scope=\"row\">age</th><td>39</td><td><strong>52</strong>")
        .contains("Then the model says &gt;50K (0.61)");
  }

  @Test
  void write_counterfactualNone_saysWhere() {
    assertThat(
            view(
                "{\"kind\":\"counterfactual\",\"reason\":\"no_candidate\",\"loggedRows\":1200,\"answers\":[]}"))
        .contains("Nothing was found among 1,200 rows of traffic: no candidate.");
  }
}
