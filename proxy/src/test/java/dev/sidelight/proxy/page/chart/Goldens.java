package dev.sidelight.proxy.page.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;

/** Recorded charts; written anew with {@code -Dsidelight.golden=write}: look at them then. */
final class Goldens {

  private static final Path DIRECTORY =
      Path.of("src/test/resources/dev/sidelight/proxy/page/chart");

  private Goldens() {}

  /** Also that it is XML. */
  static void assertSame(String name, String svg) {
    try {
      DocumentBuilderFactory.newDefaultInstance()
          .newDocumentBuilder()
          .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
      Path file = DIRECTORY.resolve(name + ".svg");
      if ("write".equals(System.getProperty("sidelight.golden"))) {
        Files.writeString(file, svg + "\n", StandardCharsets.UTF_8);
      }
      assertThat(svg + "\n").isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new AssertionError(name + " is no XML", e);
    }
  }
}
