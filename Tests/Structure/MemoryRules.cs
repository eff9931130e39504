using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Structure;

/// <summary>How the programs use their memory.</summary>
public sealed partial class MemoryRules
{
    /// <summary>Otherwise only a full collection frees pages, and a flood of requests leaves hundreds of megabytes behind.</summary>
    [Theory]
    [InlineData("Gateway")]
    [InlineData("Silo")]
    public void A_page_of_candles_is_no_large_object(string project)
    {
        var threshold = LargeObjects().Match(File.ReadAllText(Path.Combine(Repository.Root, project, $"{project}.csproj"))).Groups["bytes"].Value;

        Assert.True(int.Parse(threshold, CultureInfo.InvariantCulture) > 2 * CandleQuery.MaxLimit * Unsafe.SizeOf<Candle>());
    }

    [GeneratedRegex(@"Include=""System\.GC\.LOHThreshold"" Value=""(?<bytes>\d+)""")]
    private static partial Regex LargeObjects();
}
