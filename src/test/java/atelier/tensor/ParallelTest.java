package atelier.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ParallelTest {

    @AfterEach
    void allCores() {
        Parallel.threads(Runtime.getRuntime().availableProcessors());
    }

    @Test
    void everyPieceRunsExactlyOnceOnAnyNumberOfThreads() {
        for (int threads : new int[] {1, 2, 3, 8}) {
            Parallel.threads(threads);
            assertEquals(threads, Parallel.threads());
            for (int round = 0; round < 2000; round++) {
                int pieces = round % 17;
                AtomicIntegerArray ran = new AtomicIntegerArray(Math.max(1, pieces));
                Parallel.run(pieces, ran::incrementAndGet);
                for (int piece = 0; piece < pieces; piece++) {
                    assertEquals(1, ran.get(piece));
                }
            }
        }
    }

    @Test
    void whatAPieceThrowsReachesTheCallerAndTheTeamGoesOn() {
        Parallel.threads(4);
        for (int round = 0; round < 200; round++) {
            int bad = round % 8;
            IllegalStateException thrown = assertThrows(
                    IllegalStateException.class,
                    () -> Parallel.run(8, piece -> {
                        if (piece == bad) {
                            throw new IllegalStateException("piece " + piece);
                        }
                    }));
            assertEquals("piece " + bad, thrown.getMessage());
        }
        AtomicInteger count = new AtomicInteger();
        Parallel.run(8, piece -> count.incrementAndGet());
        assertEquals(8, count.get());
    }

    @Test
    void aCallInsideAPieceAndCallsFromManyThreadsAllFinish() throws InterruptedException {
        Parallel.threads(3);
        AtomicInteger count = new AtomicInteger();
        Thread[] callers = new Thread[6];
        for (int i = 0; i < callers.length; i++) {
            callers[i] = new Thread(() -> {
                for (int round = 0; round < 200; round++) {
                    Parallel.run(5, piece -> Parallel.run(3, inner -> count.incrementAndGet()));
                }
            });
            callers[i].start();
        }
        for (Thread caller : callers) {
            caller.join();
        }
        assertEquals(6 * 200 * 5 * 3, count.get());
    }

    @Test
    void sleepingThreadsWakeUp() throws InterruptedException {
        Parallel.threads(2);
        for (int round = 0; round < 5; round++) {
            Thread.sleep(30); // longer than the workers wait before they sleep
            AtomicInteger count = new AtomicInteger();
            Parallel.run(64, piece -> count.incrementAndGet());
            assertEquals(64, count.get());
        }
    }

    @Test
    void piecesCoverTheWholeWithoutGapOrOverlap() {
        for (int total : new int[] {0, 1, 7, 8, 9, 1000}) {
            for (int pieces : new int[] {1, 3, 8}) {
                assertEquals(0, Parallel.from(0, pieces, total));
                assertEquals(total, Parallel.from(pieces, pieces, total));
                for (int piece = 0; piece < pieces; piece++) {
                    assertTrue(Parallel.from(piece, pieces, total) <= Parallel.from(piece + 1, pieces, total));
                }
            }
        }
    }

    @Test
    void noThreadsAtAllIsRefused() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Parallel.threads(0))
                .getMessage()
                .contains("got 0"));
    }
}
