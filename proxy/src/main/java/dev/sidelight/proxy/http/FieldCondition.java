package dev.sidelight.proxy.http;

import dev.sidelight.proxy.http.wire.AsciiName;
import dev.sidelight.proxy.http.wire.Fields;
import java.util.ArrayList;
import java.util.List;

/**
 * Fields that a request must have: for each entry one of its names, with exactly this value.
 *
 * @param all empty holds for every request
 */
record FieldCondition(List<Wanted> all) {

  /** Any of these names will do. */
  record Wanted(List<AsciiName> names, String value) {
    private boolean isIn(Fields fields) {
      for (AsciiName name : names) {
        int at = fields.find(name);
        if (at >= 0 && fields.valueIs(at, value)) {
          return true;
        }
      }
      return false;
    }
  }

  static final FieldCondition NONE = new FieldCondition(List.of());

  FieldCondition {
    all = List.copyOf(all);
  }

  /**
   * @param headers {@code name=value} each
   */
  static FieldCondition of(List<String> headers) {
    List<Wanted> all = new ArrayList<>();
    for (String header : headers) {
      int equals = header.indexOf('=');
      AsciiName name = AsciiName.of(header.substring(0, equals));
      all.add(new Wanted(List.of(name), header.substring(equals + 1)));
    }
    return new FieldCondition(all);
  }

  /** The request names this model in one of the fields known for it. */
  static FieldCondition model(String name) {
    return new FieldCondition(List.of(new Wanted(Names.MODEL, name)));
  }

  boolean holds(Fields fields) {
    for (Wanted each : all) {
      if (!each.isIn(fields)) {
        return false;
      }
    }
    return true;
  }
}
