package dev.sidelight.proxy.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AssetsTest {

  private static final Assets ASSETS = Assets.load();

  @Test
  void budget_sixtyKilobytesAndTwentyFiveFiles() {
    int bytes = ASSETS.names().stream().mapToInt(name -> asset(name).gzip().length).sum();

    assertThat(bytes).isLessThanOrEqualTo(60_000);
    assertThat(ASSETS.names()).hasSizeLessThanOrEqualTo(25);
  }

  /** Every import of every module is a file here or a name in the map: no request fails. */
  @Test
  void imports_allResolve() {
    Pattern imports = Pattern.compile("(?:from|import)\\s*[\"']([^\"']+)[\"']");
    for (String name : ASSETS.names()) {
      Matcher matcher = imports.matcher(text(name));
      while (name.endsWith(".js") && matcher.find()) {
        String target = matcher.group(1);
        boolean known =
            target.startsWith("./")
                ? ASSETS.names().contains(target.substring(2))
                : ASSETS.importMap().contains("\"" + target + "\":");
        assertThat(known).as("%s imports %s", name, target).isTrue();
      }
    }
  }

  @Test
  void elements_underTwoHundredLines() {
    for (String name : ASSETS.names()) {
      if (name.startsWith("sl-")) {
        assertThat(text(name).lines().count()).as(name).isLessThan(200);
      }
    }
  }

  /** The name that Lit gives its policy is the one our policy admits. */
  @Test
  void trustedTypes_litsPolicy_isNamedInOurs() {
    assertThat(text("lit-html.js")).contains("createPolicy(\"lit-html\"");
    assertThat(text("admit.js")).contains("createPolicy('sidelight-svg'");
    assertThat(Guard.screen(ASSETS).get("Content-Security-Policy"))
        .endsWith("trusted-types lit-html sidelight-svg");
  }

  @Test
  void policy_exact() throws Exception {
    byte[] digest =
        MessageDigest.getInstance("SHA-256")
            .digest(ASSETS.importMap().getBytes(StandardCharsets.UTF_8));

    assertThat(Guard.screen(ASSETS).get("Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; script-src 'self' 'sha256-"
                + Base64.getEncoder().encodeToString(digest)
                + "'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';"
                + " base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';"
                + " trusted-types lit-html sidelight-svg");
  }

  @Test
  void find_otherVersion_isNothing() {
    assertThat(ASSETS.find(ASSETS.version(), "page.css")).isPresent();
    assertThat(ASSETS.find("0000000000000000", "page.css")).isEmpty();
    assertThat(ASSETS.find(ASSETS.version(), "../page.css")).isEmpty();
  }

  @Test
  void version_sameContent_same() {
    assertThat(Assets.load().version()).isEqualTo(ASSETS.version()).matches("[0-9a-f]{16}");
  }

  private static Asset asset(String name) {
    return ASSETS.find(ASSETS.version(), name).orElseThrow();
  }

  private static String text(String name) {
    return new String(asset(name).bytes(), StandardCharsets.UTF_8);
  }
}
