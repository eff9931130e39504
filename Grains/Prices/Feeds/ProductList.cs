using Microsoft.Extensions.Logging;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>
/// The products that the exchange is asked for: those configured but for those that it refuses. A refused product is told once and left
/// out, so that it costs no other, and is asked for again after <see cref="RetryAfter"/>. One caller at a time.
/// </summary>
internal sealed partial class ProductList(IReadOnlyCollection<string> products, TimeProvider time, ILogger logger)
{
    /// <summary>How long a refused product is left out.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromHours(1);

    private readonly HashSet<string> _configured = new(products, StringComparer.Ordinal);
    private readonly Dictionary<string, long> _refused = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Whether the product is configured, refused or not.</summary>
    public bool Contains(string product) => _configured.Contains(product);

    /// <summary>The products to ask for on a new connection.</summary>
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
    /// <param name="error">What the exchange says, in its own words.</param>
    /// <param name="told">The same, as it is logged.</param>
    /// <param name="priced">The products that have a price on this connection: what is said of these is no refusal.</param>
    /// <returns>The products that are left, where any was left out; otherwise null.</returns>
    public IReadOnlyList<string>? Refuse(string error, string told, IReadOnlySet<string> priced)
    {
        var named = Wanted.Where(product => !priced.Contains(product) && Names(error, product)).ToList();
        foreach (var product in named)
        {
            _refused[product] = time.GetTimestamp();
        }

        foreach (var product in named.Where(_told.Add))
        {
            LogRefused(product, told, RetryAfter, Wanted.Count);
        }

        return named.Count > 0 ? Wanted : null;
    }

    /// <summary>Asks for all of them again on the next connection, where the exchange has refused every one.</summary>
    public void BeginAgain() => _refused.Clear();

    private List<string> Wanted => [.. _configured.Where(product => !_refused.ContainsKey(product))];

    /// <summary>Whether a text has the product as a word of its own: BTC-USD is not named by BTC-USDC.</summary>
    private static bool Names(string text, string product)
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
