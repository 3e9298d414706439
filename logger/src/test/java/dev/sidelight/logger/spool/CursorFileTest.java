package dev.sidelight.logger.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CursorFileTest {

  private final SimDisk disk = new SimDisk();

  private static CursorFile.Place place(long next) {
    return new CursorFile.Place(next, 1, 64, next, 2, 3);
  }

  @Test
  void save_open_theLastPlace() throws IOException {
    CursorFile file = CursorFile.create(disk, "store");
    for (int next = 1; next <= 5; next++) {
      file.save(place(next));
      assertThat(CursorFile.open(disk, "store").place()).isEqualTo(place(next));
    }
    assertThat(disk.bytes("cursors/store")).hasSize(128);
  }

  @Test
  void oneSlotDamaged_theOtherIsUsed() throws IOException {
    CursorFile file = CursorFile.create(disk, "store");
    file.save(place(1)); // the second slot
    file.save(place(2)); // the first slot
    for (int bit = 0; bit < 512; bit++) {
      byte[] damaged = disk.bytes("cursors/store").clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      SimDisk broken = disk.afterKill();
      broken.put("cursors/store", damaged);

      assertThat(CursorFile.open(broken, "store").place()).isEqualTo(place(1));
    }
  }

  @Test
  void bothSlotsDamagedOrShort_noPlace() throws IOException {
    CursorFile file = CursorFile.create(disk, "store");
    file.save(place(1));
    byte[] bytes = disk.bytes("cursors/store");
    bytes[64 + 20] ^= 1;
    disk.put("cursors/store", bytes);
    disk.put("cursors/short", new byte[30]);

    assertThat(CursorFile.open(disk, "store").place()).isNull();
    assertThat(CursorFile.open(disk, "short").place()).isNull();
  }
}
