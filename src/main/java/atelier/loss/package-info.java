/** One number that says how wrong the network was, and its gradient, where backpropagation begins. Units are nats, the mean over the batch. */
package atelier.loss;
