using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Where a client goes on that comes back with a cursor.</summary>
internal sealed class ResumePoint(IMarketFeed feed, TimeProvider time)
{
    /// <summary>
    /// How long to wait for ticks that the client has already seen on another gateway. Usually they are milliseconds away. If the ticker died
    /// together with the only gateway that had its last ticks, they never come, and the next ticker takes this long at most to begin.
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
        while (feed.Newest.MayReachSoon(asked) && time.GetElapsedTime(since) < LongestWait)
        {
            await Task.Delay(Pause, time);
        }

        return feed.Newest.Resume(asked);
    }
}
