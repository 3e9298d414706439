package dev.sidelight.proxy.page;

import java.util.List;
import java.util.Optional;

/**
 * How a chart that leaves the page looks.
 *
 * @param theme {@code light}, {@code dark} or {@code auto}
 * @param palette empty for orange and blue, {@code shap} for red and blue
 * @param width in pixels, 320 to 1600
 */
public record Look(String theme, String palette, int width) {

  private static final int USUAL = 860;

  public Look {
    require("theme", theme, List.of("auto", "light", "dark"));
    require("palette", palette, List.of("", "sidelight", "shap"));
    if (width < 320 || width > 1600) {
      throw new LookException("width", "in [320, 1600]");
    }
  }

  /** What a caller gave that is none of the words it may be. */
  public static final class LookException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String name;
    private final String expected;

    LookException(String name, String expected) {
      super(name + " must be " + expected);
      this.name = name;
      this.expected = expected;
    }

    public String name() {
      return name;
    }

    public String expected() {
      return expected;
    }
  }

  /**
   * As a query has it.
   *
   * @throws LookException naming the parameter
   */
  public static Look of(Optional<String> theme, Optional<String> palette, Optional<String> width) {
    String pixels = width.orElse(Integer.toString(USUAL));
    return new Look(
        theme.orElse("auto"),
        palette.orElse(""),
        pixels.matches("\\d{1,4}") ? Integer.parseInt(pixels) : 0);
  }

  private static void require(String name, String value, List<String> words) {
    if (!words.contains(value)) {
      throw new LookException(
          name, "one of " + String.join(", ", words.stream().filter(w -> !w.isEmpty()).toList()));
    }
  }

  /** Rules that follow the sheet. */
  String rules() {
    String scheme = theme.equals("auto") ? "light dark" : theme;
    String red =
        palette.equals("shap")
            ? "--up: #ff0051; --down: #008bfb;"
                + " --up-text: #c2003e; --up-text: light-dark(#c2003e, #ff7ba0);"
                + " --down-text: #0061b0; --down-text: light-dark(#0061b0, #6cc0ff);"
            : "";
    return ":root { color-scheme: " + scheme + "; " + red + " }\n";
  }
}
