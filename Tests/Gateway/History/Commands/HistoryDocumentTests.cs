using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Tests.Structure;
using static OrleansTicker.Tests.History.HistoryData;

namespace OrleansTicker.Tests.Gateway.History.Commands;

/// <summary>Runs the commands on the history that the documents show, one after the other.</summary>
public sealed class HistoryDocumentTests : HistoryCommandTest
{
    private const string Program = "dotnet run --project Gateway -- history ";

    [Theory]
    [InlineData("README.md", 3)]
    [InlineData("docs/history.md", 4)]
    public async Task Every_command_of_a_document_works(string document, int count)
    {
        await using (var store = await OpenAsync())
        {
            await store.WriteAsync(Writes([.. Series("BTC-USD", CandleInterval.Minute, 5), .. Series("ETH-USD", CandleInterval.Hour, 5)]), Stop);
        }

        var lines = DocumentExamples.Of(document)
            .SelectMany(block => block.Split('\n'))
            .Where(line => line.StartsWith(Program, StringComparison.Ordinal))
            .ToList();

        Assert.Equal(count, lines.Count);
        foreach (var line in lines)
        {
            var words = line[Program.Length..].Split(' ').Select(word => word.EndsWith(".parquet", StringComparison.Ordinal) || word.EndsWith(".csv", StringComparison.Ordinal) ? Folder[word] : word);
            var (code, output, error) = await RunAsync([.. words]);
            Assert.True(code == 0 && output.Length > 0, $"{line}: {code} {output} {error}");
            Assert.False(output.StartsWith("0 ", StringComparison.Ordinal)); // Who pastes an example wants to see something.
        }
    }
}
