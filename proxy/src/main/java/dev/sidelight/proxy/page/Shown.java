package dev.sidelight.proxy.page;

import dev.sidelight.proxy.page.markup.Markup;
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
 * @param prefix begins the ids inside; another one for each explanation of a file
 */
record Shown(
    Optional<UUID> request,
    List<RowView.NamedValue> features,
    String address,
    boolean inPage,
    String prefix) {

  Shown {
    features = List.copyOf(features);
  }

  /** The only one there. */
  Shown(Optional<UUID> request, List<RowView.NamedValue> features, String address, boolean inPage) {
    this(request, features, address, inPage, "");
  }

  /** The view of a document. */
  void write(Document document, Markup to) {
    switch (document) {
      case ExplanationDocument attribution -> ExplanationView.write(attribution, this, to);
      case AnchorDocument anchor -> AnchorView.write(anchor, this, to);
      case CounterfactualDocument found -> CounterfactualView.write(found, this, to);
    }
  }
}
