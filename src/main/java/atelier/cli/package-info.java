/** The command line: thin, each command one call into a room. Exit status 0 done, 1 the work failed, 2 wrong usage. */
package atelier.cli;
