using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OrleansTicker.LoadTest.Reporting;

/// <summary>Writes reports as text.</summary>
internal sealed class Summary(TextWriter output)
{
    private const int WidthWithoutTerminal = 160; // Used without a terminal.

    private readonly IAnsiConsole _console = CreateConsole(output);

    public void Write(Table table) => _console.Write(table);

    public void WriteLine(string text) => output.WriteLine(text);

    public void Write(IReadOnlyList<Check> checks)
    {
        foreach (var check in checks)
        {
            _console.MarkupLineInterpolated(CultureInfo.InvariantCulture, check.Held
                ? (FormattableString)$"[green]held[/]    {check.Name} ({check.Found})"
                : $"[red]missed[/]  {check.Name} ({check.Found})");
        }
    }

    /// <summary>Creates a table.</summary>
    public static Table TableOf(params string[] columns)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)));
        }

        return table;
    }

    /// <summary>Adds a row of plain text to a table.</summary>
    public static void Row(Table table, params string[] cells) => table.AddRow(cells.Select(cell => (IRenderable)new Text(cell)));

    private static IAnsiConsole CreateConsole(TextWriter output)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (Console.IsOutputRedirected || output != Console.Out)
        {
            console.Profile.Width = WidthWithoutTerminal;
        }

        return console;
    }
}
