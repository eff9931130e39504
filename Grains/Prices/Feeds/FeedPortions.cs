using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>
/// The portions into which the products of a feed are divided. <see cref="Arrange"/> and <see cref="DisposeAsync"/> are for one caller; the
/// rest is thread-safe.
/// </summary>
internal sealed class FeedPortions(FeedState feed) : IAsyncDisposable
{
    private volatile IReadOnlyList<FeedPortion>? _portions;

    /// <summary>How many connections are open.</summary>
    public int Connections => (_portions ?? []).Sum(portion => portion.Connections);

    /// <summary>How long all connections have been open; null while one is lost.</summary>
    public TimeSpan? ConnectedFor
    {
        get
        {
            var since = (_portions ?? []).Where(portion => !portion.IsIdle).Select(portion => portion.OpenSince).ToList();
            return since.Count > 0 && since.All(at => at is not null) ? feed.Time.GetElapsedTime(since.Max()!.Value) : null;
        }
    }

    /// <summary>What was last seen of the exchange, in words. Of several connections, those count that are not as they should be.</summary>
    public string Situation
    {
        get
        {
            var portions = _portions;
            if (portions is not { Count: > 0 })
            {
                return portions is null ? FeedSituation.Starting : FeedSituation.Nothing;
            }

            if (portions.Any(portion => portion.HasFaulted))
            {
                return FeedSituation.Faulted;
            }

            var bad = portions.Select(portion => portion.Situation).Where(situation => !situation.IsGood).ToList();
            return bad.Count == 0 ? (portions.FirstOrDefault(portion => portion.Situation.Now == FeedSituation.Prices) ?? portions[0]).Situation.Now
                : bad.Count == portions.Count ? bad[0].Now
                : $"{bad.Count} of {portions.Count} connections: {bad[0].Now}";
        }
    }

    /// <summary>Divides the products anew. Those that have a portion stay there; new ones go where there is room, or get a new one.</summary>
    public void Arrange()
    {
        var wanted = feed.Products.Products.ToHashSet(StringComparer.Ordinal);
        var portions = (_portions ?? []).ToList();
        var known = portions.SelectMany(portion => portion.Products).ToHashSet(StringComparer.Ordinal);
        var missing = new Queue<string>(feed.Products.Products.Where(product => !known.Contains(product)));
        var size = Math.Max(1, feed.Exchange.Rules.ProductsPerConnection);
        foreach (var portion in portions)
        {
            var kept = portion.Products.Where(wanted.Contains).ToList();
            var added = Take(missing, size - kept.Count);
            portion.Assign([.. kept, .. added], added.Count > 0);
        }

        while (missing.Count > 0)
        {
            var portion = new FeedPortion(feed);
            portion.Assign(Take(missing, size), hasNew: true);
            portion.Start();
            portions.Add(portion);
        }

        _portions = portions;
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll((_portions ?? []).Select(portion => portion.DisposeAsync().AsTask()));

    private static List<string> Take(Queue<string> products, int count)
    {
        var taken = new List<string>();
        while (taken.Count < count && products.TryDequeue(out var product))
        {
            taken.Add(product);
        }

        return taken;
    }
}
