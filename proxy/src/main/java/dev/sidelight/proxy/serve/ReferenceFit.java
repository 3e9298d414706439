package dev.sidelight.proxy.serve;

import dev.sidelight.core.tensor.Conform;
import dev.sidelight.core.tensor.Feature;
import dev.sidelight.core.tensor.FeatureGroup;
import dev.sidelight.core.tensor.FeatureSchema;
import dev.sidelight.core.tensor.Instances;
import dev.sidelight.core.tensor.ReferenceSet;
import dev.sidelight.core.tensor.SchemaInference;
import dev.sidelight.core.tensor.Signature;
import dev.sidelight.core.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A request and a background in one layout.
 *
 * @param request the rows asked about; a column of theirs may be wider than it was sent
 */
record ReferenceFit(ReferenceSet reference, Instances request) {

  /**
   * @param protocol V1 writes {@code 3} and {@code 3.5} into one column, so there a whole number of
   *     the request becomes FP64 where the reference has fractions; V2 declares its types, and they
   *     hold
   * @throws IllegalArgumentException when a reference value does not fit the request's types
   */
  static ReferenceFit of(ReferenceSet reference, Instances request, String protocol) {
    Instances wide = protocol.equals("v1") ? widened(request, reference.rows()) : request;
    FeatureSchema schema = ordered(reference.schema(), SchemaInference.names(request));
    ReferenceSet set =
        new ReferenceSet(
            reference.id(),
            schema,
            Conform.to(reference.rows(), Signature.of(wide)),
            reference.weights(),
            reference.origin());
    return new ReferenceFit(set, wide);
  }

  /** Only where it must be: a model may take 3 and refuse 3.0. */
  private static Instances widened(Instances request, Instances rows) {
    Signature narrow = Signature.of(request);
    Signature wide = Signature.of(Conform.widened(request, rows));
    Instances reals = Conform.to(rows, wide);
    List<Signature.Part> parts = new ArrayList<>();
    for (int i = 0; i < narrow.parts().size(); i++) {
      Signature.Part part = narrow.parts().get(i);
      boolean fits = part.equals(wide.parts().get(i)) || isWhole(reals.tensors().get(i).tensor());
      parts.add(fits ? part : wide.parts().get(i));
    }
    return Conform.to(request, new Signature(parts));
  }

  private static boolean isWhole(Tensor tensor) {
    for (int r = 0; r < tensor.rows(); r++) {
      for (int c = 0; c < tensor.width(); c++) {
        double value = tensor.number(r, c);
        if (value != Math.rint(value)) { // NaN is not whole either
          return false;
        }
      }
    }
    return true;
  }

  /** Rows are matched by name where names are known; their schema must follow them. */
  static FeatureSchema ordered(FeatureSchema schema, List<String> names) {
    List<String> mine = schema.features().stream().map(Feature::name).toList();
    if (mine.equals(names) || !Set.copyOf(mine).equals(Set.copyOf(names))) {
      return schema;
    }
    List<Feature> features =
        names.stream().map(name -> schema.features().get(mine.indexOf(name))).toList();
    List<FeatureGroup> groups =
        schema.groups().stream()
            .map(
                group ->
                    new FeatureGroup(
                        group.name(),
                        group.members().stream()
                            .map(member -> names.indexOf(mine.get(member)))
                            .sorted()
                            .toList(),
                        group.oneHot()))
            .toList();
    return new FeatureSchema(features, groups, schema.outputs(), schema.immutable());
  }
}
