using System.CommandLine;
using OrleansTicker.Gateway.Commands;

namespace OrleansTicker.Gateway.History.Commands;

/// <summary>
/// The commands on the history: <c>history export | import | stats</c>. They work on the configured store, whether a gateway runs or not, and
/// start neither silo nor web server.
/// </summary>
internal static class HistoryCommand
{
    public static Command Create(CommandConsole commands)
    {
        var console = new HistoryConsole(commands);
        return new Command(
            "history",
            """
            Writes candles to a file, reads them from one, and counts them, in the store that the section History of the configuration names.
            Needs no running gateway, and disturbs none.
            """)
        {
            ExportCommand.Create(console),
            ImportCommand.Create(console),
            StatsCommand.Create(console),
        };
    }
}
