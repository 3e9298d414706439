package dev.sidelight.logger.spool;

import dev.sidelight.core.event.Payload;
import dev.sidelight.core.event.PayloadEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/** A record as version 1 wrote it. Never to be changed: old spools hold such records. */
final class Golden {

  private Golden() {}

  static byte[] record() {
    try (InputStream file = Golden.class.getResourceAsStream("exchange-v1.hex")) {
      String hex =
          new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PayloadEvent.Exchange exchange() {
    return Sample.exchange(
        Sample.id(1),
        Payload.of("[1]".getBytes(StandardCharsets.US_ASCII)),
        Payload.of("[2]".getBytes(StandardCharsets.US_ASCII)));
  }
}
