/**
 * What runs inside the sandbox: a student's code, asked from outside. Nothing here knows a check, a right answer or a point, and
 * nothing but the JDK is imported, for whatever is here a student's code can reach.
 */
package atelier.sandbox;
