using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>What an exchange means that answers the handshake with an HTTP status.</summary>
internal static class HandshakeRefusal
{
    /// <summary>The longest time that an exchange can keep the feed away for, so that a slip of its own does not do so for ever.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromDays(1);

    /// <summary>Puts the answer into words, and says how long to stay away.</summary>
    /// <param name="status">The status.</param>
    /// <param name="retryAfter">The header <c>Retry-After</c>; null if there is none.</param>
    /// <param name="longest">How long to stay away where the answer will not change soon.</param>
    /// <param name="now">The time of the answer.</param>
    public static ConnectionEnd Of(HttpStatusCode status, string? retryAfter, TimeSpan longest, DateTimeOffset now)
    {
        var words = string.Create(CultureInfo.InvariantCulture, $"it answers {(int)status}: {Meaning(status)}");
        var asked = WaitOf(retryAfter, now);
        var wait = status is HttpStatusCode.Forbidden or HttpStatusCode.UnavailableForLegalReasons && asked < longest ? longest : asked;
        return new ConnectionEnd(asked > TimeSpan.Zero ? $"{words}, and asks to wait for {asked}" : words, wait, words);
    }

    private static string Meaning(HttpStatusCode status) => (int)status switch
    {
        418 or 429 => "too many requests",
        401 or 403 => "it does not let this client in",
        451 => "it does not serve this place",
        404 or 410 => "there is no feed at this address",
        >= 500 => "it is out of order",
        >= 300 and < 400 => "its address has changed",
        _ => "it does not take the connection",
    };

    private static TimeSpan WaitOf(string? retryAfter, DateTimeOffset now)
    {
        if (!RetryConditionHeaderValue.TryParse(retryAfter, out var asked))
        {
            return TimeSpan.Zero;
        }

        var wait = asked.Delta ?? (asked.Date is { } date ? date - now : TimeSpan.Zero);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > MaxWait ? MaxWait : wait;
    }
}
