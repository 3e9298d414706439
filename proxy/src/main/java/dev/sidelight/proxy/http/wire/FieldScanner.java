package dev.sidelight.proxy.http.wire;

import org.jspecify.annotations.Nullable;

/**
 * Reads field lines up to and including the empty line, byte by byte, each once; it may be stopped
 * and continued between any two. Strict as {@code proxy.md} section 4 asks: lines end with CR LF,
 * names are tokens, values hold no controls, lines are not folded.
 */
final class FieldScanner {

  private enum At {
    LINE,
    NAME,
    BLANKS,
    VALUE,
    LINE_LF,
    LAST_LF,
    FAULTY_LINE,
    DONE
  }

  private static final byte[] TRANSFER_ENCODING = Octets.ascii("transfer-encoding");

  private final FieldTable table;
  private final int fieldsMax;
  private final Refusal tooMany;

  private At state = At.LINE;
  private int at;
  private int nameFrom;
  private int valueFrom;
  private int hash;
  private boolean underscore;
  private @Nullable Refusal refusal;

  FieldScanner(FieldTable table, int fieldsMax, Refusal tooMany) {
    this.table = table;
    this.fieldsMax = fieldsMax;
    this.tooMany = tooMany;
  }

  void begin(int from) {
    state = At.LINE;
    at = from;
    refusal = null;
  }

  boolean isDone() {
    return state == At.DONE;
  }

  @Nullable Refusal refusal() {
    return refusal;
  }

  /** Reads what has been added to {@code fields} since. */
  void scan(Fields fields) {
    while (at < fields.filled && refusal == null && state != At.DONE) {
      switch (state) {
        case LINE -> line(fields);
        case NAME -> name(fields);
        case BLANKS -> blanks(fields);
        case VALUE -> value(fields);
        case LINE_LF -> lineFeed(fields, At.LINE);
        case LAST_LF -> lineFeed(fields, At.DONE);
        case FAULTY_LINE -> faultyLine(fields);
        case DONE -> throw new IllegalStateException();
      }
    }
  }

  private void line(Fields fields) {
    int b = fields.bytes[at];
    nameFrom = at;
    if (Octets.isToken(b)) {
      hash = 0;
      underscore = false;
      state = At.NAME;
    } else if (b == Octets.CR) {
      at++;
      state = At.LAST_LF;
    } else if (b == Octets.LF) {
      refusal = Refusal.header("a line ends without CR");
    } else {
      state = At.FAULTY_LINE;
    }
  }

  private void name(Fields fields) {
    byte[] bytes = fields.bytes;
    int to = fields.filled;
    int i = at;
    int h = hash;
    while (i < to && Octets.isToken(bytes[i])) {
      underscore |= bytes[i] == '_';
      h = AsciiName.fold(h, bytes[i++]);
    }
    at = i;
    hash = h;
    if (i == to) {
      return;
    }
    if (bytes[i] != ':') {
      boolean coding = Octets.equalsLower(bytes, nameFrom, i, TRANSFER_ENCODING);
      refusal =
          coding
              ? Refusal.coding("the name is not followed by a colon")
              : Refusal.header("a field name is not a token");
      return;
    }
    addField(fields);
  }

  private void addField(Fields fields) {
    if (fields.count() == fieldsMax) {
      refusal = tooMany;
      return;
    }
    int kind = table.kindOf(fields.bytes, nameFrom, at, hash);
    if (underscore
        && !FieldTable.isProtected(kind)
        && FieldTable.isProtected(table.kindWithHyphens(fields.bytes, nameFrom, at))) {
      refusal = Refusal.header("a field name with _ reads like a protected one");
      return;
    }
    fields.add(nameFrom, at, kind, hash);
    at++;
    state = At.BLANKS;
  }

  private void blanks(Fields fields) {
    while (at < fields.filled && Octets.isBlank(fields.bytes[at])) {
      at++;
    }
    if (at < fields.filled) {
      valueFrom = at;
      state = At.VALUE;
    }
  }

  private void value(Fields fields) {
    byte[] bytes = fields.bytes;
    int to = fields.filled;
    int i = at;
    while (i < to && Octets.isValue(bytes[i])) {
      i++;
    }
    at = i;
    if (i == to) {
      return;
    }
    if (bytes[i] != Octets.CR) {
      boolean coding = fields.kind(fields.count() - 1) == Kind.TRANSFER_ENCODING;
      refusal =
          coding && bytes[i] != Octets.LF
              ? Refusal.coding("the value holds a control character")
              : Refusal.header("a value holds a control character or ends without CR");
      return;
    }
    int valueTo = i;
    while (valueTo > valueFrom && Octets.isBlank(bytes[valueTo - 1])) {
      valueTo--;
    }
    fields.setValue(valueFrom, valueTo, i);
    at++;
    state = At.LINE_LF;
  }

  private void lineFeed(Fields fields, At next) {
    if (fields.bytes[at] != Octets.LF) {
      refusal = Refusal.header("CR without LF");
      return;
    }
    at++;
    state = next;
  }

  /**
   * A line that begins with a blank or a control is refused in any case; it is read to its end only
   * to say whether it was an attempt at a hidden Transfer-Encoding.
   */
  private void faultyLine(Fields fields) {
    byte[] bytes = fields.bytes;
    while (at < fields.filled && bytes[at] != Octets.LF) {
      at++;
    }
    if (at == fields.filled) {
      return;
    }
    int from = nameFrom;
    while (from < at && (bytes[from] & 0xff) <= ' ') {
      from++;
    }
    refusal =
        Octets.startsWithLower(bytes, from, at, TRANSFER_ENCODING)
            ? Refusal.coding("blanks or controls before the name")
            : Refusal.header("a line is folded or does not begin with a field name");
  }
}
