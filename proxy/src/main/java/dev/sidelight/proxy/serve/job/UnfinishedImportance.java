package dev.sidelight.proxy.serve.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sidelight.proxy.serve.ExplanationId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Importance jobs under way, one small file each, so that a restart goes on with them. A file that
 * cannot be written costs only that. Thread-safe.
 */
public final class UnfinishedImportance {

  private static final Logger LOG = LoggerFactory.getLogger(UnfinishedImportance.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SUFFIX = ".importance.json";

  private final Path dir;
  private volatile boolean closing;

  public UnfinishedImportance(Path dir) {
    this.dir = dir;
  }

  void keep(UUID id, ImportanceSpec spec) {
    try {
      Files.createDirectories(dir);
      Path part = dir.resolve(ExplanationId.text(id) + ".part");
      Files.write(
          part,
          JSON.writeValueAsBytes(
              JSON.createObjectNode()
                  .put("model", spec.model())
                  .put("filter", spec.filter())
                  .put("requests", spec.requests())
                  .put("seed", spec.seed())));
      Files.move(part, file(id), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("importance would not go on after a restart: {}", e.getMessage());
    }
  }

  private Path file(UUID id) {
    return dir.resolve(ExplanationId.text(id) + SUFFIX);
  }

  private void drop(UUID id) {
    try {
      Files.deleteIfExists(file(id));
    } catch (IOException e) {
      LOG.warn("a finished job would begin anew after a restart: {}", e.getMessage());
    }
  }

  /** The same work, whose file goes when it has ended otherwise than with the process. */
  Work forgotten(ImportanceWork work) {
    return new Work() {
      @Override
      public JobResult run(UUID id, JobProgress progress) {
        try {
          return work.run(id, progress);
        } finally {
          if (!closing) {
            UnfinishedImportance.this.drop(id);
          }
        }
      }

      @Override
      public void stop() {
        work.stop();
      }

      @Override
      public void drop() {
        work.drop();
      }
    };
  }

  /** From now on whatever ends has been cut off. */
  public void closing() {
    closing = true;
  }

  boolean isClosing() {
    return closing;
  }

  Map<UUID, ImportanceSpec> all() {
    Map<UUID, ImportanceSpec> all = new LinkedHashMap<>();
    if (!Files.isDirectory(dir)) {
      return all;
    }
    try (Stream<Path> files = Files.list(dir)) {
      List<Path> specs = files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList();
      for (Path file : specs) {
        String name = file.getFileName().toString();
        ExplanationId.parse(name.substring(0, name.length() - SUFFIX.length()))
            .ifPresent(id -> read(file, id, all));
      }
    } catch (IOException e) {
      LOG.warn("importance jobs cannot go on: {}", e.getMessage());
    }
    return all;
  }

  private static void read(Path file, UUID id, Map<UUID, ImportanceSpec> into) {
    try {
      JsonNode spec = JSON.readTree(Files.readAllBytes(file));
      into.put(
          id,
          new ImportanceSpec(
              spec.path("model").asText(),
              spec.path("filter").asText(),
              spec.path("requests").asInt(),
              spec.path("seed").asLong()));
    } catch (IOException | RuntimeException e) {
      LOG.warn("an importance job cannot go on: {}", e.getMessage());
    }
  }
}
