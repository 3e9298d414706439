package dev.sidelight.proxy.page;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * Everything the browser loads beside the HTML, read once. All files lie under one address that
 * carries the hash of all of them, so that modules find each other by relative names and a browser
 * may keep them for a year.
 */
public final class Assets {

  private static final String LIBRARIES = "/META-INF/resources/_static/";

  /** Modules of Lit by the name under which they are imported, or by file where only Lit does. */
  private static final Map<String, String> LIBRARY_FILES =
      Map.of(
          "lit.js", "lit/3.3.3/index.js",
          "lit-html.js", "lit-html/3.3.3/lit-html.js",
          "is-server.js", "lit-html/3.3.3/is-server.js",
          "lit-element.js", "lit-element/4.2.2/lit-element.js",
          "reactive-element.js", "reactive-element/2.1.2/reactive-element.js",
          "css-tag.js", "reactive-element/2.1.2/css-tag.js");

  private static final Map<String, String> IMPORTS =
      Map.of(
          "lit", "lit.js",
          "lit-html", "lit-html.js",
          "lit-html/is-server.js", "is-server.js",
          "lit-element/lit-element.js", "lit-element.js",
          "@lit/reactive-element", "reactive-element.js");

  private static final List<String> OWN =
      List.of(
          "page.css",
          "chart.css",
          "report.css",
          "icon.svg",
          "page.js",
          "admit.js",
          "swap.js",
          "sl-copy.js",
          "sl-explain.js",
          "sl-filter.js",
          "sl-follow.js",
          "sl-keys.js",
          "sl-live.js",
          "sl-what-if.js");

  private final Map<String, Asset> files = new LinkedHashMap<>();
  private final String version;
  private final String importMap;

  private Assets() {
    LIBRARY_FILES.forEach((name, file) -> files.put(name, read(name, LIBRARIES + file)));
    OWN.forEach(name -> files.put(name, read(name, "assets/" + name)));
    MessageDigest all = sha256();
    files.keySet().stream()
        .sorted()
        .forEach(
            name -> {
              all.update(name.getBytes(StandardCharsets.UTF_8));
              all.update(asset(name).bytes());
            });
    version = HexFormat.of().formatHex(all.digest(), 0, 8);
    StringBuilder map = new StringBuilder("{\"imports\":{");
    IMPORTS.keySet().stream()
        .sorted()
        .forEach(
            name ->
                map.append(map.charAt(map.length() - 1) == '{' ? "" : ",")
                    .append('"')
                    .append(name)
                    .append("\":\"")
                    .append(address(String.valueOf(IMPORTS.get(name))))
                    .append('"'));
    importMap = map.append("}}").toString();
  }

  /** Reads and compresses them all: some 60 KB. A program without them is broken. */
  public static Assets load() {
    return new Assets();
  }

  /** Empty for a file that is not there, and for one of another version. */
  public Optional<Asset> find(String version, String name) {
    return this.version.equals(version) ? Optional.ofNullable(files.get(name)) : Optional.empty();
  }

  /** All names. */
  public List<String> names() {
    return List.copyOf(files.keySet());
  }

  public String version() {
    return version;
  }

  /** The file as text. */
  String text(String name) {
    return new String(asset(name).bytes(), StandardCharsets.UTF_8);
  }

  String address(String name) {
    asset(name);
    return "/ui/assets/" + version + "/" + name;
  }

  private Asset asset(String name) {
    return Optional.ofNullable(files.get(name))
        .orElseThrow(() -> new IllegalArgumentException("no asset '" + name + "'"));
  }

  /** Tells a browser where {@code lit} and its parts are. */
  String importMap() {
    return importMap;
  }

  /** The import map's hash as a policy names it. */
  public String importMapHash() {
    byte[] digest = sha256().digest(importMap.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
  }

  private static Asset read(String name, String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new FileNotFoundException("the program lacks its resource " + resource);
      }
      byte[] bytes = in.readAllBytes();
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(bytes);
      }
      return new Asset(type(name), bytes, packed.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "css" -> "text/css; charset=utf-8";
      case "svg" -> "image/svg+xml";
      default -> "text/javascript; charset=utf-8";
    };
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
