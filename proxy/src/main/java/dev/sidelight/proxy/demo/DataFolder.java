package dev.sidelight.proxy.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a demo keeps its state.
 *
 * @param isTemporary deleted at the end
 */
record DataFolder(Path path, boolean isTemporary) {

  static DataFolder open(Optional<Path> wanted) throws IOException {
    if (wanted.isPresent()) {
      return new DataFolder(Files.createDirectories(wanted.get()), false);
    }
    return new DataFolder(Files.createTempDirectory("sidelight-demo-"), true);
  }

  /** A row of the census to explain, as a V1 request. */
  Path writeRow(Census census) throws IOException {
    Path row = path.resolve("row.json");
    int rich = 0;
    while (census.label(rich) == 0) {
      rich++;
    }
    return Files.write(row, RequestBody.v1(List.of(census.row(rich))));
  }

  /** Deletes a temporary folder with all that is in it. */
  void close() throws IOException {
    if (!isTemporary) {
      return;
    }
    try (Stream<Path> below = Files.walk(path)) {
      for (Path file : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
