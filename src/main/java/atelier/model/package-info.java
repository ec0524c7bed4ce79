/** Layers wired into the ideas of the course, one class each. A model is itself a layer, with a name and an architecture line. */
package atelier.model;
