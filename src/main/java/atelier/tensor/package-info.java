/**
 * Float arrays with a shape, and what computes on them: the matrix product, parallel loops, elementary functions, random numbers.
 *
 * <p>One promise holds for the whole room: the same input gives the same bits, on any JDK, any processor and any number of threads.
 * So every sum has a fixed order, multiply-adds are fused (one rounding), exp and its relatives are our own, and random numbers are
 * functions of a seed and a position.
 *
 * <p>The innermost loops exist twice, in {@code VectorKernels} on the Vector API and in {@code PlainKernels} without it; which one runs is
 * decided once, by whether the JVM was started with {@code --add-modules jdk.incubator.vector}.
 */
package atelier.tensor;
