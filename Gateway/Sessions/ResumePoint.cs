using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>Finds the point from which a client that comes back with a cursor continues.</summary>
internal sealed class ResumePoint(IMarketFeed feed, TimeProvider time)
{
    /// <summary>
    /// How long to wait for ticks that the client has already seen on another gateway. Usually they are milliseconds away. If the ticker
    /// died together with the only gateway that had its last ticks, they never come, and the next ticker takes at most this long to begin.
    /// </summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>
    /// Finds the cursor to continue from. All gateways number ticks alike, so a client that is slightly ahead has seen ticks that are still
    /// on their way to this gateway, which waits for them. Any other cursor that does not fit starts over.
    /// </summary>
    /// <param name="asked">The client's cursor; the default if there is none.</param>
    /// <returns>The cursor to continue from; the default starts from the beginning.</returns>
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
