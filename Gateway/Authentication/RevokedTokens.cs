namespace OrleansTicker.Gateway.Authentication;

/// <summary>
/// The tokens that were revoked within the last minutes, or found to be, as far as this gateway knows. A token that is revoked while a socket opens
/// with it was good when it was looked at, and its session not there yet when it was to be closed: whoever adds a session asks
/// here afterwards. Any thread may call it.
/// </summary>
internal sealed class RevokedTokens(TimeProvider time)
{
    /// <summary>Longer than a socket can take to open.</summary>
    internal static readonly TimeSpan Memory = TimeSpan.FromMinutes(2);

    /// <summary>The most to remember; beyond, the oldest go.</summary>
    private const int Most = 100_000;

    private readonly Lock _changing = new();
    private readonly HashSet<string> _keys = [];
    private readonly Queue<(string Key, long At)> _order = new();

    /// <summary>A token is no longer valid.</summary>
    /// <param name="key">The key of its grain.</param>
    /// <returns>Whether that is new.</returns>
    public bool Add(string key)
    {
        lock (_changing)
        {
            while (_order.TryPeek(out var oldest) && (_order.Count >= Most || time.GetElapsedTime(oldest.At) > Memory))
            {
                _keys.Remove(_order.Dequeue().Key);
            }

            if (!_keys.Add(key))
            {
                return false;
            }

            _order.Enqueue((key, time.GetTimestamp()));
            return true;
        }
    }

    /// <summary>Whether a token was found to be no longer valid within the last minutes.</summary>
    public bool Contains(string key)
    {
        lock (_changing)
        {
            return _keys.Contains(key);
        }
    }
}
