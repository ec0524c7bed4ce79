package atelier.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/**
 * Fetches one file over https into an open channel: at most so many bytes, at most three redirects, and never slower than
 * 5 kB a second for longer than its patience.
 *
 * <p>The request's own timeout ends with the headers, so a body that stalls must be noticed here.
 */
final class Download {

    private static final int MOST_REDIRECTS = 3;
    private static final long LEAST_BYTES_PER_SECOND = 5_000;
    private static final Duration TO_CONNECT = Duration.ofSeconds(10);
    private static final long GLANCE_MILLIS = 50;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(TO_CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Duration patience;

    Download(Duration patience) {
        this.patience = patience;
    }

    /** Whether a file may come from there: over https, or, for tests, from this very machine. */
    static boolean isAllowed(URI from) {
        boolean here = List.of("127.0.0.1", "localhost", "[::1]").contains(String.valueOf(from.getHost()));
        return "https".equals(from.getScheme()) || "http".equals(from.getScheme()) && here;
    }

    /**
     * @throws IOException when the mirror fails, and says how
     * @throws UncheckedIOException when the disk fails
     */
    void fetch(URI from, FileChannel to, long mostBytes, LongConsumer progress)
            throws IOException, InterruptedException {
        URI at = from;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            Receiver receiver = new Receiver(to, mostBytes);
            HttpResponse<Void> response = exchange(at, receiver, progress);
            if (response.statusCode() == 200) {
                progress.accept(receiver.received());
                return;
            }
            String location = response.headers().firstValue("Location").orElse(null);
            if (response.statusCode() / 100 != 3 || location == null) {
                throw new IOException("HTTP status " + response.statusCode());
            }
            at = redirected(at, location);
        }
        throw new IOException("more than " + MOST_REDIRECTS + " redirects");
    }

    private static URI redirected(URI from, String location) throws IOException {
        try {
            URI to = from.resolve(location);
            if (isAllowed(to) && to.getScheme().equals(from.getScheme())) {
                return to;
            }
        } catch (IllegalArgumentException malformed) {
            // refused below, with its text
        }
        throw new IOException("a redirect to " + location + ", which is not " + from.getScheme());
    }

    private HttpResponse<Void> exchange(URI at, Receiver receiver, LongConsumer progress)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(at).timeout(patience.plus(TO_CONNECT)).build();
        CompletableFuture<HttpResponse<Void>> exchange = client.sendAsync(
                request, info -> info.statusCode() == 200 ? receiver : BodySubscribers.replacing(null));
        long since = System.nanoTime();
        long before = 0;
        try {
            while (true) {
                try {
                    return exchange.get(GLANCE_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException notYet) {
                    long received = receiver.received();
                    progress.accept(received);
                    long elapsed = System.nanoTime() - since;
                    if (elapsed > patience.toNanos()) {
                        if (received - before < LEAST_BYTES_PER_SECOND * patience.toNanos() / 1_000_000_000) {
                            throw new IOException(
                                    "only " + (received - before) + " bytes in " + patience.toMillis() / 1000.0 + " s");
                        }
                        since += elapsed;
                        before = received;
                    }
                }
            }
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UncheckedIOException disk) {
                throw disk;
            }
            throw new IOException(DataException.reason(failure.getCause()), failure.getCause());
        } finally {
            receiver.stop();
            exchange.cancel(true);
        }
    }
}
