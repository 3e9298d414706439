package dev.sidelight.proxy.serve.job;

import dev.sidelight.explainers.Anchor;
import dev.sidelight.explainers.Attribution;
import dev.sidelight.explainers.Counterfactual;
import dev.sidelight.explainers.Stopped;
import dev.sidelight.proxy.serve.ExplainOptions.Format;
import dev.sidelight.proxy.serve.ExplainResult;
import dev.sidelight.proxy.serve.ExplainResult.Explained;
import dev.sidelight.proxy.serve.ServeException;
import dev.sidelight.proxy.serve.format.ExplainDocuments;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What a job came to. */
public sealed interface JobResult {

  /**
   * As JSON.
   *
   * @param format another one than was asked for
   * @param age seconds since it was asked for, where it is told again
   * @throws ServeException {@code format_unsupported}
   */
  byte[] json(Optional<Format> format, OptionalLong age);

  /** Whether another call may be answered with it: it was not cut by time or by a caller. */
  boolean isWhole();

  /** Bytes of memory, roughly. */
  long bytes();

  /** Explanations of the rows of one request. */
  record Rows(ExplainResult result) implements JobResult {

    private static final Set<Stopped> CUT =
        Set.of(Stopped.DEADLINE, Stopped.CANCELLED, Stopped.BACKEND);

    @Override
    public byte[] json(Optional<Format> format, OptionalLong age) {
      Format as = format.orElse(result.options().format());
      if (!result.options().method().formats().contains(as)) {
        throw ServeException.formatUnsupported(result.options().method(), as);
      }
      return ExplainDocuments.write(result, as, age);
    }

    @Override
    public boolean isWhole() {
      return result.rows().stream().allMatch(Rows::isWhole);
    }

    private static boolean isWhole(ExplainResult.Row row) {
      return row instanceof Explained explained && !CUT.contains(stopped(explained));
    }

    private static Stopped stopped(Explained explained) {
      return switch (explained.explanation()) {
        case Attribution attribution -> attribution.stopped();
        case Anchor anchor -> anchor.stopped();
        case Counterfactual counterfactual -> counterfactual.stopped();
      };
    }

    @Override
    public long bytes() {
      long bytes = 512;
      for (ExplainResult.Row row : result.rows()) {
        bytes += row instanceof Explained explained ? bytes(explained) : 128;
      }
      return bytes;
    }

    /** A value with its error and its interval is some 100 bytes. */
    private static long bytes(Explained explained) {
      return switch (explained.explanation()) {
        case Attribution a ->
            1024L + 100L * a.players().size() * a.outputs().size() + 16L * explained.x().width();
        case Counterfactual c -> 1024L + c.answers().size() * (256L + 16L * explained.x().width());
        case Anchor a ->
            2048L + (a.predicates().size() + 1L) * 40 * (64 + 16L * explained.x().width());
      };
    }
  }

  /**
   * A document that is written once.
   *
   * @param isWhole nothing of it was left out
   */
  record Document(byte[] bytesUtf8, boolean isWhole) implements JobResult {

    @Override
    public byte[] json(Optional<Format> format, OptionalLong age) {
      if (format.isPresent() && format.get() != Format.NATIVE) {
        throw ServeException.of("format_unsupported", "this is told as native only");
      }
      return bytesUtf8.clone();
    }

    @Override
    public long bytes() {
      return bytesUtf8.length;
    }

    @Override
    public String toString() {
      return new String(bytesUtf8, StandardCharsets.UTF_8);
    }
  }
}
