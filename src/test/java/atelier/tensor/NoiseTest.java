package atelier.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NoiseTest {

    private static final int MANY = 1 << 21;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 1024, 4096, 9001})
    void r4_makesTwoNumbersOfTheBitsAtEachPosition(int length) {
        RandomStream random = RandomStream.seed(1);
        random.position(5);
        Tensor u = Tensor.zeros(length);
        Noise.uniform(random, u);
        assertEquals(5 + (length + 1) / 2, random.position());
        random.position(5);
        for (int i = 0; i < length; i += 2) {
            long z = random.bits();
            assertEquals((z >>> 40) * 0x1p-24, u.at(i));
            if (i + 1 < length) {
                assertEquals((z & 0xFFFFFF) * 0x1p-24, u.at(i + 1));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 7, 1024, 4096, 9001})
    void r5_isBoxAndMullersPointMadeOfTheSameBits(int length) {
        RandomStream random = RandomStream.seed(2);
        random.position(9);
        Tensor x = Tensor.zeros(length);
        Noise.normal(random, x);
        assertEquals(9 + (length + 1) / 2, random.position());
        random.position(9);
        for (int i = 0; i < length; i += 2) {
            long z = random.bits();
            double r = Math.sqrt(-2 * StrictMath.log(((z >>> 24) + 1) * 0x1p-40));
            double turn = 2 * Math.PI * (z & 0xFFFFFF) * 0x1p-24;
            assertEquals(r * StrictMath.cos(turn), x.at(i), 2e-6);
            if (i + 1 < length) {
                assertEquals(r * StrictMath.sin(turn), x.at(i + 1), 2e-6);
            }
        }
    }

    @Test
    void numbersAreTheSameOnEveryMachine() {
        RandomStream random = RandomStream.seed(42);
        Tensor x = Tensor.zeros(100_003);
        Noise.normal(random, x);
        assertEquals(-826412354, Arrays.hashCode(x.data()), "normal numbers of seed 42 changed");
        Noise.uniform(random, x);
        assertEquals(1485240268, Arrays.hashCode(x.data()), "uniform numbers of seed 42 changed");
    }

    @Test
    void r5_givesTheSameBitsWithAndWithoutVectors() {
        int length = 1003;
        float[] logU = new float[length];
        float[] v = new float[length];
        RandomStream random = RandomStream.seed(3);
        for (int i = 0; i < length; i++) {
            logU[i] = i == 0 ? 0 : (float) (-28 * random.uniform());
            v[i] = (random.bits() >>> 40) * 0x1p-24f;
        }
        float[][] fast = new float[2][length];
        float[][] plain = new float[2][length];
        Kernels.best().points(logU, v, fast[0], fast[1], length);
        new PlainKernels().points(logU, v, plain[0], plain[1], length);
        assertArrayEquals(plain[0], fast[0]);
        assertArrayEquals(plain[1], fast[1]);
    }

    @Test
    void threadsAndTheTensorsLengthChangeNoNumber() {
        int before = Parallel.threads();
        Tensor expected = Tensor.zeros(50_001);
        Tensor got = Tensor.zeros(50_001);
        try {
            Parallel.threads(1);
            Noise.normal(RandomStream.seed(4), expected);
            for (int threads : List.of(2, 5)) {
                Parallel.threads(threads);
                Noise.normal(RandomStream.seed(4), got);
                assertArrayEquals(expected.data(), got.data());
            }
        } finally {
            Parallel.threads(before);
        }
        RandomStream random = RandomStream.seed(4);
        Tensor first = Tensor.zeros(1234);
        Tensor second = Tensor.zeros(777);
        Noise.normal(random, first);
        Noise.normal(random, second);
        assertArrayEquals(Arrays.copyOf(expected.data(), 1234), first.data());
        assertArrayEquals(Arrays.copyOfRange(expected.data(), 1234, 2011), second.data());
    }

    @Test
    void r5_followsTheNormalDistribution() {
        double[] x = normals(5);
        double[] moments = new double[5];
        int[] beyond = new int[6];
        for (double v : x) {
            for (int power = 1; power <= 4; power++) {
                moments[power] += Math.pow(v, power) / MANY;
            }
            for (int sigma = 0; sigma < 6; sigma++) {
                beyond[sigma] += Math.abs(v) > sigma ? 1 : 0;
            }
        }
        double error = 4.5 / Math.sqrt(MANY);
        assertEquals(0, moments[1], error);
        assertEquals(1, moments[2], error * Math.sqrt(2));
        assertEquals(0, moments[3], error * Math.sqrt(15));
        assertEquals(3, moments[4], error * Math.sqrt(96));
        double[] tail = {1, 0.31731051, 0.04550026, 2.699796e-3, 6.334248e-5, 5.733031e-7};
        for (int sigma = 0; sigma < 6; sigma++) {
            assertEquals(tail[sigma] * MANY, beyond[sigma], 4.5 * Math.sqrt(tail[sigma] * MANY) + 1, sigma + " σ");
        }
    }

    @Test
    void r5_staysWithinTheDistanceOfKolmogorovAndSmirnov() {
        double[] x = normals(6);
        Arrays.sort(x);
        double distance = 0;
        for (int i = 0; i < MANY; i++) {
            double below = phi(x[i]);
            distance = Math.max(distance, Math.max((i + 1.0) / MANY - below, below - (double) i / MANY));
        }
        assertTrue(
                distance < 1.95 / Math.sqrt(MANY),
                "largest distance " + distance + ", beyond once in a thousand seeds");
    }

    @Test
    void r5_bothCoordinatesAreIndependent() {
        double[] x = normals(7);
        double[] together = new double[3];
        for (int i = 0; i + 2 < MANY; i += 2) {
            together[0] += x[i] * x[i + 1];
            together[1] += (x[i] * x[i] - 1) * (x[i + 1] * x[i + 1] - 1) / 2;
            together[2] += x[i + 1] * x[i + 2];
        }
        for (double sum : together) {
            assertEquals(0, sum / Math.sqrt(MANY / 2.0), 4.5, "correlation in standard errors");
        }
    }

    @Test
    void r4_fillsItsIntervalEvenly() {
        Tensor u = Tensor.zeros(MANY);
        Noise.uniform(RandomStream.seed(8), u);
        int[] counts = new int[64];
        for (float v : u.data()) {
            counts[(int) (64 * v)]++;
        }
        double expected = MANY / 64.0;
        double chiSquare = Arrays.stream(counts)
                .mapToDouble(c -> (c - expected) * (c - expected) / expected)
                .sum();
        assertTrue(chiSquare < 103.4, "χ² of 64 classes was " + chiSquare + ", above 103.4 once in a thousand seeds");
    }

    @Test
    void bernoulliIsOneAsOftenAsPSays() {
        Tensor p = Tensor.zeros(4, 50_001);
        for (int i = 0; i < 50_001; i++) {
            p.set(0.1f, 1, i);
            p.set(0.75f, 2, i);
            p.set(1, 3, i);
        }
        Tensor x = Tensor.zeros(4, 50_001);
        Noise.bernoulli(RandomStream.seed(9), p, x);
        double[] ones = new double[4];
        for (int i = 0; i < x.length(); i++) {
            assertTrue(x.data()[i] == 0 || x.data()[i] == 1);
            ones[i / 50_001] += x.data()[i];
        }
        assertEquals(0, ones[0]);
        assertEquals(5000.1, ones[1], 4.5 * Math.sqrt(50_001 * 0.09));
        assertEquals(37_500.75, ones[2], 4.5 * Math.sqrt(50_001 * 0.1875));
        assertEquals(50_001, ones[3]);
    }

    @Test
    void bernoulliMayOverwriteItsProbabilitiesAndRefusesAnotherShape() {
        Tensor p = Tensor.uniform(RandomStream.seed(10), 0, 1, 3, 1001);
        Tensor x = Tensor.zeros(3, 1001);
        Noise.bernoulli(RandomStream.seed(11), p, x);
        Noise.bernoulli(RandomStream.seed(11), p, p);
        assertArrayEquals(x.data(), p.data());
        String message = assertThrows(
                        ShapeException.class, () -> Noise.bernoulli(RandomStream.seed(1), p, Tensor.zeros(3003)))
                .getMessage();
        assertTrue(message.startsWith("Noise.bernoulli: expected shape [3, 1001] but got [3003]"), message);
    }

    private static double[] normals(long seed) {
        Tensor x = Tensor.zeros(MANY);
        Noise.normal(RandomStream.seed(seed), x);
        double[] numbers = new double[MANY];
        for (int i = 0; i < MANY; i++) {
            numbers[i] = x.data()[i];
        }
        return numbers;
    }

    /** The part of a normal distribution below x: Marsaglia 2004, doi:10.18637/jss.v011.i04, a series of odd powers. */
    private static double phi(double x) {
        if (Math.abs(x) > 6) {
            return x > 0 ? 1 : 0;
        }
        double term = x;
        double sum = x;
        for (int odd = 3; Math.abs(term) > 1e-17; odd += 2) {
            term *= x * x / odd;
            sum += term;
        }
        return 0.5 + sum * Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }
}
