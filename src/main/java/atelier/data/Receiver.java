package atelier.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/** Writes what a mirror sends into a channel, counts it, and stops at a cap. */
final class Receiver implements BodySubscriber<Void> {

    private final FileChannel to;
    private final long most;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private volatile Flow.Subscription subscription;
    private volatile long received;

    Receiver(FileChannel to, long most) {
        this.to = to;
        this.most = most;
    }

    @Override
    public CompletionStage<Void> getBody() {
        return done;
    }

    @Override
    public void onSubscribe(Flow.Subscription offered) {
        subscription = offered;
        offered.request(1);
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, the watchdog only reads
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (received + buffer.remaining() > most) {
                onError(new IOException("more than " + most + " bytes"));
                stop();
                return;
            }
            received += buffer.remaining();
            if (!write(buffer)) {
                return;
            }
        }
        subscription.request(1);
    }

    private boolean write(ByteBuffer buffer) {
        try {
            while (buffer.hasRemaining()) {
                to.write(buffer);
            }
            return true;
        } catch (IOException failure) {
            onError(new UncheckedIOException(failure));
            stop();
            return false;
        }
    }

    @Override
    public void onError(Throwable failure) {
        done.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        done.complete(null);
    }

    /** How many bytes have come. */
    long received() {
        return received;
    }

    void stop() {
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
