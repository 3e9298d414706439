package dev.sidelight.core.codec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The records of a CSV text (RFC 4180, UTF-8): cells apart by commas, lines by LF or CRLF, quoted
 * cells may hold all of these and doubled quotes. Blank lines are passed over.
 */
final class CsvReader {

  private static final int END = -1;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Reader in;
  private final int cellCharsMax;
  private final int columnsMax;
  private final StringBuilder cell = new StringBuilder();
  private int next;
  private long line = 1;
  private long recordLine = 1;
  private int column;

  CsvReader(InputStream in, int cellCharsMax, int columnsMax) throws IOException {
    this.in =
        new BufferedReader(
            new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)),
            1 << 16);
    this.cellCharsMax = cellCharsMax;
    this.columnsMax = columnsMax;
    advance();
    if (next == BYTE_ORDER_MARK) {
      advance();
    }
  }

  /** The next record that is not blank; an empty list at the end. */
  List<String> record() throws IOException {
    while (next == '\n' || next == '\r') {
      endOfLine();
    }
    recordLine = line;
    List<String> cells = new ArrayList<>();
    if (next == END) {
      return cells;
    }
    column = 1;
    cells.add(cell());
    while (next == ',') {
      if (column == columnsMax) {
        throw fault(line, column, "<= " + columnsMax + " columns", "more");
      }
      advance();
      column++;
      cells.add(cell());
    }
    if (next != END) {
      endOfLine();
    }
    return cells;
  }

  /** Line on which the last record began, from 1. */
  long line() {
    return recordLine;
  }

  private String cell() throws IOException {
    cell.setLength(0);
    if (next == '"') {
      quoted();
      if (next != ',' && next != '\n' && next != '\r' && next != END) {
        throw fault(
            line, column, "a comma or the end of the line after a quoted cell", "a character");
      }
      return cell.toString();
    }
    while (next != ',' && next != '\n' && next != '\r' && next != END) {
      if (next == '"') {
        throw fault(line, column, "a quote only around a whole cell", "a quote inside one");
      }
      take();
    }
    return cell.toString();
  }

  private void quoted() throws IOException {
    long opened = line;
    advance();
    while (true) {
      if (next == END) {
        throw fault(opened, column, "a closing quote", "the end of the file");
      }
      if (next == '"') {
        advance();
        if (next != '"') {
          return;
        }
      }
      if (next == '\n') {
        line++;
      }
      take();
    }
  }

  private void take() throws IOException {
    if (cell.length() == cellCharsMax) {
      throw fault(line, column, "<= " + cellCharsMax + " characters", "more");
    }
    cell.append((char) next);
    advance();
  }

  private void endOfLine() throws IOException {
    if (next == '\r') {
      advance();
      if (next != '\n') {
        throw fault(line, Math.max(column, 1), "LF after CR", "a lone CR");
      }
    }
    advance();
    line++;
  }

  private void advance() throws IOException {
    try {
      next = in.read();
    } catch (CharacterCodingException e) {
      CodecException fault = fault(line, Math.max(column, 1), "UTF-8", "an invalid sequence");
      fault.initCause(e);
      throw fault;
    }
  }

  static CodecException fault(long line, int column, String expected, String found) {
    String place = "line %d, column %d".formatted(line, column);
    return new CodecException(
        "csv_invalid",
        "",
        expected,
        found,
        "%s: expected %s, found %s".formatted(place, expected, found));
  }
}
