package dev.sidelight.logger.spool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.core.event.HeaderPolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SegmentScanTest {

  private static final int RECORDS = 12;
  private static final List<Integer> ENDS = new ArrayList<>();
  private static final byte[] SEGMENT = segment();

  private static byte[] segment() {
    RecordEncoder encoder = new RecordEncoder(HeaderPolicy.defaults());
    ByteBuffer bytes = ByteBuffer.allocate(1 << 16);
    bytes.put(SegmentHeader.of(Sample.id(9), 1, 1, 1).bytes());
    for (int i = 1; i <= RECORDS; i++) {
      GroupBuffer buffer = new GroupBuffer();
      encoder.encode(Sample.exchange(i, i * 50), new RecordHead.Place(i, 1, i, 0, 1));
      encoder.writeTo(buffer);
      for (ByteBuffer part : buffer.take()) {
        bytes.put(part);
      }
      ENDS.add(bytes.position());
    }
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  private static SegmentScan scan(byte[] bytes, List<Long> seen) throws IOException {
    SimDisk disk = new SimDisk();
    disk.put("s", bytes);
    return SegmentScan.of(
        new SegmentFile(disk.open("s")),
        1,
        Long.MAX_VALUE,
        found -> seen.add(found.head().sequence()));
  }

  @Test
  void anyCut_exactlyTheRecordsWholeBeforeIt() throws IOException {
    for (int cut = SegmentHeader.BYTES; cut <= SEGMENT.length; cut++) {
      List<Long> seen = new ArrayList<>();
      SegmentScan scan = scan(Arrays.copyOf(SEGMENT, cut), seen);

      int at = cut;
      long whole = ENDS.stream().filter(end -> end <= at).count();
      assertThat(seen).hasSize((int) whole);
      assertThat(scan.next()).isEqualTo(whole + 1);
      assertThat(scan.end()).isEqualTo(whole == 0 ? 64 : ENDS.get((int) whole - 1));
      assertThat(scan.damages()).isEmpty();
    }
  }

  @Property(tries = 500)
  void anyFlippedBit_notInTheLastRecord_exactlyOneRecordLost(
      @ForAll @IntRange(min = 64 * 8, max = 40_000) int bit) throws IOException {
    int last = ENDS.get(RECORDS - 2) * 8;
    int at = bit < last ? bit : 64 * 8 + bit % (last - 64 * 8);
    byte[] damaged = SEGMENT.clone();
    damaged[at / 8] ^= (byte) (1 << (at % 8));
    List<Long> seen = new ArrayList<>();

    SegmentScan scan = scan(damaged, seen);

    boolean padding = seen.size() == RECORDS; // no record's content covers its padding
    assertThat(seen).doesNotHaveDuplicates().hasSize(padding ? RECORDS : RECORDS - 1);
    assertThat(scan.damages()).hasSize(padding ? 0 : 1);
    assertThat(scan.damages().stream().mapToLong(SegmentScan.Damage::records).sum())
        .isEqualTo(padding ? 0 : 1);
    assertThat(scan.next()).isEqualTo(RECORDS + 1);
    assertThat(scan.end()).isEqualTo(SEGMENT.length);
  }
}
