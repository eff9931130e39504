using System.Text;
using OrleansTicker.Grains.Prices.Replay;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Fuzzing;

/// <summary>What a recording of an exchange may hold.</summary>
public sealed class RecordingFuzzing
{
    private const string Ticker =
        """{"type":"ticker","sequence":1,"product_id":"BTC-USD","price":"61234.56","side":"buy","time":"2021-04-17T12:00:00.123456Z","trade_id":1}""";

    [Fact]
    public async Task A_recording_may_hold_anything()
    {
        using var folder = new TemporaryFolder();
        var path = folder["recording.tsv"];
        await Fuzz.BytesAsync("recordings", 2000, [$"1618617600\t{Ticker}\n1618617601.5\t{Ticker}\n", "1\t\n\n\t\n"], bytes =>
        {
            File.WriteAllBytes(path, bytes);
            using var reader = RecordingReader.Open(path);
            var lines = 0;
            while (reader.ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult() is not null)
            {
                lines++;
            }

            Assert.InRange(lines + reader.BadLines, 0, Encoding.Latin1.GetString(bytes).Count(c => c == '\n') + 1);
        });
    }
}
