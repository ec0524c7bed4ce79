/**
 * Reads, runs and writes notebooks, in Jupyter and without it.
 *
 * <p>One {@link atelier.notebook.Engine} runs the cells in both places, and one set of {@link
 * atelier.notebook.Renderers} decides how their values look. Without Jupyter a {@link atelier.notebook.Runner} gives each
 * {@link atelier.notebook.Notebook} a process of its own and fills in what the cells print and show; a {@link
 * atelier.notebook.Page} is the same as one HTML file that needs no network.
 *
 * <pre>{@code
 * Runner runner = new Runner(Path.of("out"), false, true, Duration.ofSeconds(600));
 * Runner.Report report = runner.run(Path.of("notebooks/02-convolution.ipynb"));
 * }</pre>
 */
package atelier.notebook;
