package dev.sidelight.proxy.serve.format;

import dev.sidelight.explainers.Anchor;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Counterfactual;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.ExplainResult;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import dev.sidelight.proxy.serve.ExplainResult.Failed;
import dev.sidelight.proxy.serve.ExplainResult.Row;
import java.io.IOException;
import java.util.OptionalLong;

/** Explanations as JSON: one document for one row, {@code {"explanations": [...]}} for several. */
public final class ExplainDocuments {

  private ExplainDocuments() {}

  /** UTF-8, in the format that the call asked for. */
  public static byte[] write(ExplainResult result) {
    return write(result, result.options().format(), OptionalLong.empty());
  }

  /**
   * UTF-8.
   *
   * @param format one of the method's
   * @param age seconds since it was made, where it is told again
   */
  public static byte[] write(ExplainResult result, Format format, OptionalLong age) {
    return JsonOut.bytes(
        json -> {
          if (result.multiple()) {
            json.begin();
            json.list("explanations");
          }
          for (Row row : result.rows()) {
            row(json, result, row, format, age);
          }
          if (result.multiple()) {
            json.endList();
            json.end();
          }
        });
  }

  /** One explanation as the log keeps it. */
  public static byte[] writeNative(ExplainResult result, Explained explained) {
    return JsonOut.bytes(json -> row(json, result, explained, Format.NATIVE, OptionalLong.empty()));
  }

  private static void row(
      JsonOut json, ExplainResult result, Row row, Format format, OptionalLong age)
      throws IOException {
    switch (row) {
      case Explained explained -> explained(json, new Told(result, explained, age), format);
      case Failed failed -> {
        json.begin();
        json.begin("error");
        json.text("code", failed.code());
        json.text("detail", failed.detail());
        json.end();
        json.end();
      }
    }
  }

  private static void explained(JsonOut json, Told told, Format format) throws IOException {
    switch (told.explained().explanation()) {
      case Attribution attribution -> {
        switch (format) {
          case ALIBI -> new AlibiAttribution(json, told, attribution).write();
          case TRUSTYAI -> new TrustyAttribution(json, told, attribution).write();
          case NATIVE, KSERVE_ALIBI -> new NativeAttribution(json, told, attribution).write();
        }
      }
      case Counterfactual counterfactual ->
          new NativeCounterfactual(json, told, counterfactual).write();
      case Anchor anchor -> {
        switch (format) {
          case ALIBI -> new AlibiAnchor(json, told, anchor).write();
          case KSERVE_ALIBI -> new AlibiAnchor(json, told, anchor).writeFlat();
          case NATIVE, TRUSTYAI -> new NativeAnchor(json, told, anchor).write();
        }
      }
    }
  }
}
