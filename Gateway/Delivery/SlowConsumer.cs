namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// Tracks whether a session is a slow consumer, which at least ten rounds of the last second passed over because its socket did not take
/// what there was. An episode begins once and ends once, even if the socket takes some bytes in between. Only the worker may call it.
/// </summary>
internal struct SlowConsumer
{
    /// <summary>How many passed-over rounds in one second begin an episode: a tenth of the rounds at the default rate.</summary>
    internal const int Rounds = 10;

    private int _passedOver;
    private bool _isBehind;
    private long _since;
    private long _conflated;

    /// <summary>Whether an episode is in progress.</summary>
    public readonly bool IsSlow => _since != 0;

    /// <summary>A round has passed the session over, although there was something to send.</summary>
    public void PassOver()
    {
        _passedOver++;
        _isBehind = true;
    }

    /// <summary>A message has been sent.</summary>
    /// <param name="ticks">How many ticks it spans.</param>
    /// <returns>How many of them had no message of their own because the socket was slow.</returns>
    public long CatchUp(long ticks)
    {
        var conflated = _isBehind ? Math.Max(0, ticks - 1) : 0;
        _isBehind = false;
        _conflated += conflated;
        return conflated;
    }

    /// <summary>Ends a period of one second, and begins or ends an episode if need be.</summary>
    /// <returns>The episode that has begun or ended; null if there is none.</returns>
    public SlowEpisode? EndPeriod(TimeProvider time)
    {
        var passedOver = _passedOver;
        _passedOver = 0;
        if (!IsSlow && passedOver >= Rounds)
        {
            _since = time.GetTimestamp();
            return new SlowEpisode(null, _conflated);
        }

        if (IsSlow && passedOver == 0)
        {
            var episode = new SlowEpisode(time.GetElapsedTime(_since), _conflated);
            _since = _conflated = 0;
            return episode;
        }

        _conflated = IsSlow ? _conflated : 0;
        return null;
    }
}
