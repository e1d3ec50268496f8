package io.autoseed.infra.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.autoseed.infra.install.PostgresBinaries;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivilegeDropTest {
  private static String run(List<String> prefix, String... command) throws Exception {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(List.of(command));
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.strip();
  }

  @Test
  void whoeverStartsItPostgresIsNotRoot() throws Exception {
    assertThat(run(PrivilegeDrop.find().prefix(), "id", "-u")).isNotEqualTo("0");
  }

  @Test
  void withoutNamespacesNobodyMakesADatabaseBelowAFolderOfRootsAlone(@TempDir Path folder)
      throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "only root drops privileges");
    PrivilegeDrop drop = PrivilegeDrop.withoutNamespaces();
    Path bin = PostgresBinaries.ensure(StackOptions.defaultCache(System.getenv()), line -> {});
    Path secret = folder.resolve("secret");
    StackHome.privateFolder(secret);
    Path data = Files.createDirectory(secret.resolve("data"));

    drop.giveAway(data);
    run(drop.prefix(), bin.resolve("initdb").toString(), "-D", data.toString(), "--locale=C");

    assertThat(data.resolve("PG_VERSION")).hasContent("18");
    assertThat(Files.getAttribute(data.resolve("PG_VERSION"), "unix:uid"))
        .isEqualTo(PrivilegeDrop.NOBODY);
    assertThat(run(drop.prefix(), "id", "-u")).isEqualTo(Integer.toString(PrivilegeDrop.NOBODY));
  }
}
