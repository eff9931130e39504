using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>
/// The products to subscribe to: those configured, without those that the exchange refuses. A refused product is logged once, is left out so
/// that it does not affect the others, and is tried again after <see cref="RetryAfter"/>. Not thread-safe.
/// </summary>
internal sealed partial class ProductList(IReadOnlyCollection<string> products, TimeProvider time, ILogger logger)
{
    /// <summary>How long a refused product is left out.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromHours(1);

    private readonly HashSet<string> _configured = new(products, StringComparer.Ordinal);
    private readonly Dictionary<string, long> _refused = new(StringComparer.Ordinal);
    private readonly HashSet<string> _logged = new(StringComparer.Ordinal);

    /// <summary>Whether the product is configured, refused or not.</summary>
    public bool Contains(string product) => _configured.Contains(product);

    /// <summary>The products to subscribe to on a new connection.</summary>
    public IReadOnlyList<string> Begin()
    {
        foreach (var (product, refusedAt) in _refused)
        {
            if (time.GetElapsedTime(refusedAt) >= RetryAfter)
            {
                _refused.Remove(product);
            }
        }

        return Wanted;
    }

    /// <summary>Leaves out the products that an error names.</summary>
    /// <param name="error">The text of the error, which the exchange may phrase in any way.</param>
    /// <param name="logged">The error as it is logged.</param>
    /// <param name="priced">The products that have a price on this connection, which an error does not refuse.</param>
    /// <returns>The remaining products; null if none was left out.</returns>
    public IReadOnlyList<string>? Refuse(string error, string logged, IReadOnlySet<string> priced)
    {
        var named = Wanted.Where(product => !priced.Contains(product) && Mentions(error, product)).ToList();
        foreach (var product in named)
        {
            _refused[product] = time.GetTimestamp();
        }

        foreach (var product in named.Where(_logged.Add))
        {
            LogRefused(product, logged, RetryAfter, Wanted.Count);
        }

        return named.Count > 0 ? Wanted : null;
    }

    /// <summary>Tries all products again on the next connection.</summary>
    public void Reset() => _refused.Clear();

    private List<string> Wanted => [.. _configured.Where(product => !_refused.ContainsKey(product))];

    /// <summary>Whether a text contains the product as a whole word: BTC-USDC does not contain BTC-USD.</summary>
    private static bool Mentions(string text, string product)
    {
        for (var at = 0; (at = text.IndexOf(product, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + product.Length;
            if ((at == 0 || !IsPart(text[at - 1])) && (end == text.Length || !IsPart(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPart(char c) => char.IsLetterOrDigit(c) || c is '-' or '_';

    [LoggerMessage(2013, LogLevel.Warning, "The exchange refuses {Product}: {Error}. It is left out and asked for again after {Wait}; the other {Left} are subscribed")]
    private partial void LogRefused(string product, string error, TimeSpan wait, int left);
}
