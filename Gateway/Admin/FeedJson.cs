using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Gateway.Admin;

/// <summary>A feed in the answer of <c>GET /admin/feeds</c>. What is not known is null.</summary>
/// <param name="Exchange">The exchange.</param>
/// <param name="Live">Whether it counts in the market's prices.</param>
/// <param name="Situation">What was last seen of it, in words.</param>
/// <param name="Silo">The silo that holds its connections.</param>
/// <param name="Connections">Open connections.</param>
/// <param name="ConnectedSince">Since when all of them are open.</param>
/// <param name="LastHeartbeat">When it last showed a sign of life.</param>
/// <param name="MessagesPerSecond">Messages a second of late.</param>
/// <param name="Messages">Messages since the feed began.</param>
/// <param name="Unusable">How many of them could not be used.</param>
/// <param name="Reconnects">How often a connection was lost.</param>
/// <param name="ClockDifferenceMs">How far its clock is ahead, in milliseconds.</param>
/// <param name="Symbols">Symbols that it is asked for.</param>
/// <param name="Priced">Symbols of them that have a price.</param>
/// <param name="Refused">Symbols that it does not have or refuses.</param>
/// <param name="Excluded">Symbols whose price does not count.</param>
internal sealed record FeedJson(
    string Exchange,
    bool Live,
    string Situation,
    string Silo,
    int Connections,
    DateTimeOffset? ConnectedSince,
    DateTimeOffset? LastHeartbeat,
    double MessagesPerSecond,
    long Messages,
    long Unusable,
    long Reconnects,
    long? ClockDifferenceMs,
    int Symbols,
    int Priced,
    ImmutableArray<FeedSymbolJson> Refused,
    ImmutableArray<FeedSymbolJson> Excluded)
{
    /// <summary>Writes a report.</summary>
    /// <param name="report">The report.</param>
    /// <param name="now">When it was received, for its spans.</param>
    public static FeedJson Of(FeedReport report, DateTimeOffset now) => new(
        report.Exchange,
        report.IsLive,
        report.Situation,
        report.Silo,
        report.Connections,
        now - report.ConnectedFor,
        now - report.Silence,
        Math.Round(report.MessagesPerSecond, 1),
        report.Messages,
        report.Unusable,
        report.Reconnects,
        (long?)report.ClockDifference?.TotalMilliseconds,
        report.Symbols,
        report.Priced,
        [.. report.Refused.Select(refused => new FeedSymbolJson(refused.Symbol, refused.Reason))],
        [.. report.Excluded.Select(excluded => new FeedSymbolJson(excluded.Symbol, excluded.Reason))]);
}
