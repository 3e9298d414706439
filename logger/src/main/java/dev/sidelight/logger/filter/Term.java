package dev.sidelight.logger.filter;

/** One condition. {@code toString} is its canonical form. */
public sealed interface Term {

  /** A column against a constant. */
  record OfColumn(Column column, Op op, Constant value) implements Term {
    @Override
    public String toString() {
      return column.word() + " " + op.sign() + " " + value;
    }
  }

  /** Something inside the bodies; all such terms must hold in one and the same row. */
  record OfRow(RowField field, Op op, Constant value) implements Term {
    @Override
    public String toString() {
      return field + " " + op.sign() + " " + value;
    }
  }

  /** Every token of the word occurs in a body. */
  record OfText(String word) implements Term {
    @Override
    public String toString() {
      return "text ~ " + Quotes.quoted(word);
    }
  }
}
