package dev.sidelight.proxy.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.proxy.cli.TinyFunction.Row;
import java.util.List;

/** Rows of the tiny model as bodies and files, written by hand of another library than ours. */
final class TinyBodies {

  private static final ObjectMapper JSON = new ObjectMapper();

  private TinyBodies() {}

  static String v1(List<Row> rows) {
    ArrayNode instances = JSON.createArrayNode();
    rows.forEach(r -> instances.addArray().add(r.a()).add(r.b()).add(r.c()).add(r.d()));
    return "{ \"instances\":" + instances + " }";
  }

  static String v2(List<Row> rows) {
    ObjectNode body = JSON.createObjectNode();
    body.put("id", "mine");
    ArrayNode inputs = body.putArray("inputs");
    String[] types = {"FP64", "INT64", "BYTES", "FP64"};
    for (int c = 0; c < 4; c++) {
      ObjectNode input = inputs.addObject();
      input.put("name", TinyFunction.NAMES.get(c)).put("datatype", types[c]);
      input.putArray("shape").add(rows.size());
      ArrayNode data = input.putArray("data");
      for (Row row : rows) {
        data.add(JSON.getNodeFactory().pojoNode(row.value(c)));
      }
    }
    return body.toString();
  }

  static String csv(List<Row> rows) {
    StringBuilder csv = new StringBuilder("a,b,c,d\r\n");
    for (Row r : rows) {
      csv.append(r.a()).append(',').append(r.b()).append(",\"");
      csv.append(r.c().replace("\"", "\"\"")).append("\",").append(r.d()).append("\r\n");
    }
    return csv.toString();
  }
}
