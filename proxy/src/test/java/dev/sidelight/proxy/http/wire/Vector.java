package dev.sidelight.proxy.http.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One line of a vector file: {@code bytes :: outcome}. In the bytes {@code |} is CR LF, {@code \r
 * \n \t \0 \xHH \p \\} are what they look like ({@code \p} the bar itself), and {@code {5*ab}}
 * repeats.
 */
record Vector(String line, byte[] bytes, String outcome) {

  static List<Vector> load(String file) {
    try (InputStream in = Vector.class.getResourceAsStream(file)) {
      String all =
          new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
      List<Vector> vectors = new ArrayList<>();
      for (String line : all.split("\n", -1)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          int at = line.lastIndexOf(" :: ");
          String outcome = new String(bytes(line.substring(at + 4).trim()), StandardCharsets.UTF_8);
          vectors.add(new Vector(line, bytes(line.substring(0, at)), outcome));
        }
      }
      return vectors;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '|') {
        out.writeBytes(new byte[] {'\r', '\n'});
      } else if (c == '\\') {
        char e = text.charAt(++i);
        int at = "rnt0p\\".indexOf(e);
        if (e == 'x') {
          out.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
          i += 2;
        } else {
          out.write("\r\n\t\0|\\".charAt(at));
        }
      } else if (c == '{' && text.substring(i).matches("\\{\\d+\\*.*")) {
        int star = text.indexOf('*', i);
        int end = text.indexOf('}', star);
        byte[] part = bytes(text.substring(star + 1, end));
        for (int n = Integer.parseInt(text.substring(i + 1, star)); n > 0; n--) {
          out.writeBytes(part);
        }
        i = end;
      } else {
        out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return out.toByteArray();
  }

  @Override
  public String toString() {
    return line.length() > 160 ? line.substring(0, 160) : line;
  }
}
