namespace OrleansTicker.LoadTest.Chaos;

/// <summary>
/// How long a client waits before it reconnects: a random time up to a bound that doubles with each attempt, so that the clients of a dead
/// gateway do not all reconnect at once.
/// </summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(5);

    /// <param name="attempt">0 for the first.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TimeSpan Of(int attempt, double random)
    {
        var ceiling = First * Math.Pow(2, Math.Min(attempt, 16));
        return random * (ceiling < Max ? ceiling : Max);
    }
}
