package dev.sidelight.logger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersIT {

  @TempDir Path dir;

  private DeadLetters open(long bytesMax, int padding) throws IOException {
    return DeadLetters.open(dir, "es", bytesMax, new SequenceFormat(padding));
  }

  private static void add(DeadLetters to, long from, long last) throws IOException {
    for (long i = from; i <= last; i++) {
      to.add(new DeadLetter(Events.event(i).build(), "400", "no é"));
    }
    to.sync();
  }

  private static List<Long> sequences(DeadLetters of) throws IOException {
    List<Long> sequences = new ArrayList<>();
    of.forEach(
        letter -> {
          assertThat(letter.text()).isEqualTo("no é");
          sequences.add(letter.event().sequence());
        });
    return sequences;
  }

  @Test
  void add_reopen_allThereInOrder() throws IOException {
    try (DeadLetters letters = open(1 << 20, 0)) {
      add(letters, 1, 5);
    }

    try (DeadLetters letters = open(1 << 20, 0)) {
      add(letters, 6, 7);
      assertThat(sequences(letters)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
      assertThat(letters.count()).isEqualTo(7);
      assertThat(letters.bytes()).isEqualTo(Files.size(dir.resolve("es.log")));
    }
  }

  @Test
  void add_beyondTheLimit_oldestGoAndAreCounted() throws IOException {
    try (DeadLetters letters = open(4096, 400)) {
      add(letters, 1, 30);

      List<Long> kept = sequences(letters);
      assertThat(letters.bytes()).isLessThanOrEqualTo(4096);
      assertThat(kept).hasSizeBetween(4, 9).endsWith(30L);
      assertThat(kept).isEqualTo(LongStream.rangeClosed(31 - kept.size(), 30).boxed().toList());
      assertThat(letters.evicted() + letters.count()).isEqualTo(30);
    }
  }

  @Test
  void open_tornTail_cutAtTheLastWholeEntry() throws IOException {
    try (DeadLetters letters = open(1 << 20, 50)) {
      add(letters, 1, 3);
    }
    Path file = dir.resolve("es.log");
    byte[] whole = Files.readAllBytes(file);
    for (int cut = 1; cut <= whole.length / 3; cut += 7) {
      Files.write(file, java.util.Arrays.copyOf(whole, whole.length - cut));

      try (DeadLetters letters = open(1 << 20, 50)) {
        assertThat(sequences(letters)).containsExactly(1L, 2L);
        add(letters, 9, 9);
        assertThat(sequences(letters)).containsExactly(1L, 2L, 9L);
      }
    }
  }

  @Test
  void open_garbageAtTheEnd_isCutOff() throws IOException {
    try (DeadLetters letters = open(1 << 20, 0)) {
      add(letters, 1, 2);
    }
    Files.write(dir.resolve("es.log"), new byte[100], StandardOpenOption.APPEND);

    try (DeadLetters letters = open(1 << 20, 0)) {
      assertThat(sequences(letters)).containsExactly(1L, 2L);
    }
  }

  @Test
  void purge_nothingLeft() throws IOException {
    try (DeadLetters letters = open(4096, 400)) {
      add(letters, 1, 30);

      letters.purge();

      assertThat(sequences(letters)).isEmpty();
      assertThat(letters.bytes()).isZero();
      assertThat(dir.resolve("es.log.1")).doesNotExist();
      add(letters, 31, 31);
      assertThat(sequences(letters)).containsExactly(31L);
    }
  }
}
