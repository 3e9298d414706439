package dev.sidelight.logger.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.event.HeaderPolicy;
import dev.sidelight.core.event.PayloadEvent.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SegmentFileTest {

  private static SegmentFile segment(List<Integer> bodies) throws IOException {
    RecordEncoder encoder = new RecordEncoder(HeaderPolicy.defaults());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(SegmentHeader.of(Sample.id(9), 1, 1, 1).bytes().array());
    for (int i = 0; i < bodies.size(); i++) {
      GroupBuffer buffer = new GroupBuffer();
      encoder.encode(Sample.exchange(i, bodies.get(i)), new RecordHead.Place(i + 1, 1, i, 0, 1));
      encoder.writeTo(buffer);
      for (ByteBuffer part : buffer.take()) {
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.write(copy);
      }
    }
    SimDisk disk = new SimDisk();
    disk.put("s", bytes.toByteArray());
    return new SegmentFile(disk.open("s"));
  }

  /** Sizes around the window of 128 KiB; some records stay with whoever read them, some do not. */
  @Property(tries = 60)
  void read_anySizes_lentRecordsStayAsTheyAre(
      @ForAll @Size(min = 1, max = 25) List<@IntRange(min = 0, max = 300_000) Integer> bodies,
      @ForAll boolean lends)
      throws IOException {
    SegmentFile file = segment(bodies);
    RecordDecoder decoder = new RecordDecoder();
    List<Exchange> kept = new ArrayList<>();
    long at = SegmentHeader.BYTES;
    for (int i = 0; i < bodies.size(); i++) {
      SegmentFile.Found found = Objects.requireNonNull(file.read(at));
      Exchange exchange = (Exchange) decoder.decode(found.head(), found.payload());
      assertThat(exchange.request().body().copy()).isEqualTo(body(i, bodies));
      if (lends) {
        file.lend();
        kept.add(exchange);
      }
      at += found.head().length();
    }

    assertThat(file.read(at)).isNull();
    for (int i = 0; i < kept.size(); i++) {
      assertThat(kept.get(i).request().body().copy()).isEqualTo(body(i, bodies));
      assertThat(kept.get(i).model().model()).isEqualTo("m");
    }
  }

  private static byte[] body(int i, List<Integer> bodies) {
    return Sample.exchange(i, bodies.get(i)).request().body().copy();
  }
}
