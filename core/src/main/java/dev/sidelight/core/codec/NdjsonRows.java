package dev.sidelight.core.codec;

import dev.sidelight.core.tensor.Conform;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.Signature;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects the rows of many bodies into one batch. */
final class NdjsonRows {

  private static final byte[] BEFORE = "{\"instances\":[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] AFTER = "]}".getBytes(StandardCharsets.US_ASCII);
  private static final String POINTER = "/instances/0";

  /** Single rows are stacked in packs of this size, to spend little on objects. */
  private static final int PACK = 1_000;

  private final InferenceCodec codec;
  private final boolean instances;
  private final FileLimits limits;
  private final List<Instances> packs = new ArrayList<>();
  private final List<Instances> loose = new ArrayList<>();
  private Optional<Signature> signature = Optional.empty();
  private long rows;

  /**
   * @param instances a line is one V1 instance, not a whole request
   */
  NdjsonRows(InferenceCodec codec, boolean instances, FileLimits limits) {
    this.codec = codec;
    this.instances = instances;
    this.limits = limits;
  }

  void add(byte[] line, long number) {
    Instances read;
    try {
      read = codec.decodeRequest(Body.json(instances ? wrapped(line) : line)).instances();
    } catch (CodecException e) {
      throw atLine(e, number);
    }
    if (instances && read.rows() != 1) {
      throw atLine(
          new CodecException("json_syntax", "", "one instance", read.rows() + " values", ""),
          number);
    }
    Signature theirs = Signature.of(read);
    Signature mine = signature.orElse(theirs);
    Optional<Signature> wide = mine.widened(theirs);
    if (wide.isEmpty()) {
      throw atLine(
          new CodecException(
              "shape_mismatch",
              "",
              "names, types and shapes as before",
              "others",
              "expected rows like those before"),
          number);
    }
    signature = wide;
    rows += read.rows();
    if (rows > limits.rowsMax()) {
      throw ReferenceFiles.tooManyRows(limits);
    }
    loose.add(read);
    if (loose.size() == PACK) {
      pack();
    }
  }

  private void pack() {
    Signature wide = signature.orElseThrow();
    loose.replaceAll(part -> Conform.to(part, wide));
    packs.add(Instances.stack(loose));
    loose.clear();
  }

  Instances all() {
    if (rows == 0) {
      throw new CodecException("shape_zero", "", "at least one row", "none", "the file has no row");
    }
    if (!loose.isEmpty()) {
      pack();
    }
    packs.replaceAll(part -> Conform.to(part, signature.orElseThrow()));
    return Instances.stack(packs);
  }

  private static byte[] wrapped(byte[] line) {
    ByteArrayOutputStream body = new ByteArrayOutputStream(line.length + 32);
    body.writeBytes(BEFORE);
    body.writeBytes(line);
    body.writeBytes(AFTER);
    return body.toByteArray();
  }

  private CodecException atLine(CodecException e, long number) {
    String pointer = e.pointer();
    if (instances && pointer.startsWith(POINTER)) {
      pointer = pointer.substring(POINTER.length());
    }
    CodecException fault =
        new CodecException(
            e.code(),
            pointer,
            e.expected(),
            e.found(),
            "line %d%s: expected %s, found %s"
                .formatted(
                    number, pointer.isEmpty() ? "" : " " + pointer, e.expected(), e.found()));
    fault.initCause(e);
    return fault;
  }
}
