using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Prices.Feeds.Products;

/// <summary>
/// The products that an exchange refuses. Each is logged once, is left out so that it does not affect the others, and is tried again after
/// <see cref="RetryAfter"/>. Thread-safe.
/// </summary>
internal sealed partial class ProductRefusals(string exchange, TimeProvider time, ILogger logger)
{
    /// <summary>How long a refused product is left out.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromHours(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Reason, long At)> _refused = new(StringComparer.Ordinal);
    private readonly HashSet<string> _logged = new(StringComparer.Ordinal);

    /// <summary>The refused products, each with the exchange's words.</summary>
    public IReadOnlyList<(string Product, string Reason)> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _refused.Select(refused => (refused.Key, refused.Value.Reason))];
            }
        }
    }

    /// <summary>Those of the products that are not refused.</summary>
    public IReadOnlyList<string> LeftOf(IEnumerable<string> products)
    {
        lock (_lock)
        {
            return [.. products.Where(product => !_refused.ContainsKey(product))];
        }
    }

    /// <summary>Whether one of the products has been left out for long enough.</summary>
    public bool HasExpired(IEnumerable<string> products)
    {
        lock (_lock)
        {
            return _refused.Count > 0 && products.Any(HasExpired);
        }
    }

    /// <summary>Ends the refusals that are old enough, or all, so that the products are tried again.</summary>
    public void Forget(IEnumerable<string> products, bool all = false)
    {
        lock (_lock)
        {
            if (_refused.Count == 0)
            {
                return;
            }

            foreach (var product in products.Where(product => all || HasExpired(product)))
            {
                _refused.Remove(product);
            }
        }
    }

    /// <summary>Leaves out the products that an error names.</summary>
    /// <param name="products">The products that it may refuse.</param>
    /// <param name="error">The text of the error, which the exchange may phrase in any way.</param>
    /// <param name="words">The error as it is logged and reported.</param>
    /// <returns>Whether it names one.</returns>
    public bool TryRefuse(IEnumerable<string> products, string error, string words)
    {
        lock (_lock)
        {
            var named = products.Where(product => !_refused.ContainsKey(product) && Mentions(error, product)).ToList();
            foreach (var product in named)
            {
                _refused[product] = (words, time.GetTimestamp());
                if (_logged.Add(product))
                {
                    LogRefused(exchange, product, words, RetryAfter);
                }
            }

            return named.Count > 0;
        }
    }

    private bool HasExpired(string product) =>
        _refused.TryGetValue(product, out var refused) && time.GetElapsedTime(refused.At) >= RetryAfter;

    /// <summary>Whether a text contains the product as a whole word: BTC-USDC does not contain BTC-USD, but trades_BTC-USD does.</summary>
    private static bool Mentions(string text, string product)
    {
        for (var at = 0; (at = text.IndexOf(product, at, StringComparison.OrdinalIgnoreCase)) >= 0; at++)
        {
            var end = at + product.Length;
            if ((at == 0 || !IsPart(text[at - 1])) && (end == text.Length || !(IsPart(text[end]) || text[end] == '_')))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPart(char c) => char.IsLetterOrDigit(c) || c is '-' or '/';

    [LoggerMessage(2013, LogLevel.Warning, "{Exchange} refuses {Product}: {Error}. It is left out and asked for again after {Wait}; the others are not affected")]
    private partial void LogRefused(string exchange, string product, string error, TimeSpan wait);
}
