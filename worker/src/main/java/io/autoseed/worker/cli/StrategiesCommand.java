package io.autoseed.worker.cli;

import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.Strategies;
import io.autoseed.learning.strategy.StrategyFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** Lists the strategies a sequence file may name, with their settings. */
@Command(
    name = "strategies",
    description = "List the strategies, where they come from and their settings.")
final class StrategiesCommand extends AutoseedCommand {
  StrategiesCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() {
    List<Map<String, Object>> document =
        Strategies.all().stream().map(StrategiesCommand::describe).toList();
    StringBuilder text = new StringBuilder();
    for (StrategyFactory factory : Strategies.all()) {
      text.append(factory.name()).append("  ").append(factory.summary()).append('\n');
      text.append("    source: ").append(factory.source()).append('\n');
      if (KeptExamples.in(factory.name(), Map.of())) {
        text.append("    keeps training examples in its learner state\n");
      }
      for (Setting setting : factory.settings()) {
        text.append(
            "    %s (%s): %s%n".formatted(setting.name(), range(setting), setting.meaning()));
      }
    }
    print(Map.of("strategies", document), text.toString());
    return ExitCode.DONE;
  }

  private static Map<String, Object> describe(StrategyFactory factory) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", factory.name());
    entry.put("summary", factory.summary());
    entry.put("source", factory.source());
    entry.put("keepsExamples", KeptExamples.in(factory.name(), Map.of()));
    entry.put("settings", factory.settings().stream().map(StrategiesCommand::describe).toList());
    return entry;
  }

  private static Map<String, Object> describe(Setting setting) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", setting.name());
    entry.put("meaning", setting.meaning());
    entry.put("default", setting.defaultValue());
    entry.put("range", range(setting));
    return entry;
  }

  private static String range(Setting setting) {
    if (setting instanceof Setting.Whole whole) {
      return whole.least() + ".." + whole.most() + ", default " + whole.defaultValue();
    }
    if (setting instanceof Setting.Real real) {
      return real.least() + ".." + real.most() + ", default " + real.defaultValue();
    }
    if (setting instanceof Setting.Choice choice) {
      return String.join("|", choice.words()) + ", default " + choice.defaultValue();
    }
    return "true|false, default " + setting.defaultValue();
  }
}
