package dev.sidelight.proxy.http.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sidelight.logger.EventLog;
import dev.sidelight.logger.Ledger;
import dev.sidelight.proxy.http.Answer;
import dev.sidelight.proxy.http.Call;
import java.io.IOException;

/** {@code GET /v1/log/ledger}: what was seen, and what became of it. */
final class LedgerEndpoint {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final EventLog log;

  LedgerEndpoint(EventLog log) {
    this.log = log;
  }

  Answer ledger(Call call) throws IOException {
    Ledger ledger = log.ledger();
    ObjectNode node = JSON.createObjectNode();
    node.put("seen", ledger.seen());
    node.put("in_flight", ledger.inFlight());
    node.put("queued", ledger.queued());
    ObjectNode gaps = node.putObject("gaps");
    ledger.gaps().forEach(gaps::put);
    node.put("exact", ledger.exact());
    ArrayNode sinks = node.putArray("sinks");
    for (Ledger.SinkLedger sink : ledger.sinks()) {
      ObjectNode item = sinks.addObject();
      item.put("sink", sink.sink());
      item.put("written", sink.written());
      item.put("skipped", sink.skipped());
      item.put("dead", sink.dead());
      item.put("pending", sink.pending());
      item.put("gaps", sink.gaps());
      item.put("balanced", sink.balanced());
    }
    return Answer.json(200, JSON.writeValueAsBytes(node));
  }
}
