namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// Whether a session is a slow consumer: for a tenth of the last second or more its socket did not take what there was. That is
/// an episode, which begins once and ends once, however often the socket takes a little in between. For the worker.
/// </summary>
internal struct SlowConsumer
{
    /// <summary>How many rounds of one second make an episode: a tenth of them at the default rate.</summary>
    internal const int Rounds = 10;

    private int _passedOver;
    private bool _isBehind;
    private long _since;
    private long _conflated;

    /// <summary>Whether an episode is on.</summary>
    public readonly bool IsSlow => _since != 0;

    /// <summary>A round has passed the session over, though there was something for it.</summary>
    public void PassOver()
    {
        _passedOver++;
        _isBehind = true;
    }

    /// <summary>A message has gone out.</summary>
    /// <param name="ticks">How many ticks it spans.</param>
    /// <returns>How many of them had no message of their own because the socket was slow.</returns>
    public long CatchUp(long ticks)
    {
        var conflated = _isBehind ? Math.Max(0, ticks - 1) : 0;
        _isBehind = false;
        _conflated += conflated;
        return conflated;
    }

    /// <summary>Ends a second, and with it perhaps an episode.</summary>
    /// <returns>What there is to tell.</returns>
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
