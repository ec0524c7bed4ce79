/**
 * Walls around a student's code: which this machine can build, whether they hold, and one process behind them.
 *
 * <p>A {@link atelier.grade.box.Box} is one JVM behind an {@link atelier.grade.box.Isolation}; a {@link
 * atelier.grade.box.Canary} is sent in to see whether it works at all, and whether it holds.
 */
package atelier.grade.box;
