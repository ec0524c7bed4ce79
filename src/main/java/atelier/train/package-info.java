/**
 * The visible loop, its record, and its checkpoints.
 *
 * <p>A {@link atelier.train.Learner} is a model with what teaches it; {@link atelier.train.Training} shows it the images,
 * {@link atelier.train.History} is what happened, {@link atelier.train.Checkpoint} is where it stands.
 */
package atelier.train;
