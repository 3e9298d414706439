package dev.sidelight.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Temporary folders of the benchmarks. */
public final class Directory {

  private Directory() {}

  /** The folder and all below it. */
  public static void delete(Path dir) throws IOException {
    try (Stream<Path> below = Files.walk(dir)) {
      List<Path> deepestFirst = below.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    }
  }

  /** A second folder with the same files, as they are at this moment. */
  public static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> below = Files.walk(from)) {
      for (Path path : below.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }
}
