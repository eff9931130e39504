namespace OrleansTicker.Grains.Interfaces.Feeds;

/// <summary>
/// The feed of one exchange, whose name is the key. It is active on any silo for as long as the cluster runs, and keeps its connections when
/// the ticker dies.
/// </summary>
[Alias("OrleansTicker.IExchangeFeedGrain")]
public interface IExchangeFeedGrain : IGrainWithStringKey
{
    /// <summary>How long a feed sends updates to a ticker that does not attach again.</summary>
    static readonly TimeSpan AttachmentLength = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Starts the feed if it does not run, and asks it to send its updates to the ticker from now on. If the reader lacks updates, the next one
    /// is whole. Idempotent; the ticker calls it several times in <see cref="AttachmentLength"/>.
    /// </summary>
    /// <returns>The feed as it is now.</returns>
    [Alias("Attach"), ResponseTimeout("00:00:02")]
    Task<FeedReport> AttachAsync(FeedReader reader);
}
