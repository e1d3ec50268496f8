package io.autoseed.worker.cli;

import io.autoseed.infra.stack.LocalStack;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.worker.console.CatalogConsole;
import io.autoseed.worker.console.ConsoleServer;
import io.autoseed.worker.console.RunNotices;
import io.autoseed.worker.report.StackCatalog;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The console's process; the supervisor starts it. */
@Command(name = "console", description = "Serve the console's web page.", hidden = true)
final class ConsoleCommand extends AutoseedCommand {
  @Option(names = "--home", required = true, description = "The stack's folder.")
  private Path home;

  ConsoleCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  public Integer call() throws InterruptedException {
    StackAddresses addresses = LocalStack.open(home).addresses();
    StackCatalog catalog = new StackCatalog(addresses);
    RunNotices notices = new RunNotices(catalog, addresses);
    ConsoleServer server =
        ConsoleServer.start(
            new CatalogConsole(catalog, addresses, notices), addresses.consolePort());
    terminal().say("the console listens on port " + server.port());
    CountDownLatch end = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  notices.close();
                  catalog.close();
                  end.countDown();
                },
                "stop"));
    end.await();
    return ExitCode.DONE;
  }
}
