/**
 * Training on many machines, with Apache Spark: each works out some pieces of a batch, and their gradients are added up in one fixed
 * order, so that a cluster of any size gives the bits of one machine.
 *
 * <p>Built by the Maven profile {@code spark} alone; the rest of the kit knows only {@link atelier.train.Cluster}.
 */
package atelier.cluster;
