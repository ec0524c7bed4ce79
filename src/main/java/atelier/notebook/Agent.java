package atelier.notebook;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;

/**
 * Lets an interrupt end DL4J's own loops: a {@code fit} of many epochs never asks whether it should stop. The kernel's JVM
 * starts with this class as its agent; DL4J's training classes get the same calls as the cells ({@link Weaving}).
 */
public final class Agent {

    private Agent() {}

    /** The JVM calls this before {@code main}. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        instrumentation.addTransformer(new ClassFileTransformer() {
            @Override
            public byte[] transform(
                    ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
                return trains(name) ? Weaving.weave(bytes) : null;
            }
        });
    }

    private static boolean trains(String name) {
        return name != null
                && (name.startsWith("org/deeplearning4j/nn/multilayer/")
                        || name.startsWith("org/deeplearning4j/nn/graph/")
                        || name.startsWith("org/deeplearning4j/optimize/"));
    }
}
