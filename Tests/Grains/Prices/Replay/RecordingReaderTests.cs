using System.Text;
using OrleansTicker.Grains.Prices.Replay;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices.Replay;

public sealed class RecordingReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task A_line_is_a_time_and_a_message()
    {
        using var reader = RecordingReader.Open(_folder.Write("a", "1618677817.0618958\t{\"a\":\t1}", "1618677818\t{}"));

        Assert.Equal(["1618677817.0618958 {\"a\":\t1}", "1618677818 {}"], await AllAsync(reader));
        Assert.Equal(0, reader.BadLines);
    }

    [Fact]
    public async Task Bad_lines_are_counted_and_empty_ones_passed_over()
    {
        using var reader = RecordingReader.Open(
            _folder.Write("a", "no tab", "", " \r", "x\t{}", "-1\t{}", "1e9\t{}", "9999999999999\t{}", "1\t{}"));

        Assert.Equal(["1 {}"], await AllAsync(reader));
        Assert.Equal(5, reader.BadLines);
    }

    [Fact]
    public async Task The_last_line_needs_no_end()
    {
        await File.WriteAllTextAsync(_folder["a"], "1\t{}\n2\t[]", TestContext.Current.CancellationToken);
        using var reader = RecordingReader.Open(_folder["a"]);

        Assert.Equal(["1 {}", "2 []"], await AllAsync(reader));
    }

    [Fact]
    public async Task A_line_longer_than_the_buffer_is_read_and_one_above_the_limit_is_one_bad_line()
    {
        var @long = new string('a', 300_000);
        var tooLong = new string('b', (3 * RecordingReader.MaxLineBytes) + 17);
        using var reader = RecordingReader.Open(_folder.Write("a", $"1\t{@long}", $"2\t{tooLong}", "3\t{}", $"4\t{tooLong}"));

        Assert.Equal([$"1 {@long}", "3 {}"], await AllAsync(reader));
        Assert.Equal(2, reader.BadLines);
    }

    [Fact]
    public async Task A_byte_order_mark_is_passed_over_before_any_line()
    {
        using var reader = RecordingReader.Open(_folder.Write("a", "\uFEFF1\t{}", "2\t{}", "\uFEFF3\t{}"));

        Assert.Null(reader.FindForeignEncoding());
        Assert.Equal(["1 {}", "2 {}", "3 {}"], await AllAsync(reader));
        Assert.Equal(0, reader.BadLines);
    }

    [Theory]
    [InlineData("FFFE31000900", "UTF-16")]
    [InlineData("FEFF00310009", "UTF-16")]
    [InlineData("310036003100", "UTF-16")]
    [InlineData("003100360031", "UTF-16")]
    [InlineData("1F8B08000000", "gzip")]
    [InlineData("28B52FFD0458", "zstd")]
    [InlineData("FD377A585A00", "xz")]
    [InlineData("425A68393141", "bzip2")]
    [InlineData("504B03041400", "ZIP")]
    [InlineData("EFBBBF313631", null)]
    [InlineData("313631383637", null)]
    [InlineData("31", null)]
    [InlineData("", null)]
    public void A_file_that_is_no_recording_is_known_by_its_beginning(string beginning, string? name)
    {
        File.WriteAllBytes(_folder["a"], Convert.FromHexString(beginning));
        using var reader = RecordingReader.Open(_folder["a"]);

        Assert.Contains(name ?? "", reader.FindForeignEncoding() ?? "", StringComparison.Ordinal);
        Assert.Equal(name is null, reader.FindForeignEncoding() is null);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<List<string>> AllAsync(RecordingReader reader)
    {
        var all = new List<string>();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { } message)
        {
            var seconds = message.ReceivedAt.Ticks / (decimal)TimeSpan.TicksPerSecond;
            all.Add(FormattableString.Invariant($"{seconds} {Encoding.UTF8.GetString(message.Bytes.Span)}"));
        }

        return all;
    }
}
