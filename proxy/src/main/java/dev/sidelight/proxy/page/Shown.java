package dev.sidelight.proxy.page;

import dev.sidelight.proxy.serve.RowView;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where an explanation is shown.
 *
 * @param request whose row it explains, where that lies in the log
 * @param features of the row; empty where it cannot be read
 * @param address of the management listener, as the reader knows it
 * @param inPage whether links lead anywhere: not in a file
 */
record Shown(
    Optional<UUID> request, List<RowView.NamedValue> features, String address, boolean inPage) {

  Shown {
    features = List.copyOf(features);
  }

  /** The view of a document. */
  void write(Document document, dev.sidelight.proxy.page.markup.Markup to) {
    switch (document) {
      case ExplanationDocument attribution -> ExplanationView.write(attribution, this, to);
      case AnchorDocument anchor -> AnchorView.write(anchor, this, to);
      case CounterfactualDocument found -> CounterfactualView.write(found, this, to);
    }
  }
}
