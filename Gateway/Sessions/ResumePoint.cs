using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Where a client goes on that comes back with a cursor.</summary>
internal sealed class ResumePoint(IMarketFeed feed, TimeProvider time)
{
    /// <summary>
    /// How long a client is waited with that has seen more than this gateway: usually the milliseconds of a tick on its way. Where the ticker
    /// died with the gateway that alone had its last ticks, as long as the next ticker may take to begin.
    /// </summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Finds it. All gateways number the market alike, so a client that is a little ahead has seen what is still on its way to this gateway, which
    /// waits for it; any other cursor that does not fit starts over.
    /// </summary>
    /// <param name="asked">The client's cursor; the default for none.</param>
    /// <returns>The cursor to go on from; the default for the beginning.</returns>
    public async Task<Cursor> FindAsync(Cursor asked)
    {
        var since = time.GetTimestamp();
        while (feed.Newest.IsSoonAt(asked) && time.GetElapsedTime(since) < LongestWait)
        {
            await Task.Delay(Pause, time);
        }

        return feed.Newest.Resume(asked);
    }
}
