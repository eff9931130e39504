using System.CommandLine;
using System.Text.Json;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Commands;

/// <summary>One invocation of a command.</summary>
internal sealed class Invocation(ParseResult parsed, bool isJson)
{
    private readonly TextWriter _output = parsed.InvocationConfiguration.Output;

    public ParseResult Parsed => parsed;

    public TextWriter Error { get; } = parsed.InvocationConfiguration.Error;

    /// <summary>Prints a report on standard output, as JSON if <c>--json</c> was given.</summary>
    public async Task PrintAsync(IReport report)
    {
        if (isJson)
        {
            await _output.WriteLineAsync(JsonSerializer.Serialize(report, report.GetType(), ReportJson.Default));
        }
        else
        {
            report.WriteTo(new Summary(_output));
        }

        await _output.FlushAsync(CancellationToken.None);
    }
}
