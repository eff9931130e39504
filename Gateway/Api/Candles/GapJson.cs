using System.ComponentModel;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Api.Candles;

/// <summary>A time that nobody watched.</summary>
internal readonly record struct GapJson(
    [property: Description("Its beginning, in Unix seconds.")] long From,
    [property: Description("Its end, in Unix seconds.")] long To)
{
    public static GapJson Of(TimeRange range) => new(range.From.ToUnixTimeSeconds(), UpTo(range.To));

    private static long UpTo(DateTimeOffset time) => time.ToUnixTimeSeconds() + (time.UtcTicks % TimeSpan.TicksPerSecond == 0 ? 0 : 1);
}
