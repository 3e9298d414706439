package dev.sidelight.proxy.page;

import java.util.Map;

/** What every answer under {@code /ui} tells the browser to refuse. */
public final class Guard {

  private Guard() {}

  /** Fields of a screen: it holds payloads, so nobody keeps a copy. */
  public static Map<String, String> screen(Assets assets) {
    return Map.of(
        "Content-Type",
        "text/html; charset=utf-8",
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self' "
            + assets.importMapHash()
            + "; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self';"
            + " base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';"
            + " trusted-types lit-html sidelight-svg",
        "X-Content-Type-Options",
        "nosniff",
        "Referrer-Policy",
        "no-referrer",
        "Cache-Control",
        "no-store");
  }

  /** Fields of an asset: its address names its content. */
  public static Map<String, String> asset(Asset asset) {
    return Map.of(
        "Content-Type",
        asset.type(),
        "Content-Security-Policy",
        "default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options",
        "nosniff",
        "Referrer-Policy",
        "no-referrer",
        "Cache-Control",
        "public, max-age=31536000, immutable",
        "Vary",
        "Accept-Encoding");
  }
}
