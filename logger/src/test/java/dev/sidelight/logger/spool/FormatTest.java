package dev.sidelight.logger.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Values that were computed elsewhere: the format is what they say it is. */
class FormatTest {

  @Test
  void crc32c_checkValue() {
    CRC32C crc = new CRC32C();
    crc.update("123456789".getBytes(StandardCharsets.US_ASCII));

    assertThat(crc.getValue()).isEqualTo(0xe3069283L);
  }

  @Test
  void segmentHeader_goldenCrc() {
    UUID spool = UUID.fromString("00010203-0405-0607-0809-0a0b0c0d0e0f");
    ByteBuffer bytes = SegmentHeader.of(spool, 1, 1_790_000_000_000_000L, 1).bytes();

    assertThat(bytes.remaining()).isEqualTo(64);
    assertThat(bytes.getInt(60)).isEqualTo(0xc7f73599);
    assertThat(SegmentHeader.read(bytes))
        .isEqualTo(SegmentHeader.of(spool, 1, 1_790_000_000_000_000L, 1));
  }

  @Test
  void record_goldenCrc() {
    byte[] payload = "{\"a\":1}".getBytes(StandardCharsets.US_ASCII);
    ByteBuffer record = ByteBuffer.allocate(72);
    RecordHead head =
        RecordHead.of(
            payload.length,
            new RecordHead.Place(1, 1_790_000_000_000_000L, 1, RecordHead.INTERNAL, 1),
            UUID.fromString("0199f3a0-7c00-7abc-8def-0123456789ab"),
            RecordHead.REPORT,
            0);
    head.write(record, 0);
    record.put(64, payload);

    assertThat(head.length()).isEqualTo(72);
    assertThat(RecordHead.crc(record, 0, payload.length)).isEqualTo(0x4688d611);
    assertThat(HexFormat.of().formatHex(record.array(), 0, 8)).isEqualTo("534c523100000048");
  }

  @Test
  void segmentHeader_anyFlippedBit_isSeen() {
    ByteBuffer bytes = SegmentHeader.of(Sample.id(1), 7, 1, 2).bytes();
    for (int bit = 0; bit < 512; bit++) {
      byte[] damaged = new byte[64];
      bytes.get(0, damaged);
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(SegmentHeader.read(ByteBuffer.wrap(damaged))).isNull();
    }
  }

  @Test
  void segmentFile_nameHasFirstSequence() {
    assertThat(Segment.file(255)).isEqualTo("seg-00000000000000ff.log");
    assertThat(Segment.firstOf("seg-00000000000000ff.log")).isEqualTo(255L);
    assertThat(Segment.firstOf("seg-zz000000000000ff.log")).isNull();
    assertThat(Segment.firstOf("counters")).isNull();
  }
}
