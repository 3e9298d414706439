package dev.sidelight.logger.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidelight.logger.Events;
import dev.sidelight.logger.RequestSummary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A file of format 1, with two events, is read and written on. */
class OldFileIT extends StoreFixture {

  private static void makeOld(Path file) throws IOException, SQLException {
    try (InputStream in =
            Objects.requireNonNull(OldFileIT.class.getResourceAsStream("format-1.sql"));
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : new String(in.readAllBytes(), StandardCharsets.UTF_8).split(";\n", -1)) {
        if (!sql.isBlank()) {
          statement.executeUpdate(sql);
        }
      }
    }
  }

  @Test
  void open_format1_readFilteredAndWrittenOn() throws Exception {
    store.close();
    makeOld(dir.resolve("events-2026-11-22.db"));
    store = open(EmbeddedSettings.in(dir), NOW);

    assertThat(sequences("text ~ private")).containsExactly(1L);
    assertThat(sequences("text ~ 44")).containsExactly(2L);
    assertThat(page("", 5, "").items())
        .extracting(RequestSummary::requestId)
        .containsExactly("order-1", "0199f3a0-7c00-7000-8000-000000000001");

    write(Events.event(1).build(), Events.event(3).build(), Events.event(4).build());

    assertThat(sequences("text ~ private")).containsExactly(4L, 3L, 1L);
    assertThat(sequences("request_id = 0199f3a0-7c00-7000-8000-000000000001")).containsExactly(1L);
    assertThat(sequences("request_id = 0199f3a0-7c00-7000-8000-000000000003")).containsExactly(3L);
    assertThat(store.erase("order-1")).isEqualTo(1);
    assertThat(sequences("text ~ \"Self-emp-inc\"")).isEmpty();
    assertThat(sequences("")).containsExactly(4L, 3L, 1L);
  }
}
