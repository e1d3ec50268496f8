package io.autoseed.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autoseed.infra.stack.StackAddresses;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CredentialsLeakIT {
  /** See infra/README.md: the console's port is 7 from the base, the filer's 14. */
  private static final int FILER_FROM_CONSOLE = 7;

  private static Path credentials() {
    return TestStack.addresses().home().resolve("credentials.json");
  }

  private static List<String> secrets() throws IOException {
    Map<String, String> values =
        new ObjectMapper()
            .readValue(credentials().toFile(), new TypeReference<Map<String, String>>() {});
    List<String> secrets =
        values.entrySet().stream()
            .filter(e -> e.getKey().contains("password") || e.getKey().contains("secret"))
            .map(Map.Entry::getValue)
            .toList();
    assertThat(secrets).hasSize(7).doesNotHaveDuplicates().allMatch(s -> s.length() >= 24);
    return secrets;
  }

  @Test
  void noCommandLineHoldsASecret() throws IOException {
    List<String> secrets = secrets();
    List<String> lines = new ArrayList<>();
    for (long pid : Processes.all()) {
      Path line = Path.of("/proc/" + pid + "/cmdline");
      try {
        lines.add(Files.readString(line, StandardCharsets.ISO_8859_1));
      } catch (IOException e) {
        lines.add(""); // it has just ended
      }
    }

    String home = TestStack.addresses().home().toString();
    assertThat(lines).as("the stack's own are among them").anyMatch(line -> line.contains(home));
    assertThat(lines).allMatch(line -> secrets.stream().noneMatch(line::contains));
  }

  @Test
  void noLogAndNoOtherFileThatOthersCanReadHoldsASecret() throws IOException {
    List<String> secrets = secrets();
    Path home = TestStack.addresses().home();
    List<Path> logs = new ArrayList<>();
    try (Stream<Path> files = Files.walk(home.resolve("logs"))) {
      files.filter(Files::isRegularFile).forEach(logs::add);
    }
    logs.add(home.resolve("stack.json"));

    assertThat(logs).hasSizeGreaterThan(5);
    for (Path log : logs) {
      String text = Files.readString(log, StandardCharsets.ISO_8859_1);
      assertThat(secrets).as("%s", log).noneMatch(text::contains);
    }
  }

  @Test
  void whatHoldsSecretsIsForTheOwnerOnly() throws IOException {
    Path home = TestStack.addresses().home();
    assertThat(mode(credentials())).isEqualTo("rw-------");
    assertThat(mode(home.resolve("seaweedfs/s3.json"))).isEqualTo("rw-------");
    assertThat(mode(home.resolve("seaweedfs/security.toml"))).isEqualTo("rw-------");
    try (Stream<Path> asked = Files.list(home.resolve("run/desired"))) {
      assertThat(asked.toList()).isNotEmpty().allMatch(file -> mode(file).equals("rw-------"));
    }
  }

  @Test
  void theAddressesPrintedAsTextNameNoSecret() throws IOException {
    StackAddresses addresses = TestStack.addresses();

    assertThat(secrets()).noneMatch(addresses.toString()::contains);
  }

  @Test
  void theS3StoresInnerPortsShowNothingToWhoeverCannotSign() throws Exception {
    int filer = TestStack.addresses().consolePort() + FILER_FROM_CONSOLE;
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + filer + "/buckets/autoseed/"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(401);
  }

  private static String mode(Path file) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
