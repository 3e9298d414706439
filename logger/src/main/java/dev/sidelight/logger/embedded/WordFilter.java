package dev.sidelight.logger.embedded;

import dev.sidelight.logger.StoredRequest;
import dev.sidelight.logger.StoredRequest.StoredBody;
import java.util.BitSet;
import java.util.List;

/** Passes requests whose two bodies together have every word. Used by one thread. */
final class WordFilter {

  private final List<String> wanted;
  private final BodyText text = new BodyText();
  private final Words words = new Words();
  private final BitSet missing = new BitSet();

  WordFilter(List<String> words) {
    wanted = List.copyOf(words);
  }

  boolean passes(StoredRequest request) {
    missing.set(0, wanted.size());
    look(request.request());
    if (!missing.isEmpty()) {
      look(request.response());
    }
    return missing.isEmpty();
  }

  private void look(StoredBody body) {
    words.of(text.of(body.bytes(), body.contentEncoding()));
    while (!missing.isEmpty() && words.next()) {
      for (int i = missing.nextSetBit(0); i >= 0; i = missing.nextSetBit(i + 1)) {
        if (words.is(wanted.get(i))) {
          missing.clear(i);
        }
      }
    }
  }
}
