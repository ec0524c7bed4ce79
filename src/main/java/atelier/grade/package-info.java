/** Exercises: what is asked, what is right, and what the usual mistakes would give; from one notebook with solutions to one with blanks. */
package atelier.grade;
