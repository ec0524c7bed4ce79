package atelier.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import atelier.data.Batch;
import atelier.data.Dataset;
import atelier.data.ImageSet;
import atelier.data.Scribbles;
import atelier.tensor.RandomStream;
import atelier.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.Table;

class TrainingTest {

    private static final Dataset MANY = Scribbles.load(1, 2000, 10);

    @Test
    void itLearns() {
        Classifier learner = TinyModel.learner();
        History history = new Training(learner, TinyModel.DATA, new Settings(20, 20, 1, Schedule.constant(0.01)))
                .progress(Progress.silent())
                .run();
        assertEquals(20, history.epochs().size());
        assertEquals(History.End.FINISHED, history.end());
        assertTrue(history.last().trainLoss() < 0.7 * history.epochs().get(0).trainLoss(), history::toString);
        assertTrue(history.last().metrics().get("test_accuracy") > 0.3, history::toString);
    }

    @Test
    void trainLossIsTheMeanOverImagesNotOverBatches() {
        double[] losses = {1, 1, 1, 1, 1, 7}; // the last batch has 10 images, the others 20
        Told told = new Told(losses);
        History history = TinyModel.training(told).run();
        assertEquals((100 * 1 + 10 * 7) / 110.0, history.epochs().get(0).trainLoss(), 1e-12);
        assertEquals(List.of(20, 20, 20, 20, 20, 10), told.sizes.subList(0, 6));
    }

    @Test
    void theRateFollowsTheScheduleStepByStep() {
        Told told = new Told(1);
        TinyModel.training(told).run();
        assertEquals(18, told.rates.size());
        for (int t = 0; t < 18; t++) {
            assertEquals(Schedule.cosine(0.01).at(t, 18), told.rates.get(t));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 109, 110, 111, 5000})
    void anyBatchSizeShowsEveryImageOnce(int size) {
        Told told = new Told(1);
        new Training(told, TinyModel.DATA, new Settings(1, size, 1, Schedule.constant(1)))
                .progress(Progress.silent())
                .run();
        assertEquals(110, told.sizes.stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void noImagesIsAClearError() {
        ImageSet none = TinyModel.DATA.train().slice(0, 0);
        assertThrows(
                IllegalArgumentException.class,
                () -> new Training(new Told(1), new Dataset("none", none, none), TinyModel.settings()));
    }

    @Test
    void theHistoryIsATable() {
        Table table = TinyModel.training(TinyModel.learner()).run().table();
        assertEquals(
                List.of(
                        "epoch",
                        "train_loss",
                        "learning_rate",
                        "test_loss",
                        "test_accuracy",
                        "seconds",
                        "images_per_second"),
                table.columnNames());
        assertEquals(3, table.rowCount());
        assertEquals(0.01, table.doubleColumn("learning_rate").get(0));
        assertTrue(table.doubleColumn("images_per_second").min() > 0);
    }

    // ---- stopping ----

    @Test
    void anInterruptStopsAfterTheBatchInHandAndRunGoesOn() {
        Random random = new Random(4);
        float[] uninterrupted = weights(
                TinyModel.learner(), learner -> TinyModel.training(learner).run());
        for (int round = 0; round < 10; round++) {
            int stopAfter = 1 + random.nextInt(17);
            float[] interrupted = weights(TinyModel.learner(), learner -> {
                Interrupting interrupting = new Interrupting(learner, stopAfter);
                Training training = TinyModel.training(interrupting);
                History history = training.run();
                assertEquals(History.End.INTERRUPTED, history.end());
                assertEquals(stopAfter, interrupting.steps, "not one batch more");
                assertFalse(Thread.currentThread().isInterrupted(), "the next cell must run");
                assertEquals(History.End.FINISHED, training.run().end());
                assertEquals(18, interrupting.steps);
            });
            assertArrayEquals(uninterrupted, interrupted);
        }
    }

    @Test
    void anInterruptWhileMeasuringIsNotLost() {
        Classifier learner = TinyModel.learner();
        Training training = TinyModel.training(new Interrupting(learner, 6)); // the last batch of epoch 1
        History history = training.run();
        assertEquals(History.End.INTERRUPTED, history.end());
        assertEquals(0, history.epochs().size(), "epoch 1 was not measured");
        assertEquals(3, training.run().epochs().size());
    }

    @Test
    void maxSecondsStops() {
        Told slow = new Told(1) {
            @Override
            public double step(Batch batch) {
                try {
                    Thread.sleep(20);
                } catch (InterruptedException unexpected) {
                    throw new AssertionError(unexpected);
                }
                return super.step(batch);
            }
        };
        History history = TinyModel.training(slow).maxSeconds(0.1).run();
        assertEquals(History.End.OUT_OF_TIME, history.end());
        assertTrue(slow.rates.size() >= 1 && slow.rates.size() <= 6, "steps: " + slow.rates.size());
    }

    // ---- numbers that are not finite ----

    @Test
    void nanInTheInputStopsBeforeTheUpdate() {
        assertStopsAt(
                9, "NaN in the input at index 14", (learner, batch) -> batch.x().data()[14] = Float.NaN);
    }

    @Test
    void infinityInAWeightStopsBeforeTheUpdate() {
        assertStopsAt(
                9,
                "Infinity in w at index 3",
                (learner, batch) -> learner.model().parameters().get(0).value().data()[3] = Float.POSITIVE_INFINITY);
    }

    @Test
    void anOverflowOnTheWayStopsBeforeTheUpdate() {
        assertStopsAt(9, "finite loss but got", (learner, batch) -> {
            Arrays.fill(learner.model().parameters().get(0).value().data(), 3e38f);
        });
    }

    @Test
    void nanInAGradientStopsBeforeTheUpdate() {
        Classifier whole = TinyModel.learner();
        TinyModel model = new TinyModel() {
            private int calls;

            @Override
            public Tensor backward(Tensor dY) {
                super.backward(dY);
                if (++calls == 9) {
                    parameters().get(0).gradient().data()[17] = Float.NaN;
                }
                return null;
            }
        };
        Classifier broken = TinyModel.learner(model);
        NonFiniteException fault = assertThrows(
                NonFiniteException.class, () -> TinyModel.training(broken).run());
        assertTrue(
                fault.getMessage()
                        .startsWith("Training, epoch 2, batch 3 of 6: expected finite numbers but got NaN in the"
                                + " gradient of w at index 17. Lower the learning rate."),
                fault.getMessage());
        TinyModel.training(new Interrupting(whole, 8)).run();
        assertSameState(whole, broken);
    }

    /** Spoils something in one step; the learner must be left as it was after the step before. */
    private static void assertStopsAt(int step, String message, Spoiling spoiling) {
        Classifier whole = TinyModel.learner();
        TinyModel.training(new Interrupting(whole, step - 1)).run();

        Classifier spoilt = TinyModel.learner();
        float[] before = new float[560];
        Trainee trainee = new Around(spoilt) {
            @Override
            public double step(Batch batch) {
                if (++steps == step) {
                    float[] w = spoilt.model().parameters().get(0).value().data();
                    System.arraycopy(w, 0, before, 0, before.length);
                    spoiling.spoil(spoilt, batch);
                    try {
                        return learner.step(batch);
                    } finally {
                        System.arraycopy(before, 0, w, 0, before.length); // takes back what the test did
                    }
                }
                return learner.step(batch);
            }
        };
        NonFiniteException fault = assertThrows(
                NonFiniteException.class, () -> TinyModel.training(trainee).run());
        assertTrue(fault.getMessage().startsWith("Training, epoch 2, batch 3 of 6: expected"), fault.getMessage());
        assertTrue(fault.getMessage().contains(message), fault.getMessage());
        assertSameState(whole, spoilt);
    }

    private static void assertSameState(Classifier expected, Classifier actual) {
        assertArrayEquals(
                CheckpointWriter.bytes(Checkpoint.of(expected, Map.of(), Position.START, List.of())),
                CheckpointWriter.bytes(Checkpoint.of(actual, Map.of(), Position.START, List.of())));
    }

    // ---- cost ----

    @Test
    void theLoopAllocatesNothing() {
        assertTrue(bytesPerStep(new Told(1) {
                    @Override
                    public double step(Batch batch) {
                        return 1;
                    }

                    @Override
                    public void learningRate(double rate) {}
                })
                < 8);
    }

    @Test
    void aStepOfALearnerAllocatesLittle() {
        assertTrue(bytesPerStep(TinyModel.learner()) < 1024);
    }

    private static double bytesPerStep(Trainee trainee) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] bytes = new long[2];
        Trainee measured = new Trainee() {
            private int steps;

            @Override
            public double step(Batch batch) {
                steps++;
                if (steps == 200 || steps == 1800) {
                    bytes[steps / 1800] = threads.getThreadAllocatedBytes(
                            Thread.currentThread().getId());
                }
                return trainee.step(batch);
            }

            @Override
            public void learningRate(double rate) {
                trainee.learningRate(rate);
            }

            @Override
            public Map<String, Double> evaluate(ImageSet test) throws InterruptedException {
                return trainee.evaluate(test);
            }
        };
        new Training(measured, MANY, new Settings(1, 1, 1, Schedule.cosine(0.001)))
                .progress(new ProgressLines(System.out))
                .run();
        double perStep = (bytes[1] - bytes[0]) / 1600.0;
        System.out.println("bytes allocated a step: " + perStep);
        return perStep;
    }

    // ---- trainees ----

    interface Spoiling {
        void spoil(Learner learner, Batch batch);
    }

    private static float[] weights(Classifier learner, Consumer<Classifier> training) {
        training.accept(learner);
        return learner.model().parameters().get(0).value().data();
    }

    /** A learner with something around its step. */
    static class Around implements Learner {
        final Learner learner;
        int steps;

        Around(Learner learner) {
            this.learner = learner;
        }

        @Override
        public double step(Batch batch) {
            steps++;
            return learner.step(batch);
        }

        @Override
        public void learningRate(double rate) {
            learner.learningRate(rate);
        }

        @Override
        public List<RandomStream> randomness() {
            return learner.randomness();
        }

        @Override
        public List<atelier.layer.Parameter> buffers() {
            return learner.buffers();
        }

        @Override
        public atelier.model.Model model() {
            return learner.model();
        }

        @Override
        public List<atelier.optim.Optimizer> optimizers() {
            return learner.optimizers();
        }

        @Override
        public Map<String, String> choices() {
            return learner.choices();
        }

        @Override
        public Map<String, Double> evaluate(ImageSet test) throws InterruptedException {
            return learner.evaluate(test);
        }
    }

    /** Interrupts its own thread during one step, as a stop button would. */
    static final class Interrupting extends Around {
        private final int during;

        Interrupting(Learner learner, int during) {
            super(learner);
            this.during = during;
        }

        @Override
        public double step(Batch batch) {
            if (steps + 1 == during) {
                Thread.currentThread().interrupt();
            }
            return super.step(batch);
        }
    }

    /** Returns the losses that it was told, over and over, and remembers what it was given. */
    static class Told implements Trainee {
        final List<Integer> sizes = new java.util.ArrayList<>();
        final List<Double> rates = new java.util.ArrayList<>();
        private final double[] losses;

        Told(double... losses) {
            this.losses = losses;
        }

        @Override
        public double step(Batch batch) {
            sizes.add(batch.size());
            return losses[(sizes.size() - 1) % losses.length];
        }

        @Override
        public void learningRate(double rate) {
            rates.add(rate);
        }

        @Override
        public Map<String, Double> evaluate(ImageSet test) {
            return Map.of();
        }
    }
}
