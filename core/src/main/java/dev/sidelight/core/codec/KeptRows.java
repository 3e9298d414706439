package dev.sidelight.core.codec;

import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.NamedTensor;
import dev.sidelight.core.tensor.Signature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Rows as we keep them ourselves, bit for bit but for NaN, of which there is one: a V2 request with
 * raw tensors. The tensors' names stand apart, as V1 rows have several of the same.
 *
 * @param names of the tensors in order
 * @param request with the tensors {@code t0}, {@code t1}, ...
 */
public record KeptRows(List<String> names, Body request) {

  /** Of a file that we wrote ourselves: the sample's own bounds hold. */
  private static final CodecLimits OWN =
      new CodecLimits(
          1 << 30, 1 << 30, 1000, 64, 64, 100_000_000, 1 << 24, 1 << 16, 16, 1 << 28, 1 << 20);

  public KeptRows {
    names = List.copyOf(names);
  }

  public static KeptRows of(Instances rows) {
    Instances numbered = renamed(rows, i -> "t" + i);
    List<Map<String, String>> none = Collections.nCopies(rows.tensors().size(), Map.of());
    V2Envelope envelope =
        new V2Envelope(Signature.of(numbered), Map.of(), "", none, Map.of(), /* binary= */ true);
    return new KeptRows(
        rows.tensors().stream().map(NamedTensor::name).toList(),
        V2BinaryWriter.request(numbered, envelope, "", false, false));
  }

  /**
   * @throws CodecException when the bytes are not what {@link #of} wrote
   */
  public Instances rows() {
    Instances rows = new V2Codec(OWN, /* lenientInputs= */ true).decodeRequest(request).instances();
    if (rows.tensors().size() != names.size()) {
      throw new CodecException(
          "rows_mismatch",
          "/inputs",
          names.size() + " tensors",
          rows.tensors().size() + " tensors",
          "the kept rows are not whole");
    }
    return renamed(rows, names::get);
  }

  private static Instances renamed(Instances rows, IntFunction<String> names) {
    List<NamedTensor> tensors = new ArrayList<>();
    for (NamedTensor named : rows.tensors()) {
      tensors.add(new NamedTensor(names.apply(tensors.size()), named.tensor()));
    }
    return new Instances(tensors);
  }
}
