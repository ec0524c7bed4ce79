package atelier.dl4j;

import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.deeplearning4j.config.DL4JClassLoading;
import org.nd4j.common.config.ND4JClassLoading;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Starts ND4J, the tensor library under DL4J: quietly, in a notebook too, and with one clear line where it cannot.
 *
 * <p>ND4J keeps its numbers outside the Java heap and computes in C++, so it needs a native library made for this operating
 * system and processor. It is found by a class loader: a notebook's threads bring one that does not see the kit's
 * class path, and then ND4J reports "Could not initialize class Nd4j" for ever after. Starting it here, before any other use,
 * avoids that.
 */
public final class Nd4jRuntime {

    private static final String BINDINGS = "org/nd4j/linalg/cpu/nativecpu/bindings/";
    private static final String CUDA = "org/nd4j/linalg/jcublas/JCublasBackend.class";
    private static final long LEAST_MEMORY = 96L << 20;
    private static boolean started;

    private Nd4jRuntime() {}

    /**
     * Starts ND4J on all processors; a second call does nothing.
     *
     * @throws IllegalStateException when it cannot start, saying what is missing and what to do
     */
    public static synchronized void start() {
        if (started) {
            return;
        }
        ClassLoader kit = Nd4jRuntime.class.getClassLoader();
        Thread.currentThread().setContextClassLoader(kit);
        System.setProperty("org.nd4j.log.initialization", "false");
        System.setProperty("org.deeplearning4j.crash.reporting.enabled", "false"); // no files when memory is short
        if (!isCuda()) {
            requireNativeLibrary(kit);
        }
        requireMemory(Pointer.maxBytes());
        try {
            ND4JClassLoading.setNd4jClassloader(kit);
            DL4JClassLoading.setDl4jClassloader(kit);
            Nd4j.create(1).close();
        } catch (LinkageError | RuntimeException failure) {
            throw new IllegalStateException(
                    "Nd4jRuntime: expected ND4J to start on " + platform() + " but got " + cause(failure)
                            + ". Look for room in the folder for temporary files, where its libraries are unpacked "
                            + "(-Dorg.bytedeco.javacpp.cachedir=FOLDER chooses another), and start Java anew.",
                    failure);
        }
        started = true;
    }

    /**
     * Starts ND4J and gives it so many threads, in its own loops (OpenMP) and in matrix products (OpenBLAS).
     *
     * <p>More than there were when Java started (the processors, or {@code OMP_NUM_THREADS}) cannot be had. Unlike the kit's
     * own layers, DL4J does not promise the same bits on another number of threads.
     */
    public static void start(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("Nd4jRuntime: expected 1 thread or more but got " + threads
                    + ". Use the number of processor cores.");
        }
        start();
        if (isCuda()) {
            return; // a GPU has no use for them
        }
        int possible = Math.min(threads, Nd4j.getEnvironment().maxThreads());
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(possible);
        Nd4j.getEnvironment().setMaxMasterThreads(possible);
        Nd4j.factory().blas().setMaxThreads(possible);
    }

    /** How many threads one operation of ND4J may use. */
    public static int threads() {
        start();
        return Nd4j.getEnvironment().maxMasterThreads();
    }

    /** Whether ND4J's backend for GPUs is on the class path; then it computes there. */
    public static boolean isCuda() {
        return Nd4jRuntime.class.getClassLoader().getResource(CUDA) != null;
    }

    static void requireNativeLibrary(ClassLoader loader) {
        if (loader.getResource(BINDINGS + platform() + "/") == null
                && loader.getResource(BINDINGS + platform() + "/" + System.mapLibraryName("jnind4jcpu")) == null) {
            throw new IllegalStateException("Nd4jRuntime: expected ND4J's native library for " + platform()
                    + " on the class path but got none. Build again on this machine: mvn -Djavacpp.platform="
                    + platform() + " compile.");
        }
    }

    static void requireMemory(long bytes) {
        if (bytes < LEAST_MEMORY) {
            throw new IllegalStateException("Nd4jRuntime: expected " + (LEAST_MEMORY >> 20)
                    + " MB or more outside the heap but got " + (bytes >> 20)
                    + ". Give Java a larger heap, -Xmx1g, or -Dorg.bytedeco.javacpp.maxbytes=1G.");
        }
    }

    private static String platform() {
        return Loader.getPlatform();
    }

    private static String cause(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest.getClass().getSimpleName() + ": " + deepest.getMessage();
    }
}
