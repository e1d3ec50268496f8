package io.autoseed.it.flow;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autoseed.infra.stack.StackAddresses;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A folder from which workers serve a stack whose objects they reach through a proxy alone. */
final class ProxiedHome {
  private static final String CHOICES = "stack.json";
  private static final String CREDENTIALS = "credentials.json";

  private ProxiedHome() {}

  /**
   * @param proxy before the stack's S3 server
   * @param folder to be made
   * @return the folder
   */
  static Path of(StackAddresses stack, URI proxy, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.copy(
        stack.home().resolve(CREDENTIALS),
        folder.resolve(CREDENTIALS),
        StandardCopyOption.COPY_ATTRIBUTES);
    ObjectMapper json = new ObjectMapper();
    ObjectNode choices = (ObjectNode) json.readTree(stack.home().resolve(CHOICES).toFile());
    choices.put("objectStore", "EXTERNAL");
    ((ObjectNode) choices.get("external")).put("s3Endpoint", proxy.toString());
    json.writeValue(folder.resolve(CHOICES).toFile(), choices);
    return folder;
  }
}
